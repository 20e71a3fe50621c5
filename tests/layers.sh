#!/usr/bin/env bash
# tests/layers.sh FOLDER: who may know whom. Reads the includes of every source, and with nm the symbols of the objects that
# were compiled into FOLDER (build/release), because a declaration by hand needs no include. A line for each breach, status 1.
set -u
export LC_ALL=C
objects=${1:?tests/layers.sh FOLDER}
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT

# room of a file = the longest of these that its path starts with | what it may include, as prefixes | the rule in words
cat >"$work/rooms" <<'END'
stats/status.h||stats/status.h is the floor: it includes nothing
stats/|stats/|stats knows GSL and itself alone
io/readers/|io/base/ io/readers/ stats/status.h|io/readers knows io/base and stats/status.h alone
io/writers/|io/ stats/status.h|io knows nothing else of ours but stats/status.h
io/base/|io/base/ stats/status.h|io/base knows nothing else of ours but stats/status.h
plots/|plots/ io/ stats/status.h|plots knows io and stats/status.h alone
surveys/model/|surveys/model/ stats/ io/base/ io/readers/|model knows no other part of surveys, and no sheet
surveys/binding/|surveys/binding/ surveys/model/ stats/ io/base/ io/readers/|binding knows model alone of surveys, and no sheet
surveys/analyses/|surveys/analyses/ surveys/binding/ surveys/model/ stats/ io/base/ io/readers/|analyses know model and binding alone of surveys, and no sheet
surveys/publishing/|surveys/publishing/ surveys/analyses/ surveys/binding/ surveys/model/ stats/ io/ plots/|publishing does not know program
surveys/program/|surveys/ stats/ io/ plots/|program knows every room, but not tests
END

# header in < > (a prefix) | the files that may include it (prefixes) | the rule in words
cat >"$work/headers" <<'END'
gsl/|stats/|only stats includes GSL
csv.h|io/readers/csv.c|only io/readers/csv.c includes libcsv
yaml.h|io/readers/yaml.c|only io/readers/yaml.c includes libyaml
xlsxwriter|io/writers/xlsx|only io/writers/xlsx includes libxlsxwriter
readstat.h|io/readers/readstat.c|only io/readers/readstat.c includes libreadstat
zip.h|io/|only io includes libzip
libxml/|io/|only io includes libxml2
spawn.h|io/base/child.c|only io/base/child.c starts a process
pthread.h|io/base/|only io/base knows of threads
threads.h|io/base/pool.c|only io/base/pool.c starts a thread
getopt.h|surveys/program/|only program reads argv
locale.h|-|nothing depends on a locale
END

# All that stats may include in < >, besides GSL; the last guards rooms under the address sanitizer alone.
stats_headers='math.h float.h limits.h stdint.h stddef.h stdbool.h string.h sanitizer/asan_interface.h'

# symbol (regular expression, whole) | objects that may call it (prefixes) | the rule in words
cat >"$work/symbols" <<'END'
gsl_.*|stats/|only stats calls GSL
csv_.*|io/readers/csv.|only io/readers/csv.c calls libcsv
yaml_.*|io/readers/yaml.|only io/readers/yaml.c calls libyaml
(workbook|worksheet|format|lxw)_.*|io/writers/xlsx|only io/writers/xlsx calls libxlsxwriter
zip_.*|io/|only io calls libzip
xml[A-Z].*|io/|only io calls libxml2
readstat_.*|io/readers/readstat.|only io/readers/readstat.c calls libreadstat
posix_spawnp?|io/base/child.|only io/base/child.c starts a process
v?fork|io/base/child.|only io/base/child.c starts a process
f?exec[lv].*|io/base/child.|only io/base/child.c starts a process
popen|-|nothing goes through a shell
system|-|nothing goes through a shell
pthread_create|io/base/pool.|only io/base/pool.c starts a thread
thrd_create|io/base/pool.|only io/base/pool.c starts a thread
(_E|quick_)?exit|surveys/program/|only program exits
_exit|surveys/program/ io/base/child.|only program exits, and a copy of this process that io/base/child.c made
abort|surveys/program/|only program exits
std(out|err)|surveys/program/ io/base/output.|only program prints for people
(vprintf|printf|puts|putchar|perror)|surveys/program/|only program prints for people
__v?printf_chk|surveys/program/|only program prints for people
(set|new|use)locale|-|nothing depends on a locale
s?rand(om)?|-|random numbers come from a seed, never from the state of the C library
END

# What stats may not call: memory, files, printing, threads. Callers size every output.
stats_forbidden='(m|c|re)alloc|reallocarray|aligned_alloc|posix_memalign|free|strn?dup|.*printf.*|f?put[cs]|putchar|perror|f(open|close|read|write|flush|seek)|open|close|read|write|std(in|out|err)|pthread_.*|thrd_.*|mtx_.*|getenv|_?exit|abort'

# object | symbol: the only state that outlives a call
cat >"$work/state" <<'END'
io/base/output.|temporaries
io/base/folder.|all_made
surveys/program/|interrupted
END

mapfile -t sources < <(find stats io plots surveys -name '*.[ch]' 2>/dev/null | sort)
if [ ${#sources[@]} -eq 0 ]; then
    echo "tests/layers.sh: no sources here; run it from the top of the project" >&2
    exit 64
fi

includes() {
    awk -v rooms="$work/rooms" -v headers="$work/headers" -v stats_headers="$stats_headers" '
        function starts(text, prefixes,    n, p, i) {
            n = split(prefixes, p, " ")
            for (i = 1; i <= n; i++)
                if (index(text, p[i]) == 1)
                    return 1
            return 0
        }
        function exists(path,    line, got) {
            if (!(path in there)) {
                there[path] = (getline line < path) >= 0
                close(path)
            }
            return there[path]
        }
        function breach(why) { printf "%s:%d: includes %s; %s\n", FILENAME, FNR, shown, why }
        BEGIN {
            while ((getline line < rooms) > 0) {
                split(line, f, "|"); room[++n_rooms] = f[1]; may[n_rooms] = f[2]; rule[n_rooms] = f[3]
            }
            while ((getline line < headers) > 0) {
                split(line, f, "|"); header[++n_headers] = f[1]; by[n_headers] = f[2]; header_rule[n_headers] = f[3]
            }
            n = split(stats_headers, f, " ")
            for (i = 1; i <= n; i++) plain[f[i]] = 1
        }
        FNR == 1 {
            mine = 0
            for (i = 1; i <= n_rooms; i++)
                if (index(FILENAME, room[i]) == 1 && (!mine || length(room[i]) > length(room[mine])))
                    mine = i
            if (!mine)
                printf "%s:1: stands in no room that the house has\n", FILENAME
        }
        /^[ \t]*#[ \t]*include[ \t]*"/ {
            split($0, f, "\""); shown = "\"" f[2] "\""
            if (f[2] ~ /\.\./ || !exists(f[2]))
                breach("write includes from the top of the project")
            else if (mine && !starts(f[2], may[mine]))
                breach(rule[mine])
        }
        /^[ \t]*#[ \t]*include[ \t]*</ {
            split($0, f, /[<>]/); shown = "<" f[2] ">"
            if (room[mine] == "stats/status.h")
                breach(rule[mine])
            for (i = 1; i <= n_headers; i++)
                if (index(f[2], header[i]) == 1 && !starts(FILENAME, by[i]))
                    breach(header_rule[i])
            if (room[mine] == "stats/" && !(f[2] in plain) && index(f[2], "gsl/") != 1)
                breach("stats includes GSL and of C only " stats_headers)
        }' "${sources[@]}"
}

calls() { # lines of nm: object name section-letter-free columns, made below
    awk -v rooms="$work/rooms" -v symbols="$work/symbols" -v state="$work/state" -v forbidden="^($stats_forbidden)\$" '
        function starts(text, prefixes,    n, p, i) {
            n = split(prefixes, p, " ")
            for (i = 1; i <= n; i++)
                if (index(text, p[i]) == 1)
                    return 1
            return 0
        }
        function source(object) { sub(/\.o$/, ".c", object); return object }
        BEGIN {
            while ((getline line < rooms) > 0) {
                split(line, f, "|"); room[++n_rooms] = f[1]; may[n_rooms] = f[2]; rule[n_rooms] = f[3]
            }
            while ((getline line < symbols) > 0) { # the expression may hold | itself: the last two fields are the others
                n = split(line, f, "|"); pattern = f[1]
                for (i = 2; i <= n - 2; i++) pattern = pattern "|" f[i]
                symbol[++n_symbols] = "^(" pattern ")$"; by[n_symbols] = f[n - 1]; symbol_rule[n_symbols] = f[n]
            }
            while ((getline line < state) > 0) { split(line, f, "|"); kept[f[1], f[2]] = 1; keeper[f[2]] = f[1] }
        }
        $2 == "U" { object[++n_calls] = $1; called[n_calls] = $3; next }
        { defined[$3] = $2 ~ /^[TDBRVW]$/ ? $1 : defined[$3] }
        $4 ~ /^\.(t?data|t?bss|sdata|sbss)/ && $4 !~ /^\.data\.rel\.ro/ || $4 == "*COM*" {
            name = $3; sub(/\.[0-9]+$/, "", name)
            if (!(name in keeper) || index($1, keeper[name]) != 1)
                printf "%s: %s is state that outlives a call; keep it in a struct that the caller owns\n", source($1), name
        }
        END {
            for (k = 1; k <= n_calls; k++) {
                o = object[k]; s = called[k]
                for (i = 1; i <= n_symbols; i++)
                    if (s ~ symbol[i] && !starts(o, by[i]))
                        printf "%s: calls %s; %s\n", source(o), s, symbol_rule[i]
                if (index(o, "stats/") == 1 && s ~ forbidden)
                    printf "%s: calls %s; stats has no memory, files, printing or threads of its own\n", source(o), s
                if (!(s in defined) || defined[s] == "")
                    continue
                mine = 0
                for (i = 1; i <= n_rooms; i++)
                    if (index(o, room[i]) == 1 && (!mine || length(room[i]) > length(room[mine])))
                        mine = i
                # status.c answers for stats/status.h, as every object answers for the header of its name
                header = defined[s]; sub(/\.o$/, ".h", header)
                if (mine && !starts(header, may[mine]))
                    printf "%s: uses %s of %s; %s\n", source(o), s, source(defined[s]), rule[mine]
            }
        }' "$work/nm"
}

# Object, kind, name and section of each symbol; sysv format, because it alone names the section.
for source in "${sources[@]}"; do
    [ "${source##*.}" = c ] || continue
    if [ ! -f "$objects/${source%.c}.o" ]; then
        echo "$source: not compiled into $objects; make layers does that" >>"$work/breaches"
        continue
    fi
    echo "${source%.c}.o"
done >"$work/objects"
(cd "$objects" && xargs nm -A -f sysv <"$work/objects") 2>/dev/null | awk -F'|' '
    NF >= 7 {
        for (i = 1; i <= NF; i++) gsub(/^ +| +$/, "", $i)
        name = $1; object = name; sub(/:.*/, "", object); sub(/^[^:]*:/, "", name); gsub(/ /, "", name)
        print object, $3, name, $7
    }' >"$work/nm"

top_level() { # in a checkout only: what a user leaves lying about is no breach
    git ls-files 2>/dev/null | cut -d/ -f1 | sort -u |
        grep -vxE 'README\.md|Makefile|LICENSE|CHANGELOG\.md|\.ci|\.clang-format|\.gitignore|stats|io|plots|surveys|tests' |
        sed 's/$/: the top level is given; nothing is added to it/'
}

{ includes; calls; top_level; } >>"$work/breaches"
if [ -s "$work/breaches" ]; then
    sort -u "$work/breaches" >&2
    echo "layers: $(sort -u "$work/breaches" | wc -l) breaches" >&2
    exit 1
fi
echo "layers: ${#sources[@]} files keep the rules"

# barometer: one file, no recursion. Everything is built into build/<variant>/, for gcc as for other compilers
# (make CC=clang builds into build/release-clang/). `make help` lists the targets; V=1 shows whole command lines.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

VERSION := 0.1.0
variant ?= release
prefix ?= /usr/local
bindir = $(prefix)/bin
libdir = $(prefix)/lib
includedir = $(prefix)/include
datadir = $(prefix)/share
mandir = $(datadir)/man
# where each shell looks for completions
completion_bash = $(datadir)/bash-completion/completions/barometer
completion_zsh = $(datadir)/zsh/site-functions/_barometer
completion_fish = $(datadir)/fish/vendor_completions.d/barometer.fish
shells := bash zsh fish
FUZZ_SECONDS ?= 60
STUDY_SEEDS ?= 500
MEMORY_EVERY ?= 1

# ---- flags: the user's own come last

packages := gsl yaml-0.1 libzip libxml-2.0 xlsxwriter
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes \
        -Wmissing-prototypes -Wcast-qual -Wvla -Wformat=2 -Wnull-dereference
sanitize := address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
flags_release := -O2 -DNDEBUG
flags_debug := -O1 -g -Werror
flags_san := -O1 -g -Werror -fsanitize=$(sanitize)
flags_cov := -O0 -g --coverage
flags_fuzz := -O1 -g -fsanitize=fuzzer-no-link,$(sanitize)
variants := release debug san cov fuzz

# Asked of pkg-config once, and only when something is compiled: by then `make demo` has installed what it needs.
package_cflags = $(eval package_cflags := $$(shell pkg-config --cflags $(packages)))$(package_cflags)
package_libs = $(eval package_libs := $$(shell pkg-config --libs $(packages)))$(package_libs)
common_flags = -std=c11 -D_POSIX_C_SOURCE=200809L -DBARO_VERSION='"$(VERSION)"' \
               -DBARO_SURVEYS='"$(datadir)/barometer/surveys"' -ffp-contract=off -pthread $(WARN) -I.
libs = $(package_libs) -lcsv -lreadstat -lm -pthread $(LDLIBS)

# ---- files

rooms := stats io plots surveys
in_rooms = $(sort $(foreach room,$(rooms),$(wildcard $(room)/*.$(1) $(room)/*/*.$(1) $(room)/*/*/*.$(1))))
sources := $(call in_rooms,c)
headers := $(call in_rooms,h)
definitions := $(sort $(wildcard surveys/definitions/*.yaml surveys/definitions/*.csv))
main := surveys/program/main.c
library_sources := $(filter-out $(main),$(sources))
test_sources := $(sort $(wildcard tests/test_*.c))
test_support := $(sort $(filter-out $(test_sources),$(wildcard tests/*.c)))
fuzz_sources := $(sort $(wildcard tests/fuzz/fuzz_*.c))
fuzz_support := $(sort $(filter-out $(fuzz_sources),$(wildcard tests/fuzz/*.c)))
bench_sources := $(sort $(wildcard tests/bench/*.c))
compiled := $(sources) $(test_sources) $(test_support)
mutator := $(wildcard tests/mutate/*.c)
study_sources := $(sort $(wildcard tests/study/*.c))
gallery_sources := $(sort $(wildcard tests/gallery/*.c))
all_c := $(compiled) $(fuzz_sources) $(fuzz_support) $(bench_sources) $(mutator) $(study_sources) $(gallery_sources)

compiler := $(filter-out cc gcc,$(notdir $(lastword $(CC))))
dir_of = build/$(1)$(if $(filter-out fuzz,$(1)),$(addprefix -,$(compiler)))
object = $(patsubst %.c,$(call dir_of,$(1))/%.o,$(2))
tests_of = $(patsubst tests/%.c,$(call dir_of,$(1))/tests/%,$(test_sources))
products = $(addprefix $(call dir_of,$(1))/,barometer libbarometer.a)

V ?= 0
quiet := $(if $(filter 0,$(V)),@,)
silent := $(strip $(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))))
say = $(if $(filter 0$(silent),$(V)),@printf '%-5s %s\n' $(1) $@)

# ---- what a goal needs of Debian, by the groups of tests/packages.sh; a goal that is not here is only looked after

needs_packages := build run
needs_demo := build run
needs_test := build run test
needs_test-san := build run test
needs_test-memory := build run test
needs_test-valgrind := build run test valgrind
needs_coverage := build run test coverage
needs_mutate := build run test
needs_fuzz := build fuzz
needs_bench := build
needs_coverage-study := build
needs_browser := build run
needs_gallery := build run
needs_false-findings := build
needs_lint := build test lint
needs_format := format
needs := $(sort $(foreach goal,$(MAKECMDGOALS),$(needs_$(goal))))

.PHONY: all packages demo test test-san test-memory test-valgrind coverage coverage-study false-findings who-moved gallery browser mutate fuzz bench format lint layers \
        install uninstall dist clean help ready FORCE
FORCE:

all: $(call products,$(variant)) ## the program and the library, in build/$(variant)/ (variant=release, debug, san or cov)

# Every object waits for this. With packages to install it installs; otherwise it says what is missing.
ready:
ifneq ($(needs),)
	@tests/packages.sh $(needs)
endif
	@command -v pkg-config >/dev/null || { echo "pkg-config is not here; 'make packages' installs what a build needs" >&2; exit 1; }
	@for p in $(packages); do pkg-config --exists $$p || \
	    { echo "the library $$p is not here; 'make packages' installs what a build needs" >&2; exit 1; }; done
	@echo '#include <csv.h>' | $(CC) $(CPPFLAGS) $(CFLAGS) -E -x c - -o /dev/null 2>/dev/null || \
	    { echo "$(CC) does not work, or csv.h (libcsv) is missing; 'make packages' installs what a build needs" >&2; exit 1; }
	@echo '#include <readstat.h>' | $(CC) $(CPPFLAGS) $(CFLAGS) -E -x c - -o /dev/null 2>/dev/null || \
	    { echo "readstat.h (libreadstat) is missing; 'make packages' installs what a build needs" >&2; exit 1; }

packages: ready ## install the Debian or Ubuntu packages that a build needs

# ---- building, the same for every variant

# $(1) variant, $(2) its folder, $(3) its compiler. The file `flags` changes only when the flags do, and then all is built anew.
define rules
$(2)/flags: FORCE | ready
	$$(shell mkdir -p $$(@D))$$(file >$$@.new,$(3) $$(common_flags) $$(flags_$(1)) $$(package_cflags) $$(CPPFLAGS) $$(CFLAGS))
	@if cmp -s $$@.new $$@; then rm -f $$@.new; else mv $$@.new $$@; fi

$(call object,$(1),$(compiled) $(if $(filter fuzz,$(1)),$(fuzz_sources) $(fuzz_support))): $(2)/%.o: %.c $(2)/flags
	@mkdir -p $$(@D)
	$$(call say,cc)
	$$(quiet)$(3) $$(common_flags) $$(flags_$(1)) $$(package_cflags) $$(CPPFLAGS) $$(CFLAGS) -MMD -MP -c -o $$@ $$<

$(2)/libbarometer.a: $(call object,$(1),$(library_sources))
	$$(call say,ar)
	@rm -f $$@
	$$(quiet)ar -qcsD $$@ $$^

$(2)/barometer: $(call object,$(1),$(main)) $(2)/libbarometer.a
	$$(call say,link)
	$$(quiet)$(3) $$(filter -fsanitize% --coverage,$$(flags_$(1))) $$(LDFLAGS) -o $$@ $$^ $$(libs)

$(call tests_of,$(1)): $(2)/tests/%: $(2)/tests/%.o $(call object,$(1),$(test_support)) $(2)/libbarometer.a
	$$(call say,link)
	$$(quiet)$(3) $$(filter -fsanitize% --coverage,$$(flags_$(1))) $$(LDFLAGS) -o $$@ $$^ -lcmocka $$(libs)

-include $(patsubst %.o,%.d,$(call object,$(1),$(compiled)))
endef
$(foreach v,$(variants),$(eval $(call rules,$(v),$(call dir_of,$(v)),$(if $(filter fuzz,$(v)),clang,$$(CC)))))

# ---- proof

demo: $(call products,release) ## build, and show what the program does with the example data
	@tests/demo.sh $(call dir_of,release)

test: layers $(call products,release) $(call products,debug) $(call tests_of,debug) ## all tests that need no more than a minute or two
	@tests/run.sh --program $(call dir_of,release) $(call tests_of,debug)

test-san: $(call products,san) $(call tests_of,san) ## the same tests with the address and undefined behaviour sanitizers
	@tests/run.sh --program $(call dir_of,san) $(call tests_of,san)

test-valgrind: $(call products,debug) $(call tests_of,debug) ## the same tests under valgrind
	@tests/run.sh --valgrind --program $(call dir_of,debug) $(call tests_of,debug)

coverage: $(call products,cov) $(call tests_of,cov) ## which lines the tests reach: a summary, and build/coverage/index.html
	@find $(call dir_of,cov) -name '*.gcda' -delete
	@tests/run.sh --program $(call dir_of,cov) $(call tests_of,cov)
	@tests/coverage.sh $(call dir_of,cov) build/coverage

build/coverage_study: tests/study/coverage.c tests/study.c tests/study.h $(call dir_of,release)/libbarometer.a
	$(call say,cc)
	$(quiet)$(CC) $(common_flags) $(flags_release) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter-out %.h,$^) $(libs)

coverage-study: build/coverage_study ## do 95 % intervals cover the truth? STUDY_SEEDS (500) samples of every survey that simulate draws
	@build/coverage_study $(STUDY_SEEDS)

build/gallery_draw: $(gallery_sources) tests/gallery_data.c tests/chart_sheet.c tests/gallery_data.h tests/chart_sheet.h $(call dir_of,release)/libbarometer.a
	$(call say,cc)
	$(quiet)$(CC) $(common_flags) $(flags_release) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter-out %.h,$^) $(libs)

gallery: build/gallery_draw ## every kind of chart with easy and nasty data: build/gallery/index.html
	@mkdir -p build/gallery
	@build/gallery_draw build/gallery

build/false_findings: tests/study/false_findings.c tests/false_findings.c tests/false_findings.h $(call dir_of,release)/libbarometer.a
	$(call say,cc)
	$(quiet)$(CC) $(common_flags) $(flags_release) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter-out %.h,$^) $(libs)

false-findings: build/false_findings ## how often is something found where nothing differs? STUDY_SEEDS (500) samples of each kind
	@build/false_findings $(STUDY_SEEDS)

who-moved: $(call products,release) ## does gap say rightly which side moved, and spread what divides? 200 samples of the invented pas and tdiu
	@tests/study/who_moved.sh $(call dir_of,release) $(STUDY_SEEDS)

mutate: $(call products,debug) $(call tests_of,debug) $(call tests_of,san) ## do the tests notice a wrong operator or constant in stats? every 10th; MUTATE_SAMPLE=1 for all
	@CC='$(CC)' FLAGS='$(filter-out -DBARO_%,$(common_flags)) $(package_cflags) $(CPPFLAGS)' LIBS='$(libs)' tests/mutate.sh $(call dir_of,debug) $(call dir_of,san) build/mutate

fuzz_targets := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(fuzz_sources))
$(fuzz_targets): build/fuzz/%: build/fuzz/tests/fuzz/%.o $(call object,fuzz,$(fuzz_support) tests/frame_help.c) build/fuzz/libbarometer.a
	$(call say,link)
	$(quiet)clang -fsanitize=fuzzer,$(sanitize) $(LDFLAGS) -o $@ $^ $(libs)

fuzz: $(fuzz_targets) ## every fuzz target for FUZZ_SECONDS (60) seconds
	@tests/fuzz/run.sh $(FUZZ_SECONDS) $(fuzz_targets)

build/memory/barometer: tests/memory/failing.c $(call object,release,$(main)) $(call dir_of,release)/libbarometer.a
	@mkdir -p $(@D)
	$(call say,cc)
	$(quiet)$(CC) $(common_flags) $(flags_release) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(libs)

test-memory: build/memory/barometer ## every allocation of whole commands fails once: MEMORY_EVERY=20 for every 20th
	@tests/memory.sh $< $(MEMORY_EVERY)

bench_programs := $(patsubst tests/bench/%.c,build/bench/%,$(bench_sources))
$(bench_programs): build/bench/%: tests/bench/%.c $(call dir_of,release)/libbarometer.a
	@mkdir -p $(@D)
	$(call say,cc)
	$(quiet)$(CC) $(common_flags) $(flags_release) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(libs)

bench: $(call products,release) $(bench_programs) ## how fast and how large, against wc, bare libcsv and R; prints, proves nothing
	@tests/bench/run.sh $(call dir_of,release)

browser: $(call products,release) ## the page of a pack in headless Chromium: WCAG 2.2 AA, no request, no script, keyboard, 320 pixels, paper
	@rm -rf build/browser/pack && mkdir -p build/browser
	@$(call dir_of,release)/barometer report -s surveys/definitions/demo.yaml -m trust,satisfied -b ethnicity,channel -o build/browser/pack --quiet \
	    tests/data/demo-interviews.csv
	@tests/browser.sh build/browser/pack/index.html build/browser

layers: $(call object,release,$(sources)) ## who includes and calls whom, against the rules of the house
	@tests/layers.sh $(call dir_of,release)

lint: ready ## clang-tidy and cppcheck
	@tests/lint.sh $(all_c) -- $(common_flags) $(package_cflags) $(CPPFLAGS)

format: ready ## clang-format, in place
	clang-format -i $(all_c) $(headers) $(wildcard tests/*.h tests/*/*.h)

# ---- in and out of the house

define pkg_config_file
prefix=$(prefix)
libdir=$(libdir)
includedir=$(includedir)/barometer

Name: barometer
Description: Weighted, design-based estimates for public attitude surveys
Version: $(VERSION)
Requires: $(packages)
Libs: -L$${libdir} -lbarometer -lcsv -lreadstat -lm -pthread
Cflags: -I$${includedir}
endef

install: $(call products,release) ## the program, the library, survey files, manual pages and completions, under prefix=/usr/local (DESTDIR is honoured)
	install -d $(addprefix $(DESTDIR),$(bindir) $(libdir)/pkgconfig $(datadir)/barometer/surveys)
	install -m 755 $(call dir_of,release)/barometer $(DESTDIR)$(bindir)/barometer
	install -m 644 $(call dir_of,release)/libbarometer.a $(DESTDIR)$(libdir)/libbarometer.a
	$(if $(definitions),install -m 644 $(definitions) $(DESTDIR)$(datadir)/barometer/surveys/)
	@for h in $(headers); do install -D -m 644 $$h $(DESTDIR)$(includedir)/barometer/$$h; done
	$(file >build/barometer.pc,$(pkg_config_file))
	install -m 644 build/barometer.pc $(DESTDIR)$(libdir)/pkgconfig/barometer.pc
	$(foreach s,$(shells),$(call dir_of,release)/barometer completion $(s) >build/completion.$(s) && \
	    install -D -m 644 build/completion.$(s) $(DESTDIR)$(completion_$(s)) &&) true
	@for page in $$($(call dir_of,release)/barometer manual); do $(call dir_of,release)/barometer manual $$page >build/page.1 && \
	    install -D -m 644 build/page.1 $(DESTDIR)$(mandir)/man1/$$page.1 || exit 1; done

uninstall: ## what install has put there
	rm -f $(addprefix $(DESTDIR),$(bindir)/barometer $(libdir)/libbarometer.a $(libdir)/pkgconfig/barometer.pc \
	    $(foreach s,$(shells),$(completion_$(s)))) $(DESTDIR)$(mandir)/man1/barometer.1 $(DESTDIR)$(mandir)/man1/barometer-*.1
	rm -rf $(addprefix $(DESTDIR),$(datadir)/barometer $(includedir)/barometer)

dist: ## the last commit as build/barometer-$(VERSION).tar.gz
	@mkdir -p build
	git archive --format=tar --prefix=barometer-$(VERSION)/ HEAD | gzip -9n >build/barometer-$(VERSION).tar.gz

clean: ## everything that was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | sed -e 's/$$(variant)/$(variant)/; s/$$(VERSION)/$(VERSION)/' | \
	    while IFS=$$'\t' read -r target does; do printf '%-14s %s\n' "$$target" "$$does"; done

# awk -F TAB -f report.awk SURVIVORS FATES
# SURVIVORS: file, the line with the mutant in it, why no test can or need tell. FATES: fate, file, line, before, after, the mutant's line.
FILENAME == ARGV[1] {
    if ($0 !~ /^#/ && NF >= 3)
        why[$1, $2] = $3
    next
}
$1 == "uncompiled" || $1 == "same" {
    uncounted[$1]++
    next
}
!($2 in all) { order[++files] = $2 }
{ all[$2]++; total++ }
$1 == "killed" { killed[$2]++; dead++; next }
{
    reason = (($2, $6) in why) ? why[$2, $6] : ""
    explained += reason != ""
    printf "%s:%s: %s -> %s: %s\n    %s\n", $2, $3, $4, $5, $6, reason != "" ? "explained: " reason : "NOT EXPLAINED"
}
END {
    for (i = 1; i <= files; i++)
        printf "%-28s killed %d of %d\n", order[i], killed[order[i]], all[order[i]]
    printf "in all: killed %d of %d (%.1f %%), %d survivors explained, %d not; not counted: %d of the same code, %d that do not compile\n",
        dead, total, total ? 100 * dead / total : 0, explained, total - dead - explained, uncounted["same"], uncounted["uncompiled"]
    exit !(total && dead >= 0.9 * total)
}

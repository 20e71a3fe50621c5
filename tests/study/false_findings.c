/* make false-findings: of surveys in which nothing differs and nothing moves, how many give any finding? STUDY_SEEDS (500) of each kind;
   status 1 where it is more than 8 in 100. */
#include "tests/false_findings.h"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    size_t seeds = argc > 1 ? strtoul(argv[1], NULL, 10) : 500;
    bool good = true;
    printf("%-28s %8s %10s %10s %14s\n", "survey", "runs", "findings", "warnings", "either");
    for (size_t i = 0; i < FALSE_FINDINGS; i++) {
        false_findings out = {.which = i, .seeds = seeds ? seeds : 1, .first_seed = 1};
        bool ran = false_findings_run(&out);
        double share = (double)out.any / (double)out.seeds;
        printf("%-28s %8zu %10zu %10zu %8zu %4.1f %%%s\n", false_findings_name(i), out.seeds, out.with_finding, out.with_warning, out.any, 100 * share,
               !ran ? "  FAILED" : share > 0.08 ? "  OFF" : "");
        good = good && ran && share <= 0.08;
        fflush(stdout);
    }
    return good ? 0 : 1;
}

#include "surveys/program/commands.h"
#include <string.h>

static const char *const describe_examples[] = {"What is in a file",
                                                "barometer describe wave.csv",
                                                "The same for a spreadsheet",
                                                "barometer describe wave.csv -o columns.csv",
                                                "What a survey file says",
                                                "barometer describe -s pas",
                                                NULL};
static const char *const check_examples[] = {"Before a quarter's tables are made: status 1 when there are errors",
                                             "barometer check -s pas wave1.csv wave2.csv",
                                             "The same for a script",
                                             "barometer check -s pas wave1.csv --format csv",
                                             "Name answers outside the scale, too",
                                             "barometer check -s pas wave1.csv --show-values",
                                             NULL};
static const char *const table_examples[] = {
    "Every measure of a survey, for everyone and by every group",
    "barometer table -s pas wave1.csv wave2.csv",
    "Trust by ethnicity and by age, each group against the rest, for a spreadsheet",
    "barometer table -s pas -m trust -b ethnicity,age --compare rest wave1.csv -o trust.csv",
    "Without a survey file",
    "barometer table --weight wt --proportion 'trust=Q5:Tend to agree|Strongly agree' -b sex wave1.csv",
    NULL};
static const char *const test_examples[] = {
    "Is trust related to ethnicity, to age, to the contact channel?",
    "barometer test -s pas -m trust -b ethnicity,age,channel wave1.csv",
    "Every measure by every group, p-values adjusted over all of them, for a spreadsheet",
    "barometer test -s pas wave1.csv wave2.csv --adjust-over run -o tests.csv",
    "Without a survey file, by Wald's test",
    "barometer test --weight wt --strata region --psu ward --distribution Q5 -b sex wave1.csv --test wald",
    NULL};
static const char *const trend_examples[] = {
    "Rolling four quarters, and the change on a year ago",
    "barometer trend -s pas -m trust --rolling 4 --compare year-ago waves/*.csv", "By borough since 2022, as CSV",
    "barometer trend -s pas -m trust -b borough --from '2022 Q1' waves/*.csv --format csv",
    "Does it rise or fall, and is that more than chance?", "barometer trend -s pas -m trust -b ethnicity --linear waves/*.csv",
    "Which quarters are out of the ordinary?", "barometer trend -s pas -m trust --control p --baseline '2021 Q1:2022 Q4' waves/*.csv", NULL};
static const char *const gap_examples[] = {
    "How far is each ethnic group from everyone else", "barometer gap -s pas -m trust -b ethnicity wave1.csv",
    "Did the gap narrow, and which side moved?",
    "barometer gap -s pas -m trust -b ethnicity --change '2022 Q4:2023 Q4' waves/*.csv",
    "How much of it is another mix of ages, for a spreadsheet",
    "barometer gap -s pas -m trust -b ethnicity --change '2022 Q4:2023 Q4' --mix age waves/*.csv -o gap.csv",
    "Of today's gap, what is mix and what is rates", "barometer gap -s pas -m trust -b channel --mix age wave1.csv", NULL};
static const char *const findings_examples[] = {
    "What stands out in the latest window, in sentences", "barometer findings -s pas waves/*.csv",
    "Of trust and fairness by ethnicity, each group against its reference, as Markdown",
    "barometer findings -s pas -m trust,fair -b ethnicity --against reference waves/*.csv -o findings.md",
    "For a script: sentence, numbers, p-values and the row that each stands on", "barometer findings -s pas waves/*.csv -o findings.csv", NULL};
static const char *const spread_examples[] = {
    "What divides trust most: ethnicity, age, borough, the contact channel?", "barometer spread -s pas -m trust wave1.csv",
    "Contact channel or ethnicity, year by year, for a spreadsheet",
    "barometer spread -s tdiu -b channel,ethnicity --all-windows waves/*.csv -o spread.csv",
    "Without a survey file",
    "barometer spread --weight wt --psu ward --proportion 'trust=Q5:Tend to agree|Strongly agree' -b sex,region wave1.csv", NULL};
static const char *const bars_examples[] = {
    "Trust by ethnicity, the latest window", "barometer chart bars -s pas -m trust -b ethnicity wave1.csv -o trust.svg",
    "Every measure by every group, each in its own file, with the numbers",
    "barometer chart bars -s pas wave1.csv -o '{measure}-{group}.svg' --data numbers.csv", NULL};
static const char *const trend_chart_examples[] = {
    "Trust since 2020", "barometer chart trend -s pas -m trust --from '2020 Q1' waves/*.csv -o trust.svg",
    "For a slide", "barometer chart trend -s pas -m trust waves/*.csv --size slide -o trust.png", NULL};
static const char *const gap_chart_examples[] = {
    "Each ethnic group and the rest", "barometer chart gap -s pas -m trust -b ethnicity wave1.csv -o gap.svg",
    "The gaps then and now",
    "barometer chart gap -s pas -m trust -b ethnicity --change '2022 Q4:2023 Q4' waves/*.csv -o change.png", NULL};
static const char *const control_chart_examples[] = {
    "Trust quarter by quarter, with limits from the years before",
    "barometer chart control -s pas -m trust --baseline '2018 Q1:2019 Q4' waves/*.csv -o control.svg",
    "Every borough, a panel each", "barometer chart control -s pas -m trust -b borough waves/*.csv -o control.png", NULL};
static const char *const spread_chart_examples[] = {
    "What divides opinion on trust most", "barometer chart spread -s pas -m trust wave1.csv -o spread.svg",
    "Some factors alone, every measure",
    "barometer chart spread -s pas -b ethnicity,age,lgbt wave1.csv -o '{measure}-spread.png'", NULL};
static const char *const waterfall_examples[] = {
    "Which side moved the gap",
    "barometer chart waterfall -s pas -m trust -b ethnicity --change '2022 Q4:2023 Q4' waves/*.csv -o moved.svg",
    "And how much of it is another mix of ages",
    "barometer chart waterfall -s pas -m trust -b ethnicity --change '2022 Q4:2023 Q4' --mix age waves/*.csv -o moved.svg",
    "Quarter by quarter",
    "barometer chart waterfall -s pas -m trust -b lgbt --change '2022 Q1:2023 Q4' --each waves/*.csv -o steps.svg", NULL};
static const char *const likert_examples[] = {
    "Every answer, by ethnicity", "barometer chart likert -s pas -m trust -b ethnicity wave1.csv -o trust.svg",
    "All questions on one scale, neutral answers apart", "barometer chart likert -s pas -m trust,fair --by= --neutral apart wave1.csv -o agree.svg", NULL};
static const char *const tiles_examples[] = {
    "Trust by borough", "barometer chart tiles -s pas -m trust -b borough wave1.csv -o map.svg",
    "Where it is clearly up or down on a year ago", "barometer chart tiles -s pas -m trust -b borough --compare year-ago waves/*.csv -o change.svg", NULL};
static const char *const heat_examples[] = {
    "Every measure by borough", "barometer chart heat -s pas -b borough wave1.csv -o boroughs.svg",
    "Who is clearly above or below the rest", "barometer chart heat -s pas -b ethnicity --compare rest wave1.csv -o rest.svg", NULL};
static const char *const multiples_examples[] = {
    "Trust since 2020 in every borough", "barometer chart multiples -s pas -m trust -b borough --from '2020 Q1' waves/*.csv -o boroughs.svg", NULL};

static const char *const weight_examples[] = {
    "Rake to known totals of sex, age and area", "barometer weight --targets totals.csv wave.csv -o weighted.csv",
    "Bounded, from design weights, with targets for every borough",
    "barometer weight -s pas --weight design --within borough --method logit --bounds 0.3,3 --targets totals.csv wave.csv -o weighted.csv",
    "Estimates with the right variance",
    "barometer table --calibration weighted.csv.calibration.yaml --mean income weighted.csv", NULL};

static const char *const weights_chart_examples[] = {
    "Shares before, and the known shares",
    "barometer chart weights --targets totals.csv wave.csv -o weights.svg",
    "For every borough, with the report's numbers",
    "barometer chart weights -s pas --weight design --within borough --targets totals.csv wave.csv -o weights.png --data weights.csv", NULL};

static const char *const import_examples[] = {
    "A survey file from a codebook in a spreadsheet", "barometer import codebook.csv -o survey.yaml",
    "From the labels and missing values of an SPSS or Stata file", "barometer import wave.sav -o survey.yaml", NULL};
static const char *const simulate_examples[] = {
    "Invented interviews with the published picture of the Public Attitude Survey, and data.csv.truth.csv",
    "barometer simulate --preset pas -o data.csv",
    "Another sample of the same population, one file a quarter, columns renamed between them",
    "barometer simulate --preset pas --seed 7 --from '2022 Q2' --to '2023 Q1' -o 'wave-{period}.csv'",
    "Data that fit a survey file of one's own, with levels of one's own",
    "barometer simulate -s mine.yaml --truth truth.yaml --interviews 500 -o data.csv", NULL};
static const char *const report_examples[] = {
    "Page, charts, workbooks, tables and findings of a quarter", "barometer report -s pas waves/*.csv -o pack/",
    "What changed since the last one, up to a quarter", "barometer report -s pas --to '2023 Q4' --since old/ waves/*.csv -o pack/",
    "Two surveys in one pack, with a logo",
    "barometer report --part 'pas=pas1.csv,pas2.csv' --part tdiu=tdiu.csv --title 'Public voice' --logo logo.svg -o pack/", NULL};
static const char *const verify_examples[] = {"Is every file as it was written?", "barometer verify pack/",
                                              "And do these data give the same pack?", "barometer verify pack/ waves/*.csv", NULL};
static const char *const diff_examples[] = {"What is another number than in the last pack, and why?", "barometer diff old/ new/",
                                            "Every number that moved, for a spreadsheet",
                                            "barometer diff old/ new/ -o differences.csv", NULL};
static const char *const run_examples[] = {"Every output of a plan that is out of date", "barometer run quarter.yaml",
                                           "What would be made, and why", "barometer run quarter.yaml --dry-run",
                                           "The charts alone, four at a time, whatever fails",
                                           "barometer run quarter.yaml --only 'charts/*' --jobs 4 --keep-going", NULL};

#define LATER(name, summary)                                                                                           \
    {                                                                                                                  \
        name, NULL, 0, "DATA...", summary, NULL, NULL                                                                  \
    }

static const baro_command table[] = {
    {"describe", NULL, BARO_IN_DESCRIBE, "DATA...", "What is in this file, or this survey?", describe_examples,
     baro_command_describe},
    {"check", NULL, BARO_IN_CHECK, "-s FILE|ID DATA...", "Do the data fit the survey file?", check_examples, baro_command_check},
    {"table", NULL, BARO_IN_TABLE, "DATA...", "Level of every measure, for everyone and by group", table_examples,
     baro_command_table},
    {"test", NULL, BARO_IN_TEST, "DATA...", "Is a measure related to a factor?", test_examples, baro_command_test},
    {"trend", NULL, BARO_IN_TREND, "DATA...", "Level by period, and change", trend_examples, baro_command_trend},
    {"gap", NULL, BARO_IN_GAP, "DATA...", "How far is each group from the others, and what moved?", gap_examples,
     baro_command_gap},
    {"spread", NULL, BARO_IN_SPREAD, "DATA...", "Which factor divides opinion most?", spread_examples, baro_command_spread},
    LATER("drivers", "What goes with satisfaction?"),
    {"findings", NULL, BARO_IN_FINDINGS, "DATA...", "What can be said in plain words, from tested contrasts only", findings_examples,
     baro_command_findings},
    {"weight", NULL, BARO_IN_WEIGHT, "DATA --targets FILE -o FILE.csv", "Make weights that meet known totals", weight_examples,
     baro_command_weight},
    {"chart", "bars", BARO_IN_CHART_BARS, "DATA... -o FILE", "A measure by group, with intervals", bars_examples,
     baro_command_chart_bars},
    {"chart", "trend", BARO_IN_CHART_TREND, "DATA... -o FILE", "A measure by period, with intervals",
     trend_chart_examples, baro_command_chart_trend},
    {"chart", "likert", BARO_IN_CHART_LIKERT, "DATA... -o FILE", "Answers on a scale, by group or by question", likert_examples,
     baro_command_chart_likert},
    {"chart", "gap", BARO_IN_CHART_GAP, "DATA... -o FILE", "Groups and what they are compared with, or gaps then and now",
     gap_chart_examples, baro_command_chart_gap},
    {"chart", "spread", BARO_IN_CHART_SPREAD, "DATA... -o FILE", "What divides opinion most, and between whom",
     spread_chart_examples, baro_command_chart_spread},
    {"chart", "tiles", BARO_IN_CHART_TILES, "DATA... -o FILE", "A measure by area, on a map of tiles", tiles_examples,
     baro_command_chart_tiles},
    {"chart", "heat", BARO_IN_CHART_HEAT, "DATA... -o FILE", "Measures by groups, as a table in colours", heat_examples,
     baro_command_chart_heat},
    {"chart", "control", BARO_IN_CHART_CONTROL, "DATA... -o FILE", "Which periods are out of the ordinary",
     control_chart_examples, baro_command_chart_control},
    {"chart", "multiples", BARO_IN_CHART_MULTIPLES, "DATA... -o FILE", "A measure by period in every group, everyone behind",
     multiples_examples, baro_command_chart_multiples},
    {"chart", "waterfall", BARO_IN_CHART_WATERFALL, "DATA... -o FILE", "What moved a gap", waterfall_examples,
     baro_command_chart_waterfall},
    {"chart", "weights", BARO_IN_CHART_WEIGHTS, "DATA --targets FILE -o FILE", "What weighting changes, margin by margin",
     weights_chart_examples, baro_command_chart_weights},
    {"report", NULL, BARO_IN_REPORT, "-s FILE|ID DATA... -o FOLDER/", "The whole quarterly pack", report_examples, baro_command_report},
    {"run", NULL, BARO_IN_RUN, "PLAN.yaml", "A plan file of many outputs, only what is out of date", run_examples, baro_command_run},
    {"verify", NULL, BARO_IN_VERIFY, "FOLDER/ [DATA...]", "Are these files what their manifest says?", verify_examples,
     baro_command_verify},
    {"diff", NULL, BARO_IN_DIFF, "OLD/ NEW/", "Which numbers differ between two packs?", diff_examples, baro_command_diff},
    {"import", NULL, BARO_IN_IMPORT, "CODEBOOK", "A codebook CSV, .sav or .dta to a survey file", import_examples, baro_command_import},
    {"simulate", NULL, BARO_IN_SIMULATE, "-s SURVEY -o FILE.csv", "Synthetic data that fit a survey file", simulate_examples,
     baro_command_simulate},
    LATER("merge", "Sums of shards into one answer"),
    {"keys", NULL, 0, "", "Every key of a survey file: place, type, default, meaning", NULL, baro_command_keys},
    {"manual", NULL, 0, "[PAGE]", "A manual page, or the list of them", NULL, baro_command_manual},
    {"completion", NULL, 0, "bash|zsh|fish", "Completion for a shell", NULL, baro_command_completion},
};

size_t baro_commands(void)
{
    return sizeof table / sizeof *table;
}

const baro_command *baro_command_at(size_t i)
{
    return &table[i];
}

const char *baro_command_words(const baro_command *command, baro_arena *arena)
{
    const char *words = command->kind ? baro_arena_format(arena, "%s %s", command->name, command->kind) : command->name;
    return words ? words : "";
}

/* Command lines: what they become, and what is said when they are wrong. */
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST 24

typedef struct {
    const char *name;
    const char *argv[MOST]; /* behind the program's name */
    baro_status status;
    const char
        *says; /* when it fails: in the message of the first fault; else: how the request reads (see `read_back`) */
} line_case;

/* A small survey file that every run writes beside itself. */
static const char survey_text[] = "survey: {id: plum, title: Plum Survey, population: Adults of Plum}\n"
                                  "design: {weight: wt9, strata: [region], psu: [ward]}\n"
                                  "period: {columns: [when], unit: quarter, year_starts: April, rolling: 4}\n"
                                  "scales:\n"
                                  "  - {id: yes3, positive: [Yes], neutral: [Maybe], negative: [No]}\n"
                                  "groups:\n"
                                  "  - id: sex\n"
                                  "    label: Sex\n"
                                  "    kind: demographic\n"
                                  "    columns: SX1\n"
                                  "    categories: [{label: Women, codes: [1]}, {label: Men, codes: [2]}]\n"
                                  "  - id: wave\n"
                                  "    label: Wave\n"
                                  "    kind: other\n"
                                  "    columns: WV\n"
                                  "    categories: [{label: \"2022\", codes: [1]}, {label: total, codes: [2]}]\n"
                                  "  - {id: town, label: Town, kind: area, columns: TN}\n"
                                  "measures:\n"
                                  "  - {id: trust, label: Trust, columns: Q7, scale: yes3}\n"
                                  "  - {id: fair, label: Fair, columns: Q8, scale: yes3}\n";
static char folder[] = "/tmp/barometer-options-XXXXXX";
static char survey_path[64];

typedef struct {
    char text[2048];
    size_t n;
} page;

static void put(page *out, const char *format, ...) BARO_PRINTF(2, 3);
static void put(page *out, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int n = vsnprintf(out->text + out->n, sizeof out->text - out->n, format, list);
    va_end(list);
    assert_true(n >= 0 && (size_t)n < sizeof out->text - out->n);
    out->n += (size_t)n;
}

static void put_texts(page *out, const char *name, const baro_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        put(out, "%s%s", i ? "," : name, texts->item[i]);
}

static void put_measures(page *out, const baro_survey *survey)
{
    static const char *const words[] = {"share", "every", "mean", "total", "ratio", "quantile"};
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *m = &survey->measures[i];
        if (m->at.line)
            continue; /* of the survey file */
        put(out, " %s<%s>=<%s>", words[m->statistic], m->id, m->columns.item[0]);
        for (size_t j = 0; m->scale && j < m->scale->n_answers; j++)
            put(out, "%s<%s>", j ? "|" : ":", m->scale->answers[j].label);
    }
}

static void put_references(page *out, const baro_request *request)
{
    static const char *const words[] = {"none",     "total", "rest",  "group", "previous",
                                        "separate", "year",  "first", "period"};
    for (size_t i = 0; i < request->n_against; i++) {
        const baro_against *a = &request->against[i];
        put(out, "%s%s", i ? "," : " against=", words[a->kind]);
        if (a->kind == BARO_AGAINST_GROUP)
            put(out, "<%s:%s>", a->group ? a->group : "", a->name);
        if (a->kind == BARO_AGAINST_PERIOD)
            put(out, "<%s>", a->text);
    }
}

static void put_replicates(page *out, const baro_replicate_choice *r)
{
    if (!r->columns)
        return;
    put(out, " replicates=%s method=%d count=%zu seed=%llu", r->columns, (int)r->method, r->count, (unsigned long long)r->seed);
    if (!isnan(r->rho))
        put(out, " rho=%g", r->rho);
    if (!isnan(r->scale))
        put(out, " scale=%g", r->scale);
    if (r->centre)
        put(out, " centre=%d", (int)r->centre);
}

/* What of a request differs from "nothing was said", in one line. */
static void read_back(const baro_request *request, page *out)
{
    const baro_survey *s = request->survey;
    put(out, "data=%zu", request->n_data);
    put_texts(out, " m=", &request->measures);
    for (size_t i = 0; i < request->n_by; i++)
        put(out, "%s%s%s%s", i ? "," : " by=", request->by[i].first, request->by[i].second ? "*" : "",
            request->by[i].second ? request->by[i].second : "");
    put_measures(out, s);
    put_references(out, request);
    if (s->weight)
        put(out, " weight=%s", s->weight);
    put_texts(out, " strata=", &s->strata);
    put_texts(out, " psu=", &s->psu);
    put_texts(out, " fpc=", &s->fpc);
    put_replicates(out, &s->replicates);
    put_texts(out, " period=", &s->period_columns);
    if (request->has_from)
        put(out, " from=%ld", request->from);
    if (request->has_to)
        put(out, " to=%ld", request->to);
    if (request->rolling)
        put(out, " rolling=%zu", request->rolling);
    if (request->where)
        put(out, " where=%s", request->where);
}

typedef struct {
    baro_arena *arena;
    baro_error *error;
    baro_invocation invocation;
    baro_survey survey;
    baro_request request;
    baro_status status;
} outcome;

static void understand(const char *const *arguments, outcome *out)
{
    char *argv[MOST + 1] = {NULL};
    char program[] = "barometer";
    int argc = 1;
    argv[0] = program;
    out->arena = baro_arena_new();
    out->error = baro_error_new();
    assert_non_null(out->arena);
    assert_non_null(out->error);
    for (; argc <= MOST && arguments[argc - 1]; argc++) {
        const char *text = strcmp(arguments[argc - 1], "@") == 0 ? survey_path : arguments[argc - 1];
        argv[argc] = baro_arena_string(out->arena, text);
    }
    out->status = baro_invocation_read(argc, argv, out->arena, &out->invocation, out->error);
    if (out->status != BARO_OK || out->invocation.help || out->invocation.version)
        return;
    bool trend = strcmp(out->invocation.command->name, "trend") == 0;
    out->status = baro_request_of_options(&out->invocation, trend, out->arena, &out->survey, &out->request, out->error);
}

static void forget(outcome *out)
{
    baro_error_free(out->error);
    baro_arena_free(out->arena);
}

static const char *first_message(const baro_error *error)
{
    for (size_t i = 0; i < baro_error_count(error); i++)
        if (!baro_error_entry_at(error, i)->is_remark)
            return baro_error_entry_at(error, i)->message;
    return "(nothing)";
}

static void check_line(void **state)
{
    const line_case *row = *state;
    outcome got;
    understand(row->argv, &got);
    if (got.status != row->status)
        print_error("%s: status %d: %s\n", row->name, (int)got.status, first_message(got.error));
    assert_int_equal(got.status, row->status);
    if (row->status != BARO_OK) {
        if (!strstr(first_message(got.error), row->says))
            print_error("%s: '%s' does not say '%s'\n", row->name, first_message(got.error), row->says);
        assert_non_null(strstr(first_message(got.error), row->says));
    } else if (!got.invocation.help && !got.invocation.version) {
        page out = {.n = 0};
        read_back(&got.request, &out);
        assert_string_equal(out.text, row->says);
    }
    forget(&got);
}

/* clang-format off */
static const line_case lines[] = {
    /* where options stand */
    {"options before and behind files", {"--mean", "A", "table", "w.csv", "--weight", "wt", NULL}, BARO_OK, "data=1 m=A mean<A>=<A> weight=wt"},
    {"equals sign", {"table", "--mean=A", "w.csv", NULL}, BARO_OK, "data=1 m=A mean<A>=<A>"},
    {"short, attached", {"table", "-bG,H", "w.csv", "--mean=A", NULL}, BARO_OK, "data=1 m=A by=G,H mean<A>=<A>"},
    {"short, apart", {"table", "-b", "G", "w.csv", "--mean=A", NULL}, BARO_OK, "data=1 m=A by=G mean<A>=<A>"},
    {"a dash is a file", {"table", "-", "--mean=A", NULL}, BARO_OK, "data=1 m=A mean<A>=<A>"},
    {"two dashes end options", {"table", "--mean=A", "--", "--weight", "-b", NULL}, BARO_OK, "data=2 m=A mean<A>=<A>"},
    {"help", {"table", "--help", NULL}, BARO_OK, ""},
    {"help of the program", {"--help", NULL}, BARO_OK, ""},
    {"version", {"--version", NULL}, BARO_OK, ""},
    {"no command", {NULL}, BARO_USAGE, "a command is needed"},
    {"unknown command", {"tabel", "w.csv", NULL}, BARO_USAGE, "did you mean 'table'?"},
    {"a far command", {"w.csv", NULL}, BARO_USAGE, "unknown command 'w.csv'"},
    {"command of a later version", {"drivers", "w.csv", NULL}, BARO_USAGE, "'drivers' is not available in this version"},
    {"unknown chart", {"chart", "bar", "w.csv", NULL}, BARO_USAGE, "did you mean 'bars'?"},
    {"chart without a kind", {"chart", NULL}, BARO_USAGE, "chart needs a kind"},
    {"unknown option", {"table", "--weigth", "wt", NULL}, BARO_USAGE, "unknown option '--weigth'; did you mean '--weight'?"},
    {"unknown letter", {"table", "-z", NULL}, BARO_USAGE, "unknown option '-z'"},
    {"control bytes are shown as such", {"table", "--we\033[31m", NULL}, BARO_USAGE, "\\x1B"},
    {"option of a later version", {"table", "--partial", "w.csv", NULL}, BARO_USAGE, "--partial is not available in this version"},
    {"a quantile of nothing", {"table", "--quantile=A", "w.csv", NULL}, BARO_USAGE, "COL:P[,P] or NAME=COL:P[,P] is wanted"},
    {"a quantile in per cent", {"table", "--quantile=A:50", "w.csv", NULL}, BARO_USAGE, "'50' is no probability"},
    {"option of another command", {"describe", "--compare", "rest", "w.csv", NULL}, BARO_USAGE, "--compare is no option of 'describe'"},
    {"no value", {"table", "w.csv", "--weight", NULL}, BARO_USAGE, "--weight needs a value: --weight COL"},
    {"an option for a value", {"table", "w.csv", "-o", "--quiet", NULL}, BARO_USAGE, "--output needs a value"},
    {"an empty value", {"table", "w.csv", "--weight=", NULL}, BARO_USAGE, "--weight needs a value"},
    {"a value too many", {"table", "w.csv", "--quiet=yes", NULL}, BARO_USAGE, "--quiet takes no value"},
    {"given twice", {"table", "w.csv", "--weight=a", "--weight=b", NULL}, BARO_USAGE, "--weight is given twice"},
    {"none of the choices", {"table", "w.csv", "--interval=exact", NULL}, BARO_USAGE, "'exact' is none of logit|wald|wilson"},
    {"not a whole number", {"table", "w.csv", "--rolling=4.0", NULL}, BARO_USAGE, "--rolling: '4.0' is not a whole number of 1"},
    {"zero is not one or more", {"table", "w.csv", "--rolling=0", NULL}, BARO_USAGE, "of 1 or more"},
    {"not a number", {"table", "w.csv", "--df=nan", NULL}, BARO_USAGE, "'nan' is not a plain decimal number"},
    {"no data", {"table", "--mean=A", NULL}, BARO_USAGE, "no data file is given"},
    {"standard input twice", {"table", "--mean=A", "-", "-", NULL}, BARO_USAGE, "only once"},

    /* replicate weights */
    {"replicate weights", {"table", "w.csv", "--mean=A", "--replicates", "W*", "--replicate-method", "fay", "--rho", "0.3", NULL}, BARO_OK,
     "data=1 m=A mean<A>=<A> replicates=W* method=2 count=0 seed=1 rho=0.3"},
    {"replicates to make", {"table", "w.csv", "--mean=A", "--replicates=make:bootstrap", "--replicate-count=200", "--seed=17", "--mse", NULL},
     BARO_OK, "data=1 m=A mean<A>=<A> replicates=make:bootstrap method=0 count=200 seed=17 centre=2"},
    {"a scale", {"table", "w.csv", "--mean=A", "--replicates=W*", "--replicate-method=jkn", "--scale=0.5", NULL}, BARO_OK,
     "data=1 m=A mean<A>=<A> replicates=W* method=4 count=0 seed=1 scale=0.5"},
    {"a method of replicates that is none", {"table", "w.csv", "--replicates=W*", "--replicate-method=brr2", NULL}, BARO_USAGE,
     "'brr2' is none of brr|fay|jk1|jkn|bootstrap|sdr"},
    {"a method without replicates", {"table", "w.csv", "--mean=A", "--replicate-method=brr", NULL}, BARO_USAGE,
     "--replicate-method is for replicate weights: --replicates names them"},
    {"mse without replicates", {"table", "w.csv", "--mean=A", "--mse", NULL}, BARO_USAGE, "--mse is for replicate weights"},
    {"a scale of nothing", {"table", "w.csv", "--mean=A", "--replicates=W*", "--scale=0", NULL}, BARO_USAGE, "--scale: a number above 0"},
    {"no replicates", {"table", "w.csv", "--replicates=make:jkn", "--replicate-count=0", NULL}, BARO_USAGE, "of 1 or more"},
    {"replicates and deft", {"table", "w.csv", "--mean=A", "--replicates=W*", "--deft=1.3", NULL}, BARO_USAGE, "--deft is for data without a design"},

    /* measures */
    {"a proportion", {"table", "w.csv", "--proportion", "trust=Q5:Tend to agree|Strongly agree", NULL}, BARO_OK,
     "data=1 m=trust share<trust>=<Q5>:<Tend to agree>|<Strongly agree>"},
    {"a proportion without a name", {"table", "w.csv", "--proportion", "Q5:1", NULL}, BARO_OK, "data=1 m=Q5 share<Q5>=<Q5>:<1>"},
    {"hostile quoting", {"table", "w.csv", "--proportion", "\"a=b|\"=\"Q:5\"\"\":\"1=1\"|\"Yes, \"\"fully\"\"\"|(0*19]", NULL}, BARO_OK,
     "data=1 m=a=b| share<a=b|>=<Q:5\">:<1=1>|<Yes, \"fully\">|<(0*19]>"},
    {"a quote inside a name is itself", {"table", "w.csv", "--mean", "5\" pipe", NULL}, BARO_OK, "data=1 m=5\" pipe mean<5\" pipe>=<5\" pipe>"},
    {"quote never closed", {"table", "w.csv", "--mean", "x=\"abc", NULL}, BARO_USAGE, "never closed"},
    {"text behind a quote", {"table", "w.csv", "--mean", "\"abc\"d", NULL}, BARO_USAGE, "text after a closing quote"},
    {"a proportion without answers", {"table", "w.csv", "--proportion", "Q5", NULL}, BARO_USAGE, "'NAME=COL:ANSWER|ANSWER' is wanted"},
    {"two names", {"table", "w.csv", "--proportion", "a=b=Q5:1", NULL}, BARO_USAGE, "is wanted"},
    {"an empty answer", {"table", "w.csv", "--proportion", "Q5:1||2", NULL}, BARO_USAGE, "a name is missing here"},
    {"two columns of a mean", {"table", "w.csv", "--mean", "A,B", NULL}, BARO_USAGE, "COL or NAME=COL is wanted"},
    {"many measures in their order", {"table", "w.csv", "--total=T", "--distribution=D", "--mean=a=T", NULL}, BARO_OK,
     "data=1 m=T,D,a total<T>=<T> every<D>=<D> mean<a>=<T>"},
    {"two of one name", {"table", "w.csv", "--total=T", "--mean=T", NULL}, BARO_USAGE, "two measures are named 'T'"},
    {"no measure at all", {"table", "w.csv", NULL}, BARO_USAGE, "there is no measure; give --proportion"},
    {"an unknown measure", {"table", "w.csv", "-m", "trust", "--mean=trusts", NULL}, BARO_USAGE, "did you mean 'trusts'?"},
    {"all of the file", {"table", "-s", "@", "w.csv", NULL}, BARO_OK,
     "data=1 by=sex,wave,town weight=wt9 strata=region psu=ward period=when"},
    {"chosen from the file", {"table", "-s", "@", "-m", "fair", "-b", "sex", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair by=sex weight=wt9 strata=region psu=ward period=when"},
    {"made beside the file: only that", {"table", "-s@", "-s", "@", NULL}, BARO_USAGE, "--survey is given twice"},
    {"made and chosen", {"table", "-s", "@", "--mean=k=Q9", "-m", "trust,k", "-b", "sex", "w.csv", NULL}, BARO_OK,
     "data=1 m=trust,k by=sex mean<k>=<Q9> weight=wt9 strata=region psu=ward period=when"},
    {"only the made one", {"table", "-s", "@", "--mean=k=Q9", "-b", "sex", "w.csv", NULL}, BARO_OK,
     "data=1 m=k by=sex mean<k>=<Q9> weight=wt9 strata=region psu=ward period=when"},
    {"not in the file", {"table", "-s", "@", "-m", "turst", "w.csv", NULL}, BARO_USAGE, "did you mean 'trust'?"},
    {"a name twice", {"table", "--mean=trust=Q9", "--mean=trust=Q8", "w.csv", NULL}, BARO_USAGE, "two measures are named 'trust'"},
    {"no such survey", {"table", "-s", "plump", "w.csv", NULL}, BARO_NO_INPUT, "no survey 'plump' is installed"},

    /* breakdowns */
    {"crossed", {"table", "w.csv", "--mean=A", "-b", "G*H,\"x*y\",G", NULL}, BARO_OK, "data=1 m=A by=G*H,x*y,G mean<A>=<A>"},
    {"once each", {"table", "w.csv", "--mean=A", "-b", "G,G", "-b", "G*H,G", NULL}, BARO_OK, "data=1 m=A by=G,G*H mean<A>=<A>"},
    {"three crossed", {"table", "w.csv", "--mean=A", "-b", "G*H*I", NULL}, BARO_USAGE, "two groups can be crossed, not three"},
    {"crossed with itself", {"table", "w.csv", "--mean=A", "-b", "G*G", NULL}, BARO_USAGE, "crossed with itself"},
    {"nothing to cross with", {"table", "w.csv", "--mean=A", "-b", "G*", NULL}, BARO_USAGE, "a name is missing here"},
    {"everyone only", {"table", "-s", "@", "-m", "fair", "--by=", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair weight=wt9 strata=region psu=ward period=when"},
    {"no such group", {"table", "-s", "@", "-b", "sexx", "w.csv", NULL}, BARO_USAGE, "did you mean 'sex'?"},
    {"trend: everyone", {"trend", "-s", "@", "-m", "fair", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair against=previous weight=wt9 strata=region psu=ward period=when"},

    /* references */
    {"a list of references", {"table", "-s", "@", "-m", "fair", "-b", "sex", "--compare", "total,rest,sex:Men,Women,year-ago", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair by=sex against=total,rest,group<sex:Men>,group<:Women>,year weight=wt9 strata=region psu=ward period=when"},
    {"a period", {"trend", "-s", "@", "-m", "fair", "--compare", "2022 Q1", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair against=period<2022 Q1> weight=wt9 strata=region psu=ward period=when"},
    {"a label wins over a period", {"table", "-s", "@", "-m", "fair", "-b", "wave", "--compare", "2022", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair by=wave against=group<:2022> weight=wt9 strata=region psu=ward period=when"},
    {"a quoted word is a label", {"table", "-s", "@", "-m", "fair", "-b", "wave", "--compare", "\"total\",total", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair by=wave against=group<:total>,total weight=wt9 strata=region psu=ward period=when"},
    {"no such label", {"table", "-s", "@", "-m", "fair", "-b", "sex", "--compare", "Woman", "w.csv", NULL}, BARO_USAGE, "did you mean 'Women'?"},
    {"labels not known yet", {"table", "w.csv", "--mean=A", "-b", "G", "--compare", "x", NULL}, BARO_OK, "data=1 m=A by=G mean<A>=<A> against=group<:x>"},
    {"no breakdown to compare in", {"table", "w.csv", "--mean=A", "--compare", "x", NULL}, BARO_USAGE, "no breakdown has a group 'x'"},
    {"no such breakdown", {"table", "-s", "@", "-b", "sex", "--compare", "sexy:Men", "w.csv", NULL}, BARO_USAGE, "is no breakdown of this command; did you mean 'sex'?"},
    {"previous of no periods", {"table", "w.csv", "--mean=A", "--compare", "previous", NULL}, BARO_USAGE, "needs periods"},

    /* the sample and the data */
    {"the whole sample", {"table", "w.csv", "--mean=A", "--weight", "\"w,1\"", "--strata", "a,\"b,c\"", "--psu=d", "--psu=e", "--fpc", "f,g", NULL}, BARO_OK,
     "data=1 m=A mean<A>=<A> weight=w,1 strata=a,b,c psu=d,e fpc=f,g"},
    {"over the file's", {"table", "-s", "@", "-m", "fair", "--by=", "--weight", "w2", "--strata", "s2", "w.csv", NULL}, BARO_OK,
     "data=1 m=fair weight=w2 strata=s2 psu=ward period=when"},
    {"lonely units", {"table", "w.csv", "--mean=A", "--lonely-psu", "averag", NULL}, BARO_USAGE, "'averag' is none of fail|remove"},
    {"a ratio of one", {"table", "w.csv", "--ratio=A", NULL}, BARO_USAGE, "NUM/DEN or NAME=NUM/DEN is wanted"},
    {"a ratio of three", {"table", "w.csv", "--ratio=A/B/C", NULL}, BARO_USAGE, "NUM/DEN or NAME=NUM/DEN is wanted"},
    {"deft beside a design", {"table", "w.csv", "--mean=A", "--psu=p", "--deft=1.3", NULL}, BARO_USAGE, "--deft is for data without"},
    {"deft of nothing", {"table", "w.csv", "--mean=A", "--deft=0", NULL}, BARO_USAGE, "above 0"},
    {"confidence in percent", {"table", "w.csv", "--mean=A", "--confidence=95", NULL}, BARO_USAGE, "as 0.95"},
    {"no freedom", {"table", "w.csv", "--mean=A", "--df=-3", NULL}, BARO_USAGE, "--df: a number above 0"},
    {"a long delimiter", {"table", "w.csv", "--mean=A", "--delimiter=;;", NULL}, BARO_USAGE, "one character"},
    {"four header rows", {"table", "w.csv", "--mean=A", "--header-rows=4", NULL}, BARO_USAGE, "1, 2, 3 or auto"},
    {"a domain", {"table", "w.csv", "--mean=A", "--where", "age >= 16 and not (sex == 'x')", NULL}, BARO_OK,
     "data=1 m=A mean<A>=<A> where=age >= 16 and not (sex == 'x')"},
    {"no domain", {"table", "w.csv", "--mean=A", "--where", "age >=", NULL}, BARO_USAGE, ""},

    /* periods */
    {"from and to", {"trend", "w.csv", "--mean=A", "--period=when", "--from=2021 Q2", "--to", "2023 Q4", "--rolling=4", NULL}, BARO_OK,
     "data=1 m=A mean<A>=<A> against=previous period=when from=8085 to=8095 rolling=4"},
    {"months", {"table", "w.csv", "--mean=A", "--period=when", "--period-unit=month", "--to=2023-02", NULL}, BARO_OK,
     "data=1 m=A mean<A>=<A> period=when to=24277"},
    {"a year is no quarter", {"table", "w.csv", "--mean=A", "--period=when", "--to=2023", NULL}, BARO_USAGE, "'2023' is not a quarter"},
    {"backwards", {"table", "w.csv", "--mean=A", "--period=w", "--to=2021 Q1", "--from=2021 Q2", NULL}, BARO_USAGE, "--from is later than --to"},
    {"no periods", {"table", "w.csv", "--mean=A", "--to=2021 Q1", NULL}, BARO_USAGE, "--to needs periods; give --period COL"},
    {"a trend of no periods", {"trend", "w.csv", "--mean=A", NULL}, BARO_USAGE, "a trend needs periods"},
    {"all and some", {"table", "w.csv", "--mean=A", "--period=w", "--all-periods", "--to=2021 Q1", NULL}, BARO_USAGE, "--all-periods pools everything"},
    {"a unit of nothing", {"table", "w.csv", "--mean=A", "--period-unit=month", NULL}, BARO_USAGE, "needs periods"},
};
/* clang-format on */
#define LINES (sizeof lines / sizeof *lines)

static void check_settings(void **state)
{
    static const char *const line[] = {"table",
                                       "w.csv",
                                       "--mean=A",
                                       "--missing",
                                       "NA|\"a|b\"|-",
                                       "--decimal=,",
                                       "--delimiter=tab",
                                       "--encoding=latin-1",
                                       "--header-rows=2",
                                       "--weight-missing=out",
                                       "--nested",
                                       "--decimals=2",
                                       "--confidence=0.9",
                                       "--df=13.5",
                                       "--interval=beta",
                                       "--adjust=by",
                                       "--adjust-over=run",
                                       "--no-suppress",
                                       NULL};
    outcome got;
    (void)state;
    understand(line, &got);
    assert_int_equal(got.status, BARO_OK);
    const baro_survey *s = &got.survey;
    assert_int_equal(s->missing.n, 4);
    assert_string_equal(s->missing.item[0], "");
    assert_string_equal(s->missing.item[2], "a|b");
    assert_int_equal(s->input.decimal, ',');
    assert_int_equal(s->input.delimiter, '\t');
    assert_int_equal(s->input.encoding, BARO_LATIN_1);
    assert_int_equal(s->input.header_rows, 2);
    assert_true(s->weight_missing_out);
    assert_true(s->nested);
    assert_int_equal(s->decimals, 2);
    check_close(got.request.confidence, 0.9, 0);
    check_close(got.request.df, 13.5, 0);
    assert_int_equal(got.request.interval, BARO_INTERVAL_BETA);
    assert_int_equal(got.request.adjust, BARO_ADJUST_BY);
    assert_true(got.request.adjust_over_run);
    assert_true(got.request.no_suppress);
    forget(&got);
}

static void check_defaults(void **state)
{
    static const char *const line[] = {"table", "w.csv", "--mean=A", NULL};
    outcome got;
    (void)state;
    understand(line, &got);
    assert_int_equal(got.status, BARO_OK);
    assert_int_equal(got.request.adjust, BARO_ADJUST_HOLM);
    assert_int_equal(got.request.interval, BARO_INTERVAL_LOGIT);
    check_close(got.request.confidence, 0.95, 0);
    check_close(got.request.df, NAN, 0);
    assert_false(got.request.no_suppress);
    assert_false(got.request.by_named);
    assert_int_equal(got.request.n_against, 0);
    assert_int_equal(got.request.rolling, 0);
    forget(&got);
}

/* The table itself: no name or letter twice, and what help and completion need. */
static void check_table(void **state)
{
    (void)state;
    for (unsigned i = 0; i < BARO_OPTION_COUNT; i++) {
        const baro_option *option = baro_option_at((baro_option_id)i);
        assert_int_equal(baro_option_find(option->name, strlen(option->name)), i);
        if (option->letter)
            assert_int_equal(baro_option_find_letter(option->letter), i);
        assert_true(option->help && option->help[0]);
        assert_int_equal(option->type == BARO_TAKES_NOTHING, option->argument == NULL);
        assert_int_equal(option->type == BARO_TAKES_CHOICE, option->choices != NULL);
    }
    for (size_t i = 0; i < baro_commands(); i++)
        if (baro_command_at(i)->bit)
            assert_true(baro_command_at(i)->run && baro_command_at(i)->examples && baro_command_at(i)->summary[0]);
}

/* Help of every command names each of its options, and no other. */
static void check_help(void **state)
{
    (void)state;
    for (size_t c = 0; c < baro_commands(); c++) {
        const baro_command *command = baro_command_at(c);
        char path[] = "/tmp/barometer-help-XXXXXX", name[32], kind[32], flag[] = "--help", program[] = "barometer";
        char *argv[] = {program, name, command->kind ? kind : flag, flag, NULL};
        static char text[32768];
        if (!command->bit)
            continue;
        snprintf(name, sizeof name, "%s", command->name);
        snprintf(kind, sizeof kind, "%s", command->kind ? command->kind : "");
        int file = mkstemp(path), kept = dup(1);
        assert_true(file >= 0 && kept >= 0);
        fflush(stdout);
        dup2(file, 1);
        int status = baro_program(4, argv);
        dup2(kept, 1);
        close(kept);
        ssize_t n = pread(file, text, sizeof text - 1, 0);
        close(file);
        unlink(path);
        assert_int_equal(status, 0);
        assert_true(n > 0);
        text[n] = 0;
        assert_ptr_equal(strstr(text, command->examples[0]), text); /* examples first */
        for (unsigned i = 0; i < BARO_OPTION_COUNT; i++) {
            char spelled[64];
            const baro_option *option = baro_option_at((baro_option_id)i);
            snprintf(spelled, sizeof spelled, "  --%s%s", option->name, option->argument ? " " : "");
            bool there = strstr(text, spelled) || (option->letter && strstr(text, spelled + 1));
            assert_int_equal(there, (option->commands & command->bit) != 0);
        }
    }
}

static int write_survey(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(survey_path, sizeof survey_path, "%s/plum.yaml", folder);
    FILE *file = fopen(survey_path, "w");
    if (!file)
        return -1;
    fputs(survey_text, file);
    return fclose(file);
}

static int remove_survey(void **state)
{
    (void)state;
    return unlink(survey_path) || rmdir(folder);
}

int main(void)
{
    static struct CMUnitTest tests[LINES + 4];
    static line_case rows[LINES];
    for (size_t i = 0; i < LINES; i++) {
        rows[i] = lines[i];
        tests[i] = (struct CMUnitTest){rows[i].name, check_line, NULL, NULL, &rows[i]};
    }
    tests[LINES] = (struct CMUnitTest)cmocka_unit_test(check_settings);
    tests[LINES + 1] = (struct CMUnitTest)cmocka_unit_test(check_defaults);
    tests[LINES + 2] = (struct CMUnitTest)cmocka_unit_test(check_table);
    tests[LINES + 3] = (struct CMUnitTest)cmocka_unit_test(check_help);
    return _cmocka_run_group_tests("options", tests, LINES + 4, write_survey, remove_survey);
}

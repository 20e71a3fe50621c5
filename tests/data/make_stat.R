# Makes one small synthetic survey as CSV, as SPSS files (by PSPP) and as Stata files (by haven and foreign): each must give the same tables.
#   cd tests/data && Rscript make_stat.R          (Debian: pspp r-cran-haven r-cran-foreign)
# The SPSS files carry the time at which they were made, so their bytes differ from run to run; what they hold does not.
suppressMessages({library(haven); library(foreign)})
set.seed(4127, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

n <- 160
draw <- function(values, p) values[findInterval(runif(n), cumsum(p)[-length(p)]) + 1]
d <- data.frame(id = 7000 + seq_len(n),
                day = as.Date("2023-01-03") + floor(seq(0, 355, length.out = n)),
                area = draw(c("Ville-Marie", "Côte-Nord", "Old \"Town\", east"), c(.45, .3, .25)),
                ward = 1 + floor(6 * runif(n)),
                sex = draw(1:2, c(.53, .47)),
                age = 16 + floor(70 * runif(n)),
                trust = draw(c(1:5, 8, 9, -1), c(.17, .31, .16, .14, .08, .05, .05, .04)),
                hours = round(rgamma(n, 2, .3), 2),
                wt = round(rgamma(n, 5, 5) + .1, 6))
d$age[c(3, 44, 121)] <- NA
d$sex[c(17, 90)] <- NA
d$hours[runif(n) < .1] <- NA
write.csv(d, "stat-twin.csv", row.names = FALSE, na = "", quote = 3)

agree <- c("Strongly agree" = 1, "Tend to agree" = 2, "Neither agree nor disagree" = 3, "Tend to disagree" = 4, "Strongly disagree" = 5)
sexes <- c(Female = 1, Male = 2)
words <- c(day = "Date of interview", area = "Area", ward = "Ward", sex = "Sex of the respondent", age = "Age in years",
           trust = "The police can be trusted", hours = "Hours of television a week", wt = "Final weight")

# SPSS, by PSPP: 8 and 9 are user-missing, and whatever is below 0; a very long text variable goes into several segments
quoted <- function(x) paste0("'", gsub("'", "''", x), "'")
pspp <- function(file, how) {
  code <- c("SET DECIMAL=DOT.", sprintf("GET DATA /TYPE=TXT /FILE='stat-twin.csv' /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES="),
            " id F8.0 day SDATE10 area A300 ward F3.0 sex F1.0 age F3.0 trust F2.0 hours F8.2 wt F10.6.", "FORMATS day (SDATE10).",
            paste("VARIABLE LABELS", names(words), quoted(words), "."), "VARIABLE LABELS id 'Respondent number'.",
            paste("VALUE LABELS trust", paste(agree, quoted(names(agree)), collapse = " "), "8 'Refused' 9 'Don''t know' -1 'Not asked'."),
            paste("VALUE LABELS sex", paste(sexes, quoted(names(sexes)), collapse = " "), "."),
            "MISSING VALUES trust (LOWEST THRU -1, 8).", "VARIABLE LEVEL trust (ORDINAL) sex area (NOMINAL) hours age wt (SCALE).",
            "WEIGHT BY wt.", sprintf("SAVE OUTFILE='%s' /%s.", file, how))
  writeLines(code, "make_stat.sps", useBytes = TRUE)
  stopifnot(system2("pspp", c("-O", "format=txt", "-o", "/dev/null", "make_stat.sps"), env = "LC_ALL=C.UTF-8") == 0)
  unlink("make_stat.sps")
}
pspp("stat-twin.sav", "COMPRESSED")
pspp("stat-twin.zsav", "ZCOMPRESSED")

# Stata 14, by haven: don't know, refused and not asked are .a, .b and .c
s <- d
code <- s$trust
s$trust[code == 9] <- tagged_na("a"); s$trust[code == 8] <- tagged_na("b"); s$trust[code == -1] <- tagged_na("c")
s$trust <- labelled(s$trust, c(agree, "Don't know" = tagged_na("a"), Refused = tagged_na("b"), "Not asked" = tagged_na("c")))
s$sex <- labelled(s$sex, sexes)
attr(s$id, "label") <- "Respondent number"
for (name in names(words)) attr(s[[name]], "label") <- words[[name]]
write_dta(s, "stat-twin.dta", version = 14)

# Stata 8 (the old layout, in the Windows encoding), by foreign: plain codes
o <- d
o$area <- iconv(o$area, "UTF-8", "CP1252")
o$day <- format(o$day)
o$sex <- as.numeric(o$sex) # as integer foreign writes NA as .z
write.dta(o, "stat-twin-8.dta", version = 8)

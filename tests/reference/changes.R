# Every window of three quarters against every other that --compare can name, with the exact covariance of what they share.
#   cd tests/reference && Rscript changes.R    prints changes.csv
source("common.R")
quarters <- paste0(rep(2022:2023, each = 4), " Q", 1:4)
d <- read.csv("../data/gen-waves.csv", na.strings = "", encoding = "UTF-8")
d$q <- match(d$quarter, quarters)
d$p <- ifelse(is.na(d$answer), NA, as.numeric(d$answer == "yes"))
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
other <- list(previous = function(t) t - 1, `previous-separate` = function(t) t - 3, `year-ago` = function(t) t - 4,
              first = function(t) 3, `2022 Q4` = function(t) 4)
rows <- list()
for (measure in c("p", "y")) for (who in c("", "A", "B", "C")) for (kind in names(other)) for (t in 3:8) {
  u <- other[[kind]](t)
  if (u < 3 || u == t) next
  in_window <- function(t) d$q <= t & d$q > t - 3 & (who == "" | d$g %in% who)
  a <- influence(des, "mean", d[[measure]], in_window(t)); b <- influence(des, "mean", d[[measure]], in_window(u))
  se <- sqrt(cov_of(des, a$u - b$u)[1, 1])
  if (abs(t - u) >= 3) { # windows that share nothing but clusters: R's own svyby and svycontrast say the same
    f <- ifelse(in_window(t), "late", ifelse(in_window(u), "early", NA))
    each <- svyby(~v, ~f, subset(update(des, f = f, v = d[[measure]]), !is.na(f) & !is.na(v)), svymean, covmat = TRUE)
    stopifnot(abs(SE(svycontrast(each, c(early = -1, late = 1))) - se) < 1e-9 * se)
  }
  df <- min(domain_df(des, a$keep), domain_df(des, b$keep))
  rows[[length(rows) + 1]] <- list(measure = measure, group = who, compare = kind, period = quarters[t], against = quarters[u],
    difference = a$value - b$value, se = se, df = df, p_value = 2 * pt(-abs((a$value - b$value) / se), df))
}
print_csv(rows, "changes.csv")

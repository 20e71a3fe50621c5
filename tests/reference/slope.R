# The slope a year of the least-squares line through the windows of a series, as a contrast of their levels.
#   cd tests/reference && Rscript slope.R    prints slope.csv
# Discrete quarters twice: by svyby with its covariance and svycontrast, and by influence functions as the rolling ones.
source("common.R")
quarters <- paste0(rep(2022:2023, each = 4), " Q", 1:4)
d <- read.csv("../data/gen-waves.csv", na.strings = "", encoding = "UTF-8")
d$q <- match(d$quarter, quarters)
d$p <- ifelse(is.na(d$answer), NA, as.numeric(d$answer == "yes"))
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
jkn <- as.svrepdesign(des, type = "JKn")
coefficients_of <- function(last) { x <- last / 4; (x - mean(x)) / sum((x - mean(x))^2) }

rows <- list()
for (measure in c("p", "y", "yx", "sum")) for (rolling in c(1, 3)) for (from in c(0, 5)) for (by in c("", "g")) {
  statistic <- c(p = "mean", y = "mean", yx = "ratio", sum = "total")[[measure]]
  variable <- c(p = "p", y = "y", yx = "y", sum = "y")[[measure]]
  for (g in if (by == "") "" else sort(unique(na.omit(d$g)))) {
    last <- max(rolling, from):8
    keep <- lapply(last, function(t) d$q <= t & d$q > t - rolling & (g == "" | d$g %in% g))
    z <- lapply(keep, function(k) influence(des, statistic, d[[variable]], k, d$x))
    values <- vapply(z, `[[`, 0, "value")
    a <- coefficients_of(last)
    V <- cov_of(des, vapply(z, `[[`, numeric(nrow(d)), "u"))
    slope <- sum(a * values); se <- sqrt(drop(t(a) %*% V %*% a))
    df <- min(vapply(z, function(i) domain_df(des, i$keep), 0))
    stopifnot(abs(slope - coef(lm(values ~ I(last / 4)))[[2]]) < 1e-9 * (1 + abs(slope)))
    if (rolling == 1 && statistic == "mean" && from == 0) { # R's own way
      in_group <- (g == "" | d$g %in% g) & !is.na(d[[variable]]) # `g` inside subset() would be the column
      inside <- subset(des, in_group)
      each <- svyby(as.formula(paste0("~", variable)), ~q, inside, svymean, covmat = TRUE)
      own <- svycontrast(each, setNames(a, names(coef(each))))
      stopifnot(abs(coef(own) - slope) < 1e-9 * abs(slope), abs(SE(own) - se) < 1e-9 * se)
    }
    again <- withReplicates(jkn, function(w, data) {
      sum(a * vapply(z, function(i) { k <- i$keep; if (statistic == "total") sum((w * data[[variable]])[k]) else
        sum((w * data[[variable]])[k]) / sum((w * (if (statistic == "ratio") data$x else 1))[k]) }, 0)) })
    if (measure == "p" && any(values %in% 0:1)) se <- again <- NA # at 0 and 1 there is no standard error that says anything
    limits <- wald_interval(slope, se, df)
    rows[[length(rows) + 1]] <- list(measure = measure, rolling = rolling, from = if (from) quarters[from] else "", by = by, group = g,
      windows = length(last), slope = slope, se = se, df = df, lower = limits[1], upper = limits[2],
      p_value = 2 * pt(-abs(slope / se), df), jkn_se = if (is.na(se)) NA else as.numeric(SE(again)))
  }
}
print_csv(rows, "slope.csv")

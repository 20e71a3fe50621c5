# What the demonstration interviews (tests/data/demo-interviews.csv, survey file surveys/definitions/demo.yaml) must give, by R.
#   cd tests/reference && Rscript demo.R      prints demo-levels.csv, demo-changes.csv, demo-gaps.csv
# Suppression is not applied here: these are the numbers of --no-suppress.
source("common.R")
d <- load_data("demo-interviews")
date <- as.Date(d$interview_date, "%d/%m/%Y")
quarter <- (as.integer(format(date, "%Y")) - 2022) * 4 + (as.integer(format(date, "%m")) - 1) %/% 3   # 0 is 2022 Q1
label <- function(q) sprintf("%d Q%d", 2022 + q %/% 4, 1 + q %% 4)
none <- function(x) is.na(x) | grepl("^Don|^Refused", x)
yes <- list(trust = ifelse(none(d$trust), NA, d$trust %in% c("Strongly agree", "Tend to agree")),
            fair = ifelse(none(d$fair), NA, d$fair %in% c("Strongly agree", "Tend to agree")),
            good_job = d$good_job <= 2,
            satisfied = ifelse(none(d$satisfied), NA, d$satisfied %in% c("Completely satisfied", "Very satisfied", "Fairly satisfied")))
bands <- c("16 to 24", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 and over")
d$borough[d$borough == "City of Westminster"] <- "Westminster" # as the list of areas names it
by <- list(ethnicity = d$ethnicity, age = bands[findInterval(d$age, c(16, 25, 35, 45, 55, 65))], sex = d$sex, channel = d$channel, borough = d$borough)
groups <- list(ethnicity = c("White British", "White Other", "Black", "Asian", "Mixed", "Other"), age = bands, sex = c("Female", "Male"),
               channel = c("Online", "Telephone", "In person", "No contact"), borough = sort(unique(d$borough)))
reference <- c(ethnicity = "White British", sex = "Male", channel = "No contact")
des <- svydesign(ids = ~ward, strata = ~borough, weights = ~weight, data = d, nest = TRUE)
all_periods <- 0:7
domain <- function(b, g, quarters) quarter %in% quarters & (if (b == "") TRUE else by[[b]] %in% g)
part <- function(m, keep) { z <- influence(des, "mean", as.numeric(yes[[m]]), keep); z$n <- sum(z$keep & d$weight > 0); z$df <- domain_df(des, z$keep); z }
# a contrast of parts: estimate, SE, t interval with the smallest df
contrast <- function(parts, k) {
  est <- sum(k * vapply(parts, `[[`, 0, "value"))
  V <- cov_of(des, sapply(parts, `[[`, "u"))
  se <- sqrt(as.numeric(k %*% V %*% k)); df <- min(vapply(parts, `[[`, 0, "df"))
  lim <- wald_interval(est, se, df)
  list(estimate = est, se = se, lower = lim[1], upper = lim[2], df = df, p_value = if (df > 0) 2 * pt(-abs(est / se), df) else NA, V = V)
}
level <- function(m, b, g, quarters, period, window) {
  keep <- domain(b, g, quarters) & !is.na(yes[[m]])
  row <- list(measure = m, by = b, group = g, period = period, window = window, base = sum(keep), weighted_base = sum(d$weight[keep]), estimate = NA, se = NA,
              lower = NA, upper = NA, df = NA, deff = NA, n_eff = NA, n_eff_kish = NA)
  if (row$base == 0) return(row)
  des$variables$y_ <- as.numeric(yes[[m]])
  sub <- subset(des, keep)
  s <- svymean(~y_, sub, deff = "replace")
  row$estimate <- as.numeric(coef(s)); row$df <- degf(sub); w <- d$weight[keep]; row$n_eff_kish <- sum(w)^2 / sum(w^2)
  if (row$estimate <= 0 || row$estimate >= 1) return(row)   # at the edge: edges.csv has the interval, R has none
  row$se <- as.numeric(SE(s)); row$deff <- as.numeric(deff(s)); row$n_eff <- row$base / row$deff
  lim <- logit_interval(row$estimate, row$se, row$df); row$lower <- lim[1]; row$upper <- lim[2]
  row
}
rows <- list()
for (m in names(yes)) for (b in c("", "ethnicity", "age", "sex", "channel", "borough")) for (g in if (b == "") "" else groups[[b]]) {
  rows[[length(rows) + 1]] <- level(m, b, g, all_periods, "", 8)                          # table --all-periods
  rows[[length(rows) + 1]] <- level(m, b, g, 4:7, label(7), 4)                            # table: the latest window
  if (b %in% c("", "ethnicity", "channel")) {
    for (q in 3:6) rows[[length(rows) + 1]] <- level(m, b, g, (q - 3):q, label(q), 4)     # trend --rolling 4
    for (q in 0:7) rows[[length(rows) + 1]] <- level(m, b, g, q, label(q), 1)             # trend --rolling 1
  }
}
print_csv(rows, "demo-levels.csv")

# changes of rolling windows and of single quarters: against the previous, the same a year ago, the first
rows <- list()
for (m in names(yes)) for (b in c("", "ethnicity")) for (g in if (b == "") "" else groups[[b]]) for (window in c(4, 1)) {
  first <- window - 1
  for (q in first:7) for (against in c("previous", "year-ago", "first")) {
    from <- switch(against, previous = q - 1, `year-ago` = q - 4, first = first)
    if (from < first || from == q) next
    parts <- lapply(c(q, from), function(t) part(m, domain(b, g, (t - window + 1):t)))
    if (min(parts[[1]]$n, parts[[2]]$n) == 0) next
    r <- contrast(parts, c(1, -1))
    rows[[length(rows) + 1]] <- list(measure = m, by = b, group = g, period = label(q), window = window, against = against, against_period = label(from),
      base = parts[[1]]$n, estimate = parts[[1]]$value, se = sqrt(r$V[1, 1]), difference = r$estimate, difference_se = r$se, difference_lower = r$lower,
      difference_upper = r$upper, df = r$df, p_value = r$p_value, covariance = r$V[1, 2])
  }
}
print_csv(rows, "demo-changes.csv")

# gaps in a window of four quarters, and their change between 2022 Q4 and 2023 Q4
rows <- list()
for (m in names(yes)) for (b in c("ethnicity", "channel", "sex")) for (g in groups[[b]]) for (against in c("total", "rest", "reference")) {
  if (m == "satisfied" && b == "channel" && (g == "No contact" || against == "reference")) next
  if (against == "reference" && reference[[b]] == g) next
  other <- function(q) switch(against, total = domain("", "", q), rest = domain(b, setdiff(groups[[b]], g), q), reference = domain(b, reference[[b]], q))
  quarters <- list(4:7, 0:3)
  parts <- c(lapply(quarters, function(q) part(m, domain(b, g, q))), lapply(quarters, function(q) part(m, other(q))))
  gap <- function(k) contrast(parts, k)
  now <- gap(c(1, 0, -1, 0)); now$df <- min(parts[[1]]$df, parts[[3]]$df)
  lim <- wald_interval(now$estimate, now$se, now$df)
  change <- gap(c(1, -1, -1, 1)); own <- gap(c(1, -1, 0, 0)); theirs <- gap(c(0, 0, 1, -1))
  rows[[length(rows) + 1]] <- list(measure = m, by = b, group = g, against = if (against == "reference") reference[[b]] else against, period = label(7), window = 4,
    base = parts[[1]]$n, estimate = parts[[1]]$value, difference = now$estimate, difference_se = now$se, difference_lower = lim[1], difference_upper = lim[2],
    difference_df = now$df, p_value = 2 * pt(-abs(now$estimate / now$se), now$df), from = label(3), to = label(7), gap_from = parts[[2]]$value - parts[[4]]$value,
    gap_to = now$estimate, change = change$estimate, change_se = change$se, lower = change$lower, upper = change$upper, change_df = change$df, change_p_value = change$p_value,
    from_group = own$estimate, from_group_se = own$se, from_against = theirs$estimate, from_against_se = theirs$se)
}
print_csv(rows, "demo-gaps.csv")

# Strata with one PSU: remove (= certainty), average, adjust; `fail` is an error and has no digits.
#   cd tests/reference && Rscript lonely.R    prints lonely.csv
# remove and average are R's own, on linearised variables over the whole design (a domain is an indicator). adjust centres at the grand mean
# of PSU totals, sum z / sum n_h, as survey 4.5 does; survey 4.1-1 centres at zero, which is the same for means (checked) and not for totals.
# `inside` is the option that also takes strata left with one PSU in the domain for lonely ones (here only for average, where its meaning is plain:
# the strata are left out and the sum is raised by H / (H - H_lonely), H the strata the domain has PSUs in).
source("common.R")
des <- make(as.list(designs[designs$design == "lonely", ])); d <- des$variables
w <- weights(des)
adjust <- function(u) {
  t <- tapply(w * u, des$cluster[, 1], sum); h <- tapply(as.character(des$strata[, 1]), des$cluster[, 1], `[`, 1)
  grand <- sum(t) / length(t)
  sum(vapply(split(t, h), function(x) if (length(x) == 1) (x - grand)^2 else length(x) / (length(x) - 1) * sum((x - mean(x))^2), 0))
}
rows <- list()
for (what in list(c("mean", "y", ""), c("mean", "answer", "1|2"), c("total", "y", ""), c("total", "x", ""))) for (domain in c("", "g=A", "g=C", "stratum=v1|v3|v5", "stratum=v3|v6")) {
  y <- measured(d, what[2], what[3])
  z <- influence(des, what[1], y, inside(d, domain))
  for (rule in c("remove", "average", "adjust")) {
    options(survey.lonely.psu = rule)
    V <- cov_of(des, cbind(u = z$u))[1, 1]
    if (rule == "adjust") { if (what[1] == "mean") stopifnot(abs(adjust(z$u) / V - 1) < 1e-10); V <- adjust(z$u) }
    note <- function(inside, V) rows[[length(rows) + 1]] <<- list(case = sprintf("l%03d", length(rows) + 1), design = "lonely", rule = rule, inside = inside, statistic = what[1], variable = what[2], level = what[3], domain = domain,
      n = sum(z$keep & w > 0), df = domain_df(des, z$keep), estimate = z$value, se = sqrt(V))
    note("no", V)
    if (rule == "average" && domain == "g=C") {
      options(survey.adjust.domain.lonely = TRUE)
      part <- subset(des, z$keep); part$variables$u_ <- z$u[z$keep]
      note("yes", suppressWarnings(vcov(svytotal(~u_, part)))[1, 1])
      options(survey.adjust.domain.lonely = FALSE)
    }
  }
}
print_csv(rows, "lonely.csv")

# Control charts written out another way than the program's: lines by the textbook's formulas, rules by run lengths.
#   cd tests/reference && Rscript control.R    prints control.csv
source("common.R")
set.seed(20231121)
lines_p <- function(v, n, deff, use) {
  use <- use & !is.na(v)
  centre <- weighted.mean(v[use], n[use])
  known <- use & !is.na(deff)
  list(centre = centre, half = ifelse(is.na(v), NA, 3 * sqrt(weighted.mean(deff[known], n[known]) * centre * (1 - centre) / n)))
}
lines_xmr <- function(v, n, deff, use) {
  x <- ifelse(use, v, NA)
  list(centre = mean(x, na.rm = TRUE), half = ifelse(is.na(v), NA, 2.66 * mean(abs(diff(x)), na.rm = TRUE)))
}
runs <- function(code, least, before = 0) { # points of runs of the same code, at least so long
  code[is.na(code)] <- 0
  r <- rle(code); end <- cumsum(r$lengths); out <- rep(FALSE, length(code))
  for (i in which(r$lengths >= least & r$values != 0)) out[(end[i] - r$lengths[i] + 1):end[i]] <- TRUE
  out
}
rules <- function(v, centre, half) {
  away <- v - centre
  step <- runs(sign(diff(v)), 6)                       # 7 points have 6 steps
  near <- sign(away) * (abs(away) > 2 / 3 * half)
  two <- rep(FALSE, length(v))
  for (t in seq_along(v)[-(1:2)]) { k <- (t - 2):t
    if (!anyNA(v[k])) for (s in c(-1, 1)) if (sum(near[k] == s) >= 2) two[k[near[k] == s]] <- TRUE }
  ifelse(is.na(v), 0, 1 * (abs(away) > half) + 2 * runs(sign(away), 7) + 4 * (c(step, FALSE) | c(FALSE, step)) + 8 * two)
}
rows <- list()
for (case in 1:40) {
  n <- 24; base <- round(runif(n, 150, 900)); deff <- runif(n, .8, 1.9)
  v <- .62 + cumsum(rnorm(n, 0, c(0, .012, .02)[case %% 3 + 1])) + rnorm(n, 0, .022)
  if (case %% 4 == 0) v[10:18] <- sort(v[10:18])
  if (case %% 5 == 0) v[sample(n, 3)] <- NA
  if (case %% 7 == 0) deff[sample(n, 4)] <- NA
  v <- pmin(pmax(v, .02), .98)
  use <- if (case %% 6 == 0) seq_len(n) <= 12 else rep(TRUE, n)
  for (chart in c("p", "xmr")) {
    l <- (if (chart == "p") lines_p else lines_xmr)(v, base, deff, use)
    r <- rules(v, l$centre, l$half)
    for (t in seq_len(n)) rows[[length(rows) + 1]] <- list(case = case, chart = chart, point = t, value = v[t], base = base[t], deff = deff[t],
      inside = as.numeric(use[t]), centre = l$centre, half = l$half[t], rule = r[t])
  }
}
print_csv(rows, "control.csv")
fired <- vapply(rows, function(r) r$rule, 0)
cat("rules fired:", vapply(c(1, 2, 4, 8), function(b) sum(bitwAnd(fired, b) > 0), 0), "\n")

# How often an ordinary series of 24 points has a point that fires some rule: what the program's note says.
ordinary <- mean(replicate(4000, { x <- rnorm(24); any(rules(x, mean(x), rep(3, 24)) > 0) }))
cat("ordinary series of 24 that fire:", ordinary, "\n")
stopifnot(abs(ordinary - 1 / 6) < .03)

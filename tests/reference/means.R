# Are the means (or ratios) of all groups equal: Wald's F with the full covariance of the groups, unadjusted and adjusted.
#   cd tests/reference && Rscript means.R    prints means.csv
# The covariance comes from linearised variables (common.R); for means regTermTest() of a regression on the groups must give the same F.
# df is the smallest among the groups, counted inside each; R's regTermTest has the whole design's less the number of contrasts.
source("common.R")
rows <- list()
one <- function(name, variable, over, by, domain) {
  spec <- as.list(designs[designs$design == name, ])
  des <- make(spec)
  d <- des$variables
  x <- if (over == "") NULL else as.numeric(d[[over]])
  y <- as.numeric(d[[variable]])
  keep <- inside(d, domain) & !is.na(d[[by]]) & !is.na(y) & weights(des) > 0
  if (!is.null(x)) keep <- keep & !is.na(x)
  groups <- sort(unique(d[[by]][keep]))
  z <- lapply(groups, function(g) influence(des, if (over == "") "mean" else "ratio", y, keep & d[[by]] %in% g, x))
  m <- vapply(z, function(one) one$value, 0)
  V <- cov_of(des, do.call(cbind, setNames(lapply(z, function(one) one$u), paste0("u", seq_along(z)))))
  k <- length(groups); df <- min(vapply(groups, function(g) domain_df(des, keep & d[[by]] %in% g), 0))
  C <- cbind(-1, diag(k - 1))
  W <- drop(t(C %*% m) %*% solve(C %*% V %*% t(C), C %*% m))
  if (over == "") {
    des$variables$y_ <- y; des$variables$g_ <- factor(d[[by]])
    f <- regTermTest(svyglm(y_ ~ g_, subset(des, keep)), ~g_)
    stopifnot(abs(drop(f$Ftest) - W / (k - 1)) < 1e-8 * abs(W / (k - 1)))
  }
  F <- W / (k - 1); A <- W * (df - k + 2) / ((k - 1) * df)
  if (k - 1 > df) F <- A <- NA
  rows[[length(rows) + 1]] <<- list(case = sprintf("m%02d", length(rows) + 1), design = name, variable = variable, over = over, by = by, domain = domain,
    n = sum(keep), groups = k, df = df, wald = F, wald_ndf = k - 1, wald_ddf = df, wald_p = pf(F, k - 1, df, lower.tail = FALSE),
    adjusted = A, adjusted_ndf = k - 1, adjusted_ddf = df - k + 2, adjusted_p = if (is.na(A)) NA else pf(A, k - 1, df - k + 2, lower.tail = FALSE))
}
for (name in c("strata", "weights", "srs", "elements", "no-fpc", "ultimate", "stage-one", "clusters", "plain", "pairs")) {
  one(name, "y", "", "g", ""); one(name, "x", "", "h", ""); one(name, "y", "x", "g", "")
}
one("strata", "y", "", "period", ""); one("strata", "y", "", "h", "g=A|B"); one("strata", "answer", "", "g", "period=1|2|3"); one("clusters", "y", "x", "h", "g=A|C")
print_csv(rows, "means.csv")

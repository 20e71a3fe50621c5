# Replicate weights that were supplied (columns of gen-pairs) and JK1, JKn weights that are made, with both centres.
#   cd tests/reference && Rscript replicates.R    prints replicates.csv
source("common.R")
pairs <- load_data("gen-pairs"); pairs$one_weight <- 1
sets <- list(
  list(set = "brr", n = 16, type = "other", scale = 1 / 16, rscale = 1), list(set = "fay", n = 16, type = "other", scale = 1 / (16 * (1 - .3)^2), rscale = 1),
  list(set = "jkn", n = 16, type = "other", scale = 1, rscale = 1 / 2), list(set = "boot", n = 20, type = "other", scale = 1 / 19, rscale = 1), list(set = "sdr", n = 16, type = "other", scale = 4 / 16, rscale = 1))
rows <- list()
note <- function(set, source, data, des, scale, rscale) for (mse in c(FALSE, TRUE)) {
  des$mse <- mse
  d <- des$variables
  for (what in list(c("mean", "y", ""), c("mean", "answer", "1|2"), c("ratio", "y", ""), c("total", "y", ""))) for (domain in c("", "g=A", "g=C", "g=A - g=C")) {
    y <- measured(d, what[2], what[3])
    side <- strsplit(domain, " - ", fixed = TRUE)[[1]]; if (length(side) == 0) side <- ""
    ok <- !is.na(y) & (if (what[1] == "ratio") !is.na(d$x) else TRUE)
    keep <- lapply(side, function(s) inside(d, s) & ok)
    value <- function(w, k) { w <- w * k; v <- ifelse(k, y, 0); if (what[1] == "total") sum(w * v) else sum(w * v) / sum(w * (if (what[1] == "ratio") d$x else 1)) }
    r <- withReplicates(des, function(w, data) value(w, keep[[1]]) - (if (length(keep) == 2) value(w, keep[[2]]) else 0))
    df <- min(vapply(keep, function(k) qr(weights(des, "analysis")[k, , drop = FALSE], tol = 1e-5)$rank - 1L, 0L))
    se <- as.numeric(SE(r)); lim <- wald_interval(as.numeric(coef(r)), se, df)
    rows[[length(rows) + 1]] <<- list(case = sprintf("r%03d", length(rows) + 1), set = set, source = source, data = data, centre = if (mse) "full" else "mean", replicates = ncol(weights(des, "analysis")),
      scale = scale, rscale = rscale, statistic = what[1], variable = what[2], level = what[3], over = if (what[1] == "ratio") "x" else "", domain1 = side[1], domain2 = if (length(side) == 2) side[2] else "",
      terms = length(side), estimate = as.numeric(coef(r)), se = se, df = df, lower = lim[1], upper = lim[2])
  }
}
for (s in sets) note(s$set, "supplied", "gen-pairs", svrepdesign(data = pairs, weights = ~weight, repweights = as.matrix(pairs[paste0(s$set, seq_len(s$n))]), type = "other", scale = s$scale,
                                                                rscales = rep(s$rscale, s$n), combined.weights = TRUE), s$scale, s$rscale)
jk1 <- make(list(data = "gen-clusters", weight = "weight", strata = "", ids = "cluster", fpc = "", nest = "no"))
note("jk1", "made", "gen-clusters", as.svrepdesign(jk1, type = "JK1"), 12 / 13, 1)
jkn <- make(as.list(designs[designs$design == "strata", ]))
note("jkn", "made", "gen-strata", as.svrepdesign(jkn, type = "JKn"), 1, NA)     # rscale (n_h - 1) / n_h by stratum
print_csv(rows, "replicates.csv")

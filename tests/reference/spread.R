# Spread: shares of the variance between the groups of several factors on one domain, less their bias by the design's own
# covariances, and the jackknife's standard errors of them.
#   cd tests/reference && Rscript spread.R    prints spread.csv (the digits of the method notes are checked on R's example data)
source("common.R")

# One race: factors on interviews that answer y and all of them. Everything is written out: influence functions for V, replicates for SEs.
race <- function(des, y, factors, mean = FALSE) {
  d <- des$variables; w <- weights(des)
  keep <- !is.na(y) & w > 0 & Reduce(`&`, lapply(factors, function(f) !is.na(d[[f]])))
  y[!keep] <- 0
  share <- function(w, g, bias) {
    W <- sum(w[keep]); m <- sum((w * y)[keep]) / W; s2 <- sum((w * y^2)[keep]) / W - m^2
    Wg <- tapply(w[keep], g[keep], sum); mg <- tapply((w * y)[keep], g[keep], sum) / Wg; on <- !is.na(Wg) & Wg > 0
    list(eta = (sum((Wg / W * (mg - m)^2)[on]) - bias) / s2, P = Wg / W, m = mg, W = Wg, all = m)
  }
  jk <- as.svrepdesign(des, type = if (is.null(des$strata) || length(unique(des$strata[, 1])) == 1) "JK1" else "JKn")
  lapply(factors, function(f) {
    g <- factor(d[[f]]); g <- factor(g, levels = levels(g)[levels(g) %in% g[keep]]); one <- share(w, g, 0)
    u <- sapply(seq_along(levels(g)), function(i) { k <- keep & !is.na(g) & g == levels(g)[i]; ifelse(k, (y - one$m[i]) / one$W[i], 0) })
    u <- cbind(u, ifelse(keep, (y - one$all) / sum(w[keep]), 0)); V <- diag(cov_of(des, u)); n <- ncol(u)
    bias <- sum(one$P * V[-n]) - V[n]
    se <- SE(withReplicates(jk, function(w, data) share(w, g, 0)$eta))
    data.frame(factor = f, groups = length(levels(g)), base = sum(keep), range = diff(range(one$m)), dispersion = sum(one$P * abs(one$m - one$all)),
               corrected = share(w, g, bias)$eta, eta2_se = as.numeric(se), raw = one$eta, df = domain_df(des, keep))
  })
}

# ---- the digits of the method notes: apiclus1 without fpc, type of school, api00 above 650: linearised .0028, jackknife .0087
data(api)
clus1 <- svydesign(ids = ~dnum, weights = ~pw, data = apiclus1); y <- as.numeric(apiclus1$api00 > 650); w <- weights(clus1)
raw <- function(w, ...) { g <- apiclus1$stype; W <- sum(w); m <- sum(w * y) / W; Wg <- tapply(w, g, sum); on <- Wg > 0; sum((Wg / W * (tapply(w * y, g, sum) / Wg - m)^2)[on]) / (m * (1 - m)) }
u <- sapply(seq_along(w), function(i) { h <- 1e-4; (raw(replace(w, i, w[i] * (1 + h))) - raw(replace(w, i, w[i] * (1 - h)))) / (2 * h * w[i]) })
jackknifed <- as.numeric(SE(withReplicates(as.svrepdesign(clus1, type = "JK1"), raw)))
stopifnot(round(as.numeric(SE(svytotal(~u, update(clus1, u = u)))), 4) == .0028, round(jackknifed, 4) == .0087)
api_rows <- list()
for (spec in list(list("apiclus1", clus1), list("apistrat", svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat))))
  for (r in race(spec[[2]], as.numeric(spec[[2]]$variables$api00 > 650), c("awards", "comp.imp", "sch.wide", "yr.rnd", if (spec[[1]] == "apiclus1") "stype")))
    api_rows <- c(api_rows, list(cbind(data = spec[[1]], r)))

# ---- the generated designs
rows <- list()
for (name in c("strata", "strata-flat", "weights", "srs", "elements", "fraction", "no-fpc", "clusters", "plain", "pairs")) {
  spec <- designs[designs$design == name, ]; d <- load_data(spec$data); des <- make(spec, d)
  d$period <- as.character(d$period); des$variables$period <- d$period
  for (what in list(list("answer", "1|2"), list("y", ""), list("answer", "4|5")))
    for (r in race(des, measured(d, what[[1]], what[[2]]), c("g", "h", "period")))
      rows <- c(rows, list(cbind(data = spec$data, weight = spec$weight, strata = gsub("|", "+", spec$strata, fixed = TRUE), ids = spec$ids, fpc = spec$fpc, nest = spec$nest,
                                 variable = what[[1]], level = what[[2]], r)))
}
print_csv(rows, "spread.csv")
print_csv(api_rows, "spread-api.csv")

# Quantiles and Woodruff intervals: svyquantile(interval.type = "mean") for the rules math, school, hf7, hf8.
#   cd tests/reference && Rscript quantiles.R    prints quantiles.csv
# Rows with equal numbers stand in file order (hf7 and hf8 depend on it). "math" and "school" are also computed here from their definition
# (the smallest x with F(x) >= p), with ties taken within 1e-12 of the sum of weights; differs_from_r = 1 marks where R says otherwise:
# 4.1-1 answers with the second smallest number when p lies under the weight of the smallest, so its lower limits there are too high.
source("common.R")
rule <- function(x, w, p, school) {
  x <- x[w > 0]; w <- w[w > 0]
  o <- order(x); x <- x[o]; c <- cumsum(w[o]); W <- c[length(c)]
  i <- which(c >= p * W - 1e-12 * W)[1]
  if (is.na(i)) i <- length(x)
  if (school && abs(c[i] - p * W) <= 1e-12 * W && i < length(x)) (x[i] + x[i + 1]) / 2 else x[i]
}
rows <- list()
for (name in c("strata", "weights", "srs", "no-fpc", "stages", "clusters", "plain", "pairs")) {
  spec <- as.list(designs[designs$design == name, ]); des <- make(spec); d <- des$variables
  for (variable in c("y", "x")) for (domain in c("", "g=C", if (name == "strata") "g=D")) {
    keep <- inside(d, domain) & !is.na(d[[variable]])
    des$variables$v_ <- d[[variable]]
    sub <- subset(des, keep); df <- domain_df(des, keep); t <- qt(.975, df)
    stopifnot(df == degf(sub))
    for (q in c("math", "school", "hf7", "hf8")) {
      r <- svyquantile(~v_, sub, c(.1, .25, .5, .75, .9), qrule = q, interval.type = "mean")[[1]]
      for (i in 1:5) {
        p <- c(.1, .25, .5, .75, .9)[i]
        got <- as.numeric(r[i, 1:4]); changed <- FALSE
        if (q %in% c("math", "school")) {
          mine <- function(at) if (is.na(at) || at < 0 || at > 1) NA else rule(sub$variables$v_, weights(sub), at, q == "school")
          x <- mine(p)
          sub$variables$below_ <- as.numeric(sub$variables$v_ <= x)
          m <- svymean(~below_, sub)
          lim <- as.numeric(coef(m)) + c(-1, 1) * t * as.numeric(SE(m))
          own <- c(x, mine(lim[1]), mine(lim[2])); own[4] <- (own[3] - own[2]) / (2 * t)
          changed <- !isTRUE(all.equal(own, ifelse(is.nan(got), NA, got), tolerance = 1e-12))
          if (changed) cat("not as R:", name, variable, domain, q, p, "R", got, "here", own, "\n")
          got <- own
        }
        rows[[length(rows) + 1]] <- list(case = sprintf("q%03d", length(rows) + 1), design = name, variable = variable, domain = domain, rule = q, probability = p, n = sum(keep & weights(des) > 0),
                                         df = df, estimate = got[1], lower = got[2], upper = got[3], se = got[4], differs_from_r = as.integer(changed))
      }
    }
  }
}
print_csv(rows, "quantiles.csv")

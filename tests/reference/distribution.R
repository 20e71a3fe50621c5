# Quantiles and tails as R gives them, corrected by a Newton step or two where R's own search stops early.
#   cd tests/reference && Rscript distribution.R    prints distribution.csv: function, arguments, value
# pt, pf, pchisq, pnorm, pbeta are lower tails; a name ending in "_upper" is the upper tail.
source("common.R")
rows <- list()
add <- function(f, value, a, b = NA, c = NA) rows[[length(rows) + 1]] <<- list(case = sprintf("d%03d", length(rows) + 1), `function` = f, a = a, b = b, c = c, value = value)
newton <- function(x, p, cdf, density) { for (i in 1:5) { s <- (cdf(x) - p) / density(x); if (!is.finite(s) || abs(s) > .01 * abs(x)) break; x <- x - s }; x }
for (df in c(.5, .8, 1, 1.5, 2, 3, 7, 14, 29.7, 129, 2500, 1e6, 1e10, Inf)) for (p in c(.975, .6, .9995))
  add("qt", if (is.infinite(df)) qnorm(p) else newton(qt(p, df), p, function(x) pt(x, df), function(x) dt(x, df)), p, df)
add("qt", qt(.025, 14), .025, 14); add("qt", 0, .5, 3); add("qt", qt(1e-12, 5), 1e-12, 5); add("qt", qt(.95, 38), .95, 38)
for (p in c(.975, .5, .1, 1e-8, 1e-300, 1 - 1e-10)) add("qnorm", qnorm(p), p)
for (x in c(-37, -3.2, -.1, 0, 1.959963984540054, 6)) { add("pnorm", pnorm(x), x); add("pnorm_upper", pnorm(x, lower.tail = FALSE), x) }
for (df in c(.5, 1, 14, 129, 1e10, Inf)) for (x in c(.37, 2.144786687916927, 12)) { add("pt", pt(-x, df), -x, df); add("pt_upper", pt(x, df, lower.tail = FALSE), x, df) }
for (v in list(c(5.193369541, 1.494639778, 20.92495689), c(2.401058601, 2, 14), c(2.229554415, 2, 13), c(.01, .7, 3.3), c(1, 1, 1), c(37.5, 4, 129), c(400, 3, 30), c(3.3, 5, 1e10), c(3.3, 5, Inf), c(0, 2, 9))) {
  add("pf", pf(v[1], v[2], v[3]), v[1], v[2], v[3]); add("pf_upper", pf(v[1], v[2], v[3], lower.tail = FALSE), v[1], v[2], v[3]) }
for (v in list(c(3.841458820694124, 1), c(.2, 2.5), c(60, 12), c(1e-3, 4), c(700, 300), c(0, 3), c(900, 2))) { add("pchisq", pchisq(v[1], v[2]), v[1], v[2]); add("pchisq_upper", pchisq(v[1], v[2], lower.tail = FALSE), v[1], v[2]) }
qb <- function(p, a, b) newton(qbeta(p, a, b), p, function(x) pbeta(x, a, b), function(x) dbeta(x, a, b))
for (v in list(c(.025, .772811, 35.58248), c(.975, 1.772811, 34.58248), c(.025, .02, 30), c(.975, 1.02, 29), c(.025, 1, 1), c(.975, 400, 3), c(.025, 15000, 9000), c(.5, .5, .5), c(.025, .3, 1.0005),
               c(.975, 1e-3, 2), c(.025, 3, 1e6), c(.975, 1.5, 1e-2), c(.005, 61.8, 38.2), c(.9995, 2, 700.25)))
  add("qbeta", qb(v[1], v[2], v[3]), v[1], v[2], v[3])
for (v in list(c(.3, 2, 5), c(1e-5, .4, 9), c(.999, 30, .2), c(.5, 1000, 1000), c(0, 2, 3), c(1, 2, 3))) { add("pbeta", pbeta(v[1], v[2], v[3]), v[1], v[2], v[3]); add("pbeta_upper", pbeta(v[1], v[2], v[3], lower.tail = FALSE), v[1], v[2], v[3]) }
print_csv(rows, "distribution.csv")

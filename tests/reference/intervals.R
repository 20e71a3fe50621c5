# Intervals of a proportion from p, V, n and df: the formulas written out once more, in R, apart from the library.
#   cd tests/reference && Rscript intervals.R    prints intervals.csv, edges.csv
# The likelihood limits are exact roots (uniroot on the logit scale, then Newton), not R's interpolation of a profile.
source("common.R")
polish <- function(f, slope, x) { for (i in 1:4) { step <- f(x) / slope(x); if (!is.finite(step) || abs(step) < 1e-17 * abs(x)) break; x <- x - step }; x }
qbeta_checked <- function(p, a, b) {
  x <- polish(function(x) pbeta(x, a, b) - p, function(x) dbeta(x, a, b), qbeta(p, a, b))
  residual <- pbeta(x, a, b) - p                     # at the accuracy of x itself, where the curve is steep
  if (x > 0 && x < 1 && !(abs(residual) < 1e-12 * p || abs(residual / dbeta(x, a, b)) < 4e-15 * x)) stop(sprintf("qbeta(%.17g, %.17g, %.17g) = %.17g: %g", p, a, b, x, residual))
  x
}
likelihood <- function(p, n, bound, sign) {
  deviance <- function(l) { p0 <- plogis(l); 2 * n * (p * (log(p) - plogis(l, log.p = TRUE)) + (1 - p) * (log1p(-p) - plogis(-l, log.p = TRUE))) - bound }
  slope <- function(l) 2 * n * (plogis(l) - p)
  start <- qlogis(p); far <- start
  while (deviance(far) < 0) { far <- far + sign; if (abs(far) > 700) return(if (sign < 0) 0 else 1) }
  plogis(polish(deviance, slope, uniroot(deviance, sort(c(start, far)), tol = 1e-14)$root))
}
row <- function(p, V, n, df, confidence) {
  t <- qt((1 + confidence) / 2, df); se <- sqrt(V); a <- 1 - confidence; pm <- c(-1, 1)
  wald <- p + pm * t * se
  logit <- plogis(qlogis(p) + pm * t * se / (p * (1 - p)))
  arc <- sin(pmin(pi / 2, pmax(0, asin(sqrt(p)) + pm * t * se / (2 * sqrt(p * (1 - p))))))^2
  ne <- p * (1 - p) / V
  adjusted <- ne * (qt((1 + confidence) / 2, n - 1) / t)^2
  beta <- function(m) c(qbeta_checked(a / 2, m * p, m * (1 - p) + 1), qbeta_checked(1 - a / 2, m * p + 1, m * (1 - p)))
  b <- beta(adjusted); capped <- beta(min(adjusted, n))
  wilson <- (p + t^2 / (2 * ne) + pm * t / (2 * ne) * sqrt(4 * ne * p * (1 - p) + t^2)) / (1 + t^2 / ne)
  lambda <- V / (p * (1 - p) / n)
  lik <- c(likelihood(p, n, lambda * t^2, -1), likelihood(p, n, lambda * t^2, 1))
  list(p = p, variance = V, n = n, df = df, confidence = confidence, wald_lower = wald[1], wald_upper = wald[2], logit_lower = logit[1], logit_upper = logit[2],
       arcsine_lower = arc[1], arcsine_upper = arc[2], beta_ne = adjusted, beta_lower = b[1], beta_upper = b[2], beta_capped_lower = capped[1], beta_capped_upper = capped[2],
       wilson_lower = wilson[1], wilson_upper = wilson[2], likelihood_lower = lik[1], likelihood_upper = lik[2])
}
rows <- list(row(4 / 183, 5.11775283e-4, 183, 14, .95))
near <- function(x, digits) stopifnot(abs(x - digits) < 2e-9) # the printed V has nine digits
near(unlist(rows[[1]][c("wald_lower", "wald_upper", "logit_lower", "logit_upper", "arcsine_lower", "arcsine_upper", "beta_lower", "beta_upper", "wilson_lower", "wilson_upper", "likelihood_lower", "likelihood_upper")]),
     c(-.02666240796, .07037825495, .002304691284, .177747766823, 0, .0955767363668, .0002161468327, .1375077639150, .003178777238, .135391285147, .000675005746850, .107778513279))
add <- function(...) rows[[length(rows) + 1]] <<- row(...)
set.seed(5, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
for (p in c(.0007, .0131, .0826, .2718281828, .5, .7182818284, .9377, .99213)) for (df in c(3, 17.5, 128, Inf)) {
  n <- 20 + floor(3000 * runif(1)); deft2 <- exp(runif(1, -.3, 1.2))
  V <- p * (1 - p) / n * deft2
  add(p, V, n, df, .95)
}
for (confidence in c(.5, .8, .9, .99, .999)) for (df in c(2, 7, 61)) add(.61803398875, .61803398875 * .38196601125 / 211 * 1.37, 211, df, confidence)
add(.5, .25 / 2 * 1.01, 2, 1, .95); add(.3333333333333333, .11, 3, 2, .95); add(1 / 4096, 1e-7, 4096, 37, .95); add(1 - 1 / 4096, 1e-7, 4096, 37, .95)
add(.7123, 1e-9, 1800, 60, .95); add(.47, .2, 30, 5, .95); add(.0123456789, 1.9e-6, 19200, 2231, .95); add(.9876, .0004, 57, 1.5, .95); add(.44, .0021, 1e7, 1e10, .95)
add(.05, .0004, 40, 9, .9); add(.95, .0004, 40, 9, .9); add(.25, .00021, 900, 1, .95)
for (i in seq_along(rows)) rows[[i]] <- c(case = sprintf("i%02d", i), rows[[i]])
print_csv(rows, "intervals.csv")

# At p = 0 (mirrored at 1): [0, 1 - (a/2)^(1/ne)], ne = n / max(1, d) (t_{n-1} / t_df)^2, at most n.
edges <- list()
for (n in c(2, 10, 57, 1834)) for (d in c(.6, 1, 1.7391, 9.06975)) for (df in c(1, 14, 230, Inf)) for (confidence in if (df == 14) c(.9, .95) else .95) {
  a <- 1 - confidence
  ne <- min(n, n / max(1, d) * (qt(1 - a / 2, n - 1) / qt(1 - a / 2, df))^2)
  upper <- -expm1(log(a / 2) / ne)
  edges[[length(edges) + 1]] <- list(case = sprintf("z%02d", length(edges) + 1), n = n, deff = d, df = df, confidence = confidence, ne = ne, zero_lower = 0, zero_upper = upper,
                                     one_lower = exp(log(a / 2) / ne), one_upper = 1)
}
print_csv(edges, "edges.csv")

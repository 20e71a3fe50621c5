# Post-stratification, raking, linear, raking-distance and logit calibration; the variance from base-weighted residuals.
#   cd tests/reference && Rscript calibrate.R    prints calibrate-targets.csv, calibrated-weights.csv, calibrate.csv
# Weights: g = F(x'b) by Newton to 1e-14 here, compared with R's calibrate(), rake(), postStratify(). Variance: u = z / w is regressed on the
# calibration variables with the BASE weights d; the residuals e, times g d, go through the design. se_r is R's own, se_ignored has no residuals.
source("common.R")
frame <- function(name) { des <- make(as.list(designs[designs$design == name, ])); des }
totals <- function(...) list(...)
cases <- list(
  list(case = "k1", design = "no-fpc", method = "poststratify", bounds = NULL, margins = list("g*h" = c(A.k = 480, A.l = 290, A.m = 170, B.k = 260, B.l = 180, B.m = 130, C.k = 140, C.l = 75, C.m = 50))),
  list(case = "k2", design = "no-fpc", method = "rake", bounds = NULL, margins = list(g = c(A = 1080, B = 490, C = 270), h = c(k = 990, l = 560, m = 290))),
  list(case = "k3", design = "no-fpc", method = "linear", bounds = NULL, margins = list(g = c(A = 1080, B = 490, C = 270), h = c(k = 990, l = 560, m = 290), x = 97000)),
  list(case = "k4", design = "no-fpc", method = "linear", bounds = c(.9, 1.15), margins = list(g = c(A = 1080, B = 490, C = 270), h = c(k = 990, l = 560, m = 290))),
  list(case = "k5", design = "no-fpc", method = "raking", bounds = NULL, margins = list(g = c(A = 1080, B = 490, C = 270), x = 99000)),
  list(case = "k6", design = "no-fpc", method = "logit", bounds = c(.5, 2), margins = list(g = c(A = 1080, B = 490, C = 270), h = c(k = 990, l = 560, m = 290))),
  list(case = "k7", design = "pairs", method = "rake", bounds = NULL, margins = list(g = c(A = 2450, B = 1450, C = 1000), h = c(k = 2500, l = 1350, m = 1050), period = c(`1` = 860, `2` = 700, `3` = 880, `4` = 640, `5` = 820, `6` = 1000))),
  list(case = "k8", design = "pairs", method = "poststratify", bounds = NULL, margins = list(h = c(k = 2500, l = 1350, m = 1050))),
  list(case = "k9", design = "pairs", method = "logit", bounds = c(.9, 1.1), margins = list(g = c(A = 2450, B = 1450, C = 1000), x = 245000)),
  list(case = "k10", design = "clusters", method = "rake", bounds = NULL, margins = list(g = c(A = 2850, B = 1900, C = 520), h = c(k = 2500, l = 1750, m = 1020))),
  list(case = "k11", design = "clusters", method = "linear", bounds = c(.93, 1.1), margins = list(h = c(k = 2500, l = 1750, m = 1020), x = 268000)),
  list(case = "k12", design = "ultimate", method = "rake", bounds = NULL, margins = list(g = c(A = 800, B = 460, C = 240), h = c(k = 760, l = 480, m = 260))))

matrix_of <- function(d, margins) { # the calibration variables: an indicator a category, or the number itself
  X <- NULL; target <- NULL
  for (m in names(margins)) {
    v <- margins[[m]]
    if (is.null(names(v))) { X <- cbind(X, d[[m]]); target <- c(target, v); next }
    key <- if (grepl("*", m, fixed = TRUE)) { p <- strsplit(m, "*", fixed = TRUE)[[1]]; paste(d[[p[1]]], d[[p[2]]], sep = ".") } else as.character(d[[m]])
    stopifnot(key %in% names(v))
    X <- cbind(X, outer(key, names(v), "==") + 0); target <- c(target, v)
  }
  list(X = X, target = unname(target))
}
g_of <- function(method, bounds, eta) switch(method, linear = { g <- 1 + eta; if (is.null(bounds)) g else pmin(bounds[2], pmax(bounds[1], g)) },
  raking = exp(eta), rake = exp(eta), poststratify = 1 + eta,
  logit = { L <- bounds[1]; U <- bounds[2]; A <- (U - L) / ((1 - L) * (U - 1)); e <- exp(A * eta); (L * (U - 1) + U * (1 - L) * e) / (U - 1 + (1 - L) * e) })
slope_of <- function(method, bounds, eta) { h <- 1e-6; if (method == "linear" && !is.null(bounds)) as.numeric(1 + eta > bounds[1] & 1 + eta < bounds[2]) else (g_of(method, bounds, eta + h) - g_of(method, bounds, eta - h)) / (2 * h) }
solve_g <- function(method, bounds, X, d, target) {
  b <- rep(0, ncol(X)); best <- Inf
  for (i in 1:200) {
    eta <- as.numeric(X %*% b); g <- g_of(method, bounds, eta)
    misfit <- target - as.numeric(crossprod(X, d * g))
    worst <- max(abs(misfit / target)); if (worst < 1e-15 || (worst < 1e-13 && worst >= best)) break; best <- min(best, worst)
    s <- svd(crossprod(X, X * (d * slope_of(method, bounds, eta)))); keep <- s$d > 1e-10 * s$d[1]
    b <- b + s$v[, keep, drop = FALSE] %*% ((t(s$u[, keep, drop = FALSE]) %*% misfit) / s$d[keep])
  }
  if (worst >= 1e-12) stop("misfit ", worst)
  g
}
by_r <- function(des, c) { # R's own weights and design
  f <- function(m) as.formula(paste("~", gsub("*", "+", m, fixed = TRUE)))
  if (c$method == "poststratify") {
    m <- names(c$margins)[1]; v <- c$margins[[1]]; parts <- strsplit(m, "*", fixed = TRUE)[[1]]
    pop <- as.data.frame(do.call(rbind, strsplit(names(v), ".", fixed = TRUE))); names(pop) <- parts; pop$Freq <- unname(v)
    return(postStratify(des, f(m), pop))
  }
  if (c$method == "rake") return(rake(des, lapply(names(c$margins), f), lapply(names(c$margins), function(m) { p <- data.frame(names(c$margins[[m]])); names(p) <- m; p$Freq <- unname(c$margins[[m]]); p }), control = list(maxit = 500, epsilon = 1e-10)))
  mx <- matrix_of(des$variables, c$margins)
  q <- qr(mx$X); keep <- q$pivot[seq_len(q$rank)]     # R wants full rank
  for (j in seq_along(keep)) des$variables[[paste0("cal", j)]] <- mx$X[, keep[j]]
  calibrate(des, as.formula(paste("~0 +", paste0("cal", seq_along(keep), collapse = "+"))), mx$target[keep], calfun = c$method, bounds = if (is.null(c$bounds)) c(-Inf, Inf) else c$bounds, maxit = 500, epsilon = 1e-12)
}
targets <- list(); rows <- list(); weights_out <- list()
for (c in cases) {
  des <- frame(c$design); d0 <- weights(des); d <- des$variables
  mx <- matrix_of(d, c$margins)
  g <- solve_g(c$method, c$bounds, mx$X, d0, mx$target); w <- g * d0
  r <- tryCatch(by_r(des, c), error = function(e) { cat(c$case, "not in R:", conditionMessage(e), "\n"); NULL })
  if (!is.null(r)) { gap <- max(abs(weights(r) / w - 1)); if (gap > 1e-8) cat(c$case, "R's weights differ by", gap, "\n") }
  for (m in names(c$margins)) for (k in seq_along(c$margins[[m]])) targets[[length(targets) + 1]] <- list(case = c$case, design = c$design, method = c$method, lower = if (is.null(c$bounds)) NA else c$bounds[1],
    upper = if (is.null(c$bounds)) NA else c$bounds[2], margin = m, category = if (is.null(names(c$margins[[m]]))) "" else names(c$margins[[m]])[k], target = unname(c$margins[[m]][k]))
  weights_out[[length(weights_out) + 1]] <- data.frame(case = c$case, row = seq_along(w), base = d0, weight = w)
  new <- des; new$prob <- 1 / w
  for (what in list(c("mean", "y", ""), c("mean", "answer", "1|2"), c("total", "y", ""))) for (domain in c("", "g=B", "period=2|3")) {
    y <- measured(d, what[2], what[3])
    z <- influence(new, what[1], y, inside(d, domain))
    Q <- qr(mx$X * sqrt(d0), tol = 1e-9)
    e <- qr.resid(Q, z$u * sqrt(d0)) / sqrt(d0)
    V <- vcov(svytotal(cbind(e = e, u = z$u), new))     # svytotal multiplies by w = g d
    se_r <- NA
    if (!is.null(r)) { r$variables$y_ <- y; part <- subset(r, z$keep); se_r <- as.numeric(SE(if (what[1] == "total") svytotal(~y_, part, na.rm = TRUE) else svymean(~y_, part, na.rm = TRUE))) }
    if (c$method == "poststratify") stopifnot(abs(se_r / sqrt(V[1, 1]) - 1) < 1e-9)
    rows[[length(rows) + 1]] <- list(case = c$case, design = c$design, method = c$method, statistic = what[1], variable = what[2], level = what[3], domain = domain, n = sum(z$keep), estimate = z$value, se = sqrt(V[1, 1]),
      se_r = se_r, se_ignored = sqrt(V[2, 2]), misfit = max(abs(crossprod(mx$X, w) / mx$target - 1)), smallest_g = min(g), largest_g = max(g), kish_before = length(d0) * sum(d0^2) / sum(d0)^2, kish_after = length(w) * sum(w^2) / sum(w)^2)
  }
}
print_csv(targets, "calibrate-targets.csv")
print_csv(do.call(rbind, weights_out), "calibrated-weights.csv")
print_csv(rows, "calibrate.csv")

# Windows with a weight each: every row is stacked once for each window that it is in, under that window's weight, inside its own PSU. One design of
# the stacked rows has then the exact covariance of windows that share interviews. Also a measure with a weight of its own.
#   cd tests/reference && Rscript window-weights.R > window-weights.csv
source("common.R")
d <- read.csv("../data/gen-windows.csv", na.strings = "", encoding = "UTF-8")
quarters <- c("2019 Q4", "2020 Q1", "2020 Q2", "2020 Q3", "2020 Q4", "2021 Q1")
d$q <- match(d$quarter, quarters)
d$p <- ifelse(is.na(d$answer), NA, as.numeric(d$answer <= 2))
d$own <- ifelse(is.na(d$module), NA, as.numeric(d$module <= 2))

stack <- function(set) do.call(rbind, lapply(3:6, function(last) {
  s <- d[d$q >= last - 2 & d$q <= last, ]
  s$w <- s[[paste0("WT_Q", 58 + last, set)]]
  s$window <- last
  s
}))
own <- function() do.call(rbind, lapply(3:6, function(last) {
  s <- d[d$q >= last - 2 & d$q <= last, ]
  s$w <- ifelse(is.na(s$WT_module_A), 0, s$WT_module_A)
  s$window <- last
  s
}))

out <- function(...) cat(paste(..., sep = ","), sep = "\n")
digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
cat("measure,by,group,period,against,base,estimate,se,df,difference,difference_se,jkn_se,jkn_difference_se\n")

# Influence of a domain's mean on every stacked row; covariances are R's, of totals of influences under weight 1.
analyse <- function(s, y, name, by) {
  flat <- svydesign(ids = ~psu, strata = ~stratum, weights = ~one, data = transform(s, one = 1), nest = TRUE)
  real <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = s, nest = TRUE)
  rep <- as.svrepdesign(real, type = "JKn")
  W <- weights(rep, "analysis")
  jkn <- function(a, b) {
    mean_in <- function(k) if (is.null(k)) 0 * W[1, ] else colSums(W[k, ] * s[[y]][k]) / colSums(W[k, , drop = FALSE])
    sqrt(diag(as.matrix(svrVar(cbind(mean_in(a), mean_in(a) - mean_in(b)), rep$scale, rep$rscales, mse = FALSE, coef = c(0, 0)))))
  }
  cases <- list(); add <- function(c) cases[[length(cases) + 1]] <<- c
  known <- if (by == "") rep(TRUE, nrow(s)) else !is.na(s[[by]])
  for (last in 3:6) for (g in if (by == "") "" else sort(unique(na.omit(s[[by]])))) {
    inside <- function(t, kind) s$window == t & !is.na(s[[y]]) & s$w > 0 &
      switch(kind, group = if (g == "") TRUE else known & s[[by]] == g, total = TRUE, rest = known & s[[by]] != g)
    if (last > 3) add(list(last, g, quarters[last - 1], inside(last, "group"), inside(last - 1, "group")))
    if (g != "") for (kind in c("total", "rest")) add(list(last, g, kind, inside(last, "group"), inside(last, kind)))
    if (last == 3 && g == "") add(list(last, g, "", inside(last, "group"), NULL))
  }
  influence <- function(k) { k <- which(k); z <- numeric(nrow(s)); m <- sum(s$w[k] * s[[y]][k]) / sum(s$w[k]); z[k] <- s$w[k] * (s[[y]][k] - m) / sum(s$w[k]); list(m = m, z = z) }
  for (c in cases) {
    a <- influence(c[[4]]); b <- if (!is.null(c[[5]])) influence(c[[5]])
    z <- cbind(a$z, if (is.null(b)) 0 else b$z)
    v <- vcov(svytotal(z, flat))
    direct <- svymean(as.formula(paste0("~", y)), subset(real, c[[4]]))
    stopifnot(abs(SE(direct) - sqrt(v[1, 1])) < 1e-12 * SE(direct) + 1e-14)
    df <- degf(subset(real, c[[4]]))
    j <- jkn(which(c[[4]]), if (!is.null(c[[5]])) which(c[[5]]))
    out(name, by, c[[2]], quarters[c[[1]]], c[[3]], sum(c[[4]]), digits(a$m), digits(sqrt(v[1, 1])), df,
        digits(if (is.null(b)) NA else a$m - b$m), digits(if (is.null(b)) NA else sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])),
        digits(j[1]), digits(if (is.null(b)) NA else j[2]))
  }
}
for (y in c("p", "y")) { analyse(stack(""), y, y, ""); analyse(stack(""), y, y, "g"); analyse(stack("_B"), y, y, "area") }
for (by in c("", "g", "area")) analyse(own(), "own", "own", by)

# The example data of R's survey package: levels, differences, and the digits that the method notes quote, each checked against them here.
#   cd tests/reference && Rscript estimates-api.R    prints estimates-api.csv, contrasts-api.csv (the data come from export_api.R)
source("common.R")
data(api); data(nhanes); data(scd); data(fpc)
near <- function(x, y, tolerance = 1e-8) { x <- unname(as.numeric(x)); if (any(abs(x / y - 1) > tolerance)) stop(paste(c("not", y, "but", format(x, digits = 15)), collapse = " ")) }
nhanes$one <- 1
api_designs <- read.table(header = TRUE, sep = ",", colClasses = "character", strip.white = TRUE, text = "
design,   data,     weight,    strata,  ids,       fpc,       nest
apisrs,   apisrs,   pw,        ,        ,          fpc,       no
apistrat, apistrat, pw,        stype,   ,          fpc,       no
strat-wr, apistrat, pw,        stype,   ,          ,          no
apiclus1, apiclus1, pw,        ,        dnum,      fpc,       no
apiclus2, apiclus2, pw,        ,        dnum|snum, fpc1|fpc2, no
nhanes,   nhanes,   WTMEC2YR,  SDMVSTRA,SDMVPSU,   ,          yes
fpc-wr,   fpc,      weight,    stratid, psuid,     ,          yes
fpc,      fpc,      weight,    stratid, psuid,     Nh,        yes
scd,      scd,      ,          ESA,     ambulance, ,          yes")
wanted <- list(
  apisrs = list(c("mean", "api00", ""), c("mean", "enroll", ""), c("total", "enroll", ""), c("proportion", "sch.wide", "Yes"), c("ratio", "api00", "", "api99")),
  apistrat = NULL, `strat-wr` = NULL, apiclus1 = NULL, apiclus2 = NULL,
  nhanes = list(c("proportion", "HI_CHOL", "1"), c("mean", "HI_CHOL", ""), c("proportion", "race", "2")), `fpc-wr` = list(c("mean", "x", ""), c("total", "x", "")), fpc = NULL)
for (n in c("apistrat", "strat-wr", "apiclus1", "apiclus2")) wanted[[n]] <- wanted$apisrs
wanted$fpc <- wanted[["fpc-wr"]]
wanted$scd <- list(c("ratio", "alive", "", "arrests"), c("total", "alive", ""), c("mean", "arrests", ""))
where <- list(apisrs = c("", "stype=H", "awards=Yes"), apistrat = c("", "stype=H", "awards=Yes", "comp.imp=No"), `strat-wr` = c("", "awards=Yes"), apiclus1 = c("", "stype=H", "awards=Yes", "awards=No"),
              apiclus2 = c("", "stype=E", "awards=No"), nhanes = "", `fpc-wr` = "", fpc = "", scd = "")
where$nhanes <- c("", "race=3", "RIAGENDR=2", "race=1&RIAGENDR=1")
rows <- list(); built <- list()
for (n in names(wanted)) {
  spec <- as.list(api_designs[api_designs$design == n, ]); des <- make(spec, get(spec$data)); built[[n]] <- des; d <- des$variables
  for (domain in where[[n]]) for (w in wanted[[n]]) {
    y <- measured(d, w[2], w[3]); x <- if (w[1] == "ratio") d[[w[4]]] else NULL
    keep <- inside(d, domain) & !is.na(y) & (if (is.null(x)) TRUE else !is.na(x))
    des$variables$y_ <- y; des$variables$x_ <- if (is.null(x)) 0 else x
    sub <- subset(des, keep)
    m <- switch(w[1], total = svytotal(~y_, sub), ratio = svyratio(~y_, ~x_, sub), svymean(~y_, sub, deff = "replace"))
    est <- as.numeric(coef(m)); se <- as.numeric(SE(m)); df <- domain_df(des, keep); lim <- wald_interval(est, se, df); lg <- if (w[1] == "proportion") logit_interval(est, se, df) else c(NA, NA)
    rows[[length(rows) + 1]] <- list(case = sprintf("a%03d", length(rows) + 1), design = n, data = spec$data, weight = spec$weight, strata = spec$strata, ids = spec$ids, fpc = spec$fpc, nest = spec$nest, statistic = w[1],
      variable = w[2], level = w[3], over = if (w[1] == "ratio") w[4] else "", domain = domain, n = sum(keep & weights(des) > 0), sum_w = sum(weights(des)[keep]), estimate = est, se = se, df = df, df_r = degf(sub),
      wald_lower = lim[1], wald_upper = lim[2], logit_lower = lg[1], logit_upper = lg[2], deff = if (w[1] %in% c("mean", "proportion")) as.numeric(deff(m)) else NA)
  }
}
print_csv(rows, "estimates-api.csv")

# the quoted digits
clus1 <- built$apiclus1
near(deff(svymean(~api00, clus1, deff = "replace")), 9.06975, 1e-6); near(deff(svymean(~api00, clus1, deff = TRUE)), 9.34587, 1e-6)
stopifnot(degf(clus1) == 14, degf(subset(clus1, stype == "H")) == 7)
near(svychisq(~sch.wide + stype, clus1)$statistic, 5.193369541); near(svychisq(~sch.wide + stype, clus1, statistic = "Wald")$statistic, 2.401058601)
by <- svyby(~api00, ~awards, clus1, svymean, covmat = TRUE)
rows <- list(); y <- clus1$variables$api00
for (t in list(c("awards=Yes", "awards=No"), c("stype=E", "stype=H"), c("stype=H", ""), c("stype=M", "stype=E|H"), c("awards=Yes", ""))) for (n in c("apiclus1", "apistrat", "apiclus2")) {
  des <- built[[n]]; d <- des$variables
  z <- lapply(t, function(k) influence(des, "mean", d$api00, inside(d, k))); V <- cov_of(des, sapply(z, `[[`, "u")); se <- sqrt(V[1, 1] + V[2, 2] - 2 * V[1, 2])
  df <- min(domain_df(des, z[[1]]$keep), domain_df(des, z[[2]]$keep)); est <- z[[1]]$value - z[[2]]$value; lim <- wald_interval(est, se, df)
  rows[[length(rows) + 1]] <- list(case = sprintf("b%02d", length(rows) + 1), design = n, statistic = "mean", variable = "api00", domain1 = t[1], domain2 = t[2], covariance12 = V[1, 2], estimate = est, se = se, df = df, lower = lim[1], upper = lim[2])
}
near(rows[[1]]$se, 18.266, 5e-5)
print_csv(rows, "contrasts-api.csv")
# raking with base-weighted residuals: apiclus1 and apistrat
raked <- function(des, targets) {
  d <- des$variables; d0 <- weights(des); X <- do.call(cbind, lapply(names(targets), function(m) outer(as.character(d[[m]]), names(targets[[m]]), "==") + 0)); w <- d0
  for (i in 1:2000) for (m in names(targets)) { s <- tapply(w, as.character(d[[m]]), sum); k <- as.character(d[[m]]); w <- w * (targets[[m]] / s[names(targets[[m]])])[k] }
  new <- des; new$prob <- 1 / as.numeric(w); z <- influence(new, "mean", d$api00, rep(TRUE, nrow(d)))
  e <- qr.resid(qr(X * sqrt(d0), tol = 1e-9), z$u * sqrt(d0)) / sqrt(d0); sqrt(diag(vcov(svytotal(cbind(e, z$u), new))))
}
near(raked(clus1, list(stype = c(E = 4421, H = 755, M = 1018), sch.wide = c(No = 1072, Yes = 5122))), c(23.7036168879, 23.806206093))
near(raked(built[["strat-wr"]], list(awards = c(No = 2027, Yes = 4167), sch.wide = c(No = 1072, Yes = 5122)))[1], 9.40909859462)
near(raked(built[["strat-wr"]], list(awards = c(No = 2027, Yes = 4167)))[1], 9.5420203576)
# replicate weights of scd, all made by R: ratio of alive to arrests, with both centres
reps <- function(mse, ...) as.numeric(SE(svyratio(~alive, ~arrests, as.svrepdesign(built$scd, mse = mse, ...))))
near(c(reps(FALSE, type = "BRR"), reps(FALSE, type = "Fay", fay.rho = .3), reps(FALSE, type = "JKn")), c(.00941840067, .009525187478, .009846457204))
near(c(reps(TRUE, type = "BRR"), reps(TRUE, type = "Fay", fay.rho = .3), reps(TRUE, type = "JKn")), c(.009426635733, .009529189143, .009849173131))
cat("the quoted digits hold\n")

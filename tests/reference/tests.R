# Is a measure related to a factor: Rao-Scott second order F, Wald, adjusted Wald, from svychisq() on a subset().
#   cd tests/reference && Rscript tests.R    prints tests.csv
# The domain holds rows with both answers and a positive weight; so levels empty in it are gone and df are counted inside it.
source("common.R")
rows <- list()
one <- function(name, rowvar, colvar, domain) {
  spec <- as.list(designs[designs$design == name, ])
  des <- make(spec)
  d <- des$variables
  keep <- inside(d, domain) & !is.na(d[[rowvar]]) & !is.na(d[[colvar]]) & weights(des) > 0
  des$variables$row_ <- d[[rowvar]]; des$variables$col_ <- d[[colvar]]
  sub <- subset(des, keep)
  nu <- degf(sub)
  stopifnot(nu == domain_df(des, keep))
  r <- length(unique(sub$variables$row_)); k <- length(unique(sub$variables$col_))
  get <- function(s) svychisq(~row_ + col_, sub, statistic = s)
  F <- tryCatch(get("F"), error = function(e) NULL)
  if (is.null(F)) { cat("no test (empty cells make it singular):", name, rowvar, colvar, domain, "\n"); return(invisible()) }
  W <- tryCatch(get("Wald"), error = function(e) NULL); A <- tryCatch(get("adjWald"), error = function(e) NULL)
  v <- function(t, i) if (is.null(t)) NA else as.numeric(list(t$statistic, t$parameter[1], t$parameter[2], t$p.value)[[i]])
  if ((r - 1) * (k - 1) > nu) { W <- NULL; A <- NULL }  # the covariance cannot have full rank
  rows[[length(rows) + 1]] <<- list(case = sprintf("t%02d", length(rows) + 1), design = name, row = rowvar, column = colvar, domain = domain, n = sum(keep), rows = r, columns = k, df = nu,
    rao_scott = v(F, 1), rao_scott_ndf = v(F, 2), rao_scott_ddf = v(F, 3), rao_scott_p = v(F, 4), wald = v(W, 1), wald_ndf = v(W, 2), wald_ddf = v(W, 3), wald_p = v(W, 4),
    adjusted = v(A, 1), adjusted_ndf = v(A, 2), adjusted_ddf = v(A, 3), adjusted_p = v(A, 4))
}
for (name in c("strata", "weights", "srs", "no-fpc", "ultimate", "clusters", "plain", "pairs", "strata-flat")) {
  one(name, "answer", "g", ""); one(name, "answer", "h", ""); one(name, "h", "g", "")
}
one("strata", "answer", "h", "g=D"); one("strata", "answer", "h", "g=B"); one("strata", "g", "period", ""); one("strata", "answer", "cell", "h=k|l");
one("no-fpc", "answer", "g", "period=1|2|3"); one("clusters", "answer", "g", "h=k|m"); one("stages", "answer", "g", ""); one("stages", "h", "g", "stratum=u1|u3"); one("weights", "h", "g", "g=A|B")
print_csv(rows, "tests.csv")

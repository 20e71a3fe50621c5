# Means, proportions, totals and ratios in domains, and contrasts of domains, over the designs of tests/data/gen-*.csv.
#   cd tests/reference && Rscript estimates.R        prints designs.csv, estimates.csv, contrasts.csv
# The estimate and its SE are svymean, svytotal, svyratio of a subset(); R's own deff = "replace" is the deff V / (s2 / n).
source("common.R")
print_csv(designs, "designs.csv")

# ---- levels --------------------------------------------------------------------------------------------------------
level_row <- function(spec, des, statistic, variable, level, over, domain) {
  d <- des$variables
  y <- measured(d, variable, level)
  x <- if (over == "") NULL else as.numeric(d[[over]])
  keep <- inside(d, domain) & !is.na(y) & (if (is.null(x)) TRUE else !is.na(x))
  counted <- keep & weights(des) > 0
  n <- sum(counted)
  row <- list(case = NA_character_, design = spec$design, data = spec$data, weight = spec$weight, strata = spec$strata, ids = spec$ids,
              fpc = spec$fpc, nest = spec$nest, statistic = statistic, variable = variable, level = level, over = over, domain = domain,
              n = n, sum_w = sum(weights(des)[counted]), estimate = NA, se = NA, df = domain_df(des, keep), df_r = NA,
              wald_lower = NA, wald_upper = NA, logit_lower = NA, logit_upper = NA, deff = NA, deff_population = NA, kish = NA)
  if (n == 0) return(row)
  w <- weights(des)[counted]
  row$kish <- sum(w)^2 / sum(w^2)
  des$variables$y_ <- y
  if (!is.null(x)) des$variables$x_ <- x
  sub <- subset(des, keep)
  row$df_r <- degf(sub)
  m <- if (statistic == "total") svytotal(~y_, sub) else if (statistic == "ratio") svyratio(~y_, ~x_, sub) else svymean(~y_, sub, deff = "replace")
  row$estimate <- as.numeric(coef(m))
  row$se <- as.numeric(SE(m))
  z <- influence(des, if (statistic == "proportion") "mean" else statistic, y, keep, x)   # the same by the route of the contrasts
  v <- sqrt(cov_of(des, cbind(u = z$u))[1, 1])
  stopifnot(abs(z$value - row$estimate) < 1e-11 * abs(row$estimate) + 1e-13, abs(v - row$se) < 1e-9 * v + 1e-14)
  edge <- statistic == "proportion" && (row$estimate < 1e-14 || row$estimate > 1 - 1e-14)
  if (edge) { row$estimate <- round(row$estimate); row$se <- NA; return(row) }
  if (statistic %in% c("mean", "proportion")) {
    row$deff <- as.numeric(deff(m))
    if (n == 1) row$deff <- NA
    N <- sum(w)
    s2 <- row$se^2 / row$deff * n
    if (N > n) row$deff_population <- row$se^2 / (s2 * (N - n) / (N * n))
  }
  lim <- wald_interval(row$estimate, row$se, row$df); row$wald_lower <- lim[1]; row$wald_upper <- lim[2]
  if (statistic == "proportion") { lim <- logit_interval(row$estimate, row$se, row$df); row$logit_lower <- lim[1]; row$logit_upper <- lim[2] }
  row
}
levels_wanted <- read.table(header = TRUE, sep = ",", colClasses = "character", text = "
statistic,variable,level,over
mean,y,,
proportion,answer,1|2,
proportion,answer,5,
total,y,,
ratio,y,,x
mean,x,,")
domains <- list(strata = c("", "g=A", "g=C", "g=D", "g=E", "period=3", "g=B&h=m", "period=1|2|3|4"), `strata-flat` = c("", "g=D"), weights = c("", "g=B"),
                srs = c("", "g=C&h=k"), elements = c("", "g=B", "stratum=t3", "g=C&period=2|3"), fraction = c("", "g=B"), `no-fpc` = c("", "g=C"),
                stages = c("", "g=A", "g=C", "stratum=u2"), `stage-one` = c("", "g=B"), ultimate = c("", "g=B"), clusters = c("", "g=C", "h=m"),
                plain = c("", "g=C"), pairs = c("", "g=C"))
rows <- list()
for (name in names(domains)) {
  spec <- as.list(designs[designs$design == name, ])
  des <- make(spec)
  for (domain in domains[[name]]) for (k in seq_len(nrow(levels_wanted))) {
    l <- levels_wanted[k, ]
    rows[[length(rows) + 1]] <- level_row(spec, des, l$statistic, l$variable, l$level, l$over, domain)
  }
}
for (i in seq_along(rows)) rows[[i]]$case <- sprintf("e%03d", i)
print_csv(rows, "estimates.csv")

# ---- contrasts: sum of coefficient x level over up to four domains, with the covariance of all of them ---------------------
contrast_row <- function(case, spec, des, kind, statistic, variable, level, domain, coefficient) {
  d <- des$variables
  y <- measured(d, variable, level)
  parts <- lapply(domain, function(t) influence(des, statistic, y, inside(d, t)))
  value <- vapply(parts, `[[`, 0, "value")
  V <- cov_of(des, sapply(parts, `[[`, "u"))
  est <- sum(coefficient * value)
  se <- sqrt(as.numeric(coefficient %*% V %*% coefficient))
  if (kind %in% c("groups", "reference")) { # R's own road: svyby with its covariance, then svycontrast
    des$variables$y_ <- y
    des$variables$side_ <- ifelse(inside(d, domain[1]), "a", ifelse(inside(d, domain[2]), "b", NA))
    by <- svyby(~y_, ~side_, subset(des, !is.na(y_)), svymean, covmat = TRUE)
    r <- svycontrast(by, c(a = 1, b = -1))
    stopifnot(abs(as.numeric(coef(r)) - est) < 1e-11, abs(as.numeric(SE(r)) - se) < 1e-10 * se)
  }
  df <- min(vapply(parts, function(p) domain_df(des, p$keep), 0))
  lim <- wald_interval(est, se, df)
  pad <- function(x, fill) c(x, rep(fill, 4))[1:4]
  t <- pad(domain, NA); k <- pad(coefficient, NA)
  list(case = case, design = spec$design, kind = kind, statistic = statistic, variable = variable, level = level,
       terms = length(domain), k1 = k[1], domain1 = t[1], k2 = k[2], domain2 = t[2], k3 = k[3], domain3 = t[3], k4 = k[4], domain4 = t[4],
       estimate1 = value[1], se1 = sqrt(V[1, 1]), estimate2 = value[2], se2 = sqrt(V[2, 2]), covariance12 = V[1, 2],
       estimate = est, se = se, df = df, lower = lim[1], upper = lim[2], p_value = if (df > 0 && se > 0) 2 * pt(-abs(est / se), df) else NA)
}
rest <- function(d, column, group) paste0(column, "=", paste(setdiff(sort(unique(d[[column]])), group), collapse = "|"))
rows <- list()
for (name in c("strata", "weights", "srs", "elements", "stages", "ultimate", "clusters", "pairs")) {
  spec <- as.list(designs[designs$design == name, ])
  des <- make(spec)
  d <- des$variables
  windows <- vapply(1:3, function(i) paste0("period=", paste(i:(i + 3), collapse = "|")), "")
  wanted <- list(
    list("groups", c("g=A", "g=C"), c(1, -1)), list("total", c("g=C", ""), c(1, -1)), list("rest", c("g=C", rest(d, "g", "C")), c(1, -1)),
    list("total", c("g=A", ""), c(1, -1)), list("rest", c("g=A", rest(d, "g", "A")), c(1, -1)),
    list("periods", c("period=5", "period=4"), c(1, -1)), list("windows", c(windows[2], windows[1]), c(1, -1)), list("windows", c(windows[3], windows[1]), c(1, -1)),
    list("group-windows", paste0("g=B&", c(windows[3], windows[2])), c(1, -1)),
    list("gap-change", c(paste0("g=B&", "period=4|5|6"), paste0(rest(d, "g", "B"), "&period=4|5|6"), "g=B&period=1|2|3", paste0(rest(d, "g", "B"), "&period=1|2|3")), c(1, -1, -1, 1)),
    list("gap-change", c("g=B&period=4|5|6", "period=4|5|6", "g=B&period=1|2|3", "period=1|2|3"), c(1, -1, -1, 1)))
  if (name == "strata") wanted <- c(wanted, list(list("groups", c("g=B", "g=D"), c(1, -1)), list("total", c("g=D", ""), c(1, -1)), list("rest", c("g=D", rest(d, "g", "D")), c(1, -1)), list("groups", c("g=A", "g=E"), c(1, -1))))
  for (m in list(c("mean", "y", ""), c("mean", "answer", "1|2"))) for (w in wanted)
    rows[[length(rows) + 1]] <- contrast_row(sprintf("c%03d", length(rows) + 1), spec, des, w[[1]], m[1], m[2], m[3], w[[2]], w[[3]])
}
print_csv(rows, "contrasts.csv")

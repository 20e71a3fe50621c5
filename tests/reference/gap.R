# Gaps, their changes, which side moved, and Kitagawa's mix and rates, by influence functions written out.
#   cd tests/reference && Rscript gap.R    prints gap.csv, gap-jackknife.csv (the digits of the method notes are checked on R's example data)
# P_s: 1_G (1_s - P_s) / X_G and R_s: 1_Gs (y - R_s x) / X_Gs, with x = w, or w times the denominator of a ratio.
source("common.R")
quarters <- paste0(rep(2022:2023, each = 4), " Q", 1:4)
pooled <- function(to, rolling) quarters[match(to, quarters) - (rolling - 1):0]
smallest <- function(n0, n1) { # where each category goes: one that a side lacks joins the smallest that both have
  both <- n0 > 0 & n1 > 0; least <- which(both)[which.min((n0 + n1)[both])]
  ifelse(both, seq_along(n0), ifelse(n0 > 0 | n1 > 0, least, NA))
}
side <- function(w, y, x, keep, cat) { # shares and rates of one domain, with their influence functions
  X <- sum(w[keep] * x[keep])
  lapply(sort(unique(cat[!is.na(cat)])), function(s) {
    inside <- keep & !is.na(cat) & cat == s; Xs <- sum(w[inside] * x[inside]); P <- Xs / X; R <- sum(w[inside] * y[inside]) / Xs
    uP <- uR <- numeric(length(w)); uP[keep] <- x[keep] * ((cat == s & !is.na(cat))[keep] - P) / X; uR[inside] <- (y[inside] - R * x[inside]) / Xs
    list(P = P, R = R, uP = uP, uR = uR)
  })
}
kitagawa <- function(w, y, x, first, second, cat, codes, counted) { # counted: who is an interview, the same for every replicate
  n <- function(keep) vapply(codes, function(s) sum(keep & counted & cat == s, na.rm = TRUE), 0)
  cat <- smallest(n(first), n(second))[match(cat, codes)]
  a <- side(w, y, x, first & !is.na(cat), cat); b <- side(w, y, x, second & !is.na(cat), cat)
  out <- list(mix = 0, rate = 0, u_mix = 0, u_rate = 0)
  for (i in seq_along(a)) { p <- a[[i]]; q <- b[[i]]
    out$mix <- out$mix + (q$P - p$P) * (q$R + p$R) / 2; out$rate <- out$rate + (q$R - p$R) * (q$P + p$P) / 2
    out$u_mix <- out$u_mix + (q$uP - p$uP) * (q$R + p$R) / 2 + (q$P - p$P) * (q$uR + p$uR) / 2
    out$u_rate <- out$u_rate + (q$uR - p$uR) * (q$P + p$P) / 2 + (q$R - p$R) * (q$uP + p$uP) / 2 }
  out
}
# All parts of one row: values and influence functions. keep: four domains, group and against, then and now (NULL at one time).
parts <- function(w, y, x, keep, cat, codes, total = FALSE, counted = w > 0) {
  level <- function(k) { if (total) return(list(value = sum((w * y)[k]), u = ifelse(k, y, 0)))
    m <- sum((w * y)[k]) / sum((w * x)[k]); list(value = m, u = ifelse(k, (y - m * x) / sum((w * x)[k]), 0)) }
  minus <- function(a, b) list(value = a$value - b$value, u = a$u - b$u)
  now <- minus(g1 <- level(keep$g1), a1 <- level(keep$a1))
  out <- list(gap_to = now)
  if (!is.null(keep$g0)) { before <- minus(g0 <- level(keep$g0), a0 <- level(keep$a0))
    out <- c(out, list(gap_from = before, change = minus(now, before), from_group = minus(g1, g0), from_against = minus(a1, a0))) }
  if (!is.null(cat)) for (s in if (is.null(keep$g0)) list(c("gap", "a1", "g1")) else list(c("group", "g0", "g1"), c("against", "a0", "a1"))) {
    k <- kitagawa(w, y, x, keep[[s[2]]], keep[[s[3]]], cat, codes, counted)
    out[[paste0(s[1], "_mix")]] <- list(value = k$mix, u = k$u_mix); out[[paste0(s[1], "_rate")]] <- list(value = k$rate, u = k$u_rate) }
  out
}
all_parts <- c("gap_from", "gap_to", "change", "from_group", "from_against", "group_mix", "group_rate", "against_mix", "against_rate", "gap_mix", "gap_rate")

# ---- the digits of the method notes
data(api)
d <- apiclus1; d$one <- 1; clus1 <- svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = d); w <- weights(clus1); y <- as.numeric(d$api00 > 650)
p <- parts(w, y, rep(1, nrow(d)), list(g1 = d$awards == "Yes", a1 = d$awards == "No"), as.character(d$stype), c("E", "H", "M"))
V <- cov_of(clus1, sapply(p, `[[`, "u")); near <- function(a, b) stopifnot(abs(a / b - 1) < 1e-11)
near(p$gap_mix$value, .00226816571156); near(sqrt(V["gap_mix", "gap_mix"]), .0206642628321); near(p$gap_rate$value, .0833631840707); near(sqrt(V["gap_rate", "gap_rate"]), .0837893391353); near(sqrt(V["gap_to", "gap_to"]), .0785399229768)

# ---- the generated waves
d <- load_data("gen-waves")
specs <- list(nested = list(weight = "weight", strata = "stratum", ids = "psu", fpc = "", nest = "yes"), finite = list(weight = "weight", strata = "stratum", ids = "psu", fpc = "N", nest = "yes"),
              elements = list(weight = "weight", strata = "", ids = "", fpc = "", nest = "no"), plain = list(weight = "", strata = "", ids = "", fpc = "", nest = "no"))
rows <- list(); jackknife <- list()
one <- function(name, rolling, from, to, statistic, variable, level, over, group, against, mix, jk = FALSE) {
  des <- make(specs[[name]], d); d <- des$variables; w <- weights(des)
  y <- measured(d, variable, level); ok <- !is.na(y); x <- rep(1, nrow(d))
  if (statistic == "ratio") { x <- d[[over]]; ok <- ok & !is.na(x) }
  if (mix != "") ok <- ok & !is.na(d[[mix]])
  y[!ok] <- 0; x[!ok] <- 0
  of <- function(q) { i <- ok & d$quarter %in% pooled(q, rolling); rest <- if (against == "total") i else if (against == "rest") i & !is.na(d$g) & d$g != group else i & d$g %in% against
    list(i & d$g %in% group, rest) }
  now <- of(to); keep <- list(g1 = now[[1]], a1 = now[[2]])
  if (from != "") { then <- of(from); keep <- c(keep, list(g0 = then[[1]], a0 = then[[2]])) }
  codes <- if (mix == "") NULL else sort(unique(d[[mix]])); cat <- if (mix == "") NULL else d[[mix]]
  p <- parts(w, y, x, keep, cat, codes, statistic == "total"); se <- sqrt(diag(cov_of(des, sapply(p, `[[`, "u"))))
  df <- min(vapply(keep, function(k) domain_df(des, k), 0)); head <- list(case = sprintf("g%03d", length(rows) + 1), rolling = rolling, from = from, to = to, statistic = statistic, variable = variable, level = level,
    over = over, group = group, against = against, mix = mix)
  value <- function(n) if (is.null(p[[n]])) NA else p[[n]]$value; error <- function(n) if (is.null(p[[n]])) NA else se[[n]]
  rows[[length(rows) + 1]] <<- c(head, specs[[name]], list(df = df), setNames(lapply(all_parts, value), all_parts), setNames(lapply(all_parts, error), paste0(all_parts, "_se")))
  if (from != "" && statistic == "proportion" && mix == "") { # svyby and svycontrast say the same
    s <- des; s$variables$y_ <- y; s$variables$cell_ <- ifelse(keep$g0, "g0", ifelse(keep$a0, "a0", ifelse(keep$g1, "g1", ifelse(keep$a1, "a1", NA))))
    if (against != "total" && !any(keep$g0 & keep$g1)) { b <- svyby(~y_, ~cell_, subset(s, !is.na(cell_)), svymean, covmat = TRUE); k <- c(a0 = 1, a1 = -1, g0 = -1, g1 = 1)[names(coef(b))]
      contrast <- svycontrast(b, k); stopifnot(abs(coef(contrast) - p$change$value) < 1e-12, abs(SE(contrast) / se[["change"]] - 1) < 1e-9) } }
  if (jk) { r <- as.svrepdesign(des, type = "JKn"); t <- withReplicates(r, function(w, data) sapply(parts(w, y, x, keep, cat, codes, statistic == "total", weights(des) > 0), `[[`, "value"))
    jackknife[[length(jackknife) + 1]] <<- c(head, specs[[name]], setNames(lapply(all_parts, function(n) if (is.null(p[[n]])) NA else unname(sqrt(diag(attr(t, "var")))[match(n, names(p))])), paste0(all_parts, "_se"))) }
}
for (name in names(specs)) for (g in c("A", "D")) for (a in c("rest", "total", "B")) for (m in c("", "h")) {
  one(name, 4, "2022 Q4", "2023 Q4", "proportion", "answer", "yes", "", g, a, m, jk = name == "nested")
  one(name, 4, "2023 Q1", "2023 Q3", "mean", "y", "", "", g, a, m)
  one(name, 1, "2022 Q3", "2023 Q2", "ratio", "y", "", "x", g, a, m)
  if (m != "") one(name, 4, "", "2023 Q4", "proportion", "answer", "yes", "", g, a, m, jk = name == "nested")
}
for (g in c("A", "C")) one("finite", 4, "2022 Q4", "2023 Q3", "total", "x", "", "", g, "rest", "")
print_csv(rows, "gap.csv"); print_csv(jackknife, "gap-jackknife.csv")

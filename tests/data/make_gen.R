# Makes the small synthetic designs of this folder: designs with hard corners, over which tests/reference/*.R ask the survey
# package of R for golden digits.
#   cd tests/data && Rscript make_gen.R
suppressMessages(library(survey)) # only for a Hadamard matrix and replicate factors
set.seed(73, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

save_csv <- function(d, file) write.csv(d, file, row.names = FALSE, quote = FALSE, na = "")
blank <- function(x, share) { x[runif(length(x)) < share] <- NA; x }
draw <- function(n, values, p) values[findInterval(runif(n), cumsum(p)[-length(p)]) + 1]

# Answers that lean on the unit and the group, so that the design effects are not all near 1.
people <- function(unit, group_values, group_p, missing = .06) {
  n <- length(unit)
  lean <- rnorm(max(unit), sd = .5)[unit]
  g <- draw(n, group_values, group_p)
  shift <- (match(g, group_values) - 1) * -.25
  p <- plogis(.4 + lean + shift)
  answer <- ifelse(runif(n) < p, 1 + (runif(n) < .6), 3 + floor(3 * runif(n) * .999))
  data.frame(g = g, h = draw(n, c("k", "l", "m"), c(.5, .3, .2)), period = 1 + floor(6 * runif(n)),
             answer = blank(answer, missing), y = blank(round(50 + 9 * lean + 4 * shift + rnorm(n, sd = 11), 2), missing),
             x = round(rgamma(n, 6, .12) + 3, 1))
}

# 1 strata: 8 strata of 2 to 9 PSUs whose numbers repeat across strata (nested); zero weights, missing values. Group D lives in three strata,
#   E in one PSU (no df), and nobody in D gives answer 5.
n_h <- c(2, 3, 4, 5, 6, 7, 2, 9)
stratum <- rep(seq_along(n_h), n_h)
psu <- sequence(n_h)
take <- 5 + floor(8 * runif(length(psu)))
unit <- rep(seq_along(psu), take)
d <- data.frame(stratum = paste0("s", stratum)[unit], psu = psu[unit], weight = round(rgamma(length(unit), 3, 3) + .05, 4))
d <- cbind(d, people(unit, c("A", "B", "C", "D"), c(.42, .28, .18, .12)))
d$g[d$g == "D" & !(d$stratum %in% c("s1", "s2", "s3"))] <- "A"
d$g[d$stratum == "s4" & d$psu == 2] <- "E"
d$answer[d$g == "D" & d$answer %in% 5] <- 4
d$g <- blank(d$g, .03)
d$weight[runif(nrow(d)) < .03] <- 0
d$weight[d$stratum == "s5" & d$psu == 3] <- 0  # a PSU with no weight: in the design, not in the df
d$cell <- ifelse(is.na(d$g), NA, paste0(d$g, d$h))
save_csv(d, "gen-strata.csv")

# 2 elements: stratified elements with a finite population; stratum t3 is a census (f = 1); weights add up to about the population.
N_h <- c(400, 90, 25, 1200, 60)
n_h <- c(30, 18, 25, 60, 12)
stratum <- rep(1:5, n_h)
unit <- stratum
e <- data.frame(stratum = paste0("t", stratum), weight = round((N_h / n_h)[stratum] * exp(rnorm(sum(n_h), sd = .3) * (stratum != 3)), 4),
                N = N_h[stratum], f = sprintf("%.17g", (n_h / N_h)[stratum]))
e <- cbind(e, people(unit, c("A", "B", "C"), c(.5, .35, .15)))
save_csv(e, "gen-elements.csv")

# 3 stages: two stages with finite populations at both; stratum u2 takes all of its PSUs (its second stage still counts), some PSUs take all of their households.
n_h <- c(4, 3, 5, 2); N_h <- c(20, 3, 31, 9)
stratum <- rep(1:4, n_h); psu <- sequence(n_h)
m <- 2 + floor(4 * runif(length(psu)))
M <- ifelse(seq_along(psu) %in% c(2, 9), m, m + 1 + floor(12 * runif(length(psu))))
ssu_of <- rep(seq_along(psu), m); ssu <- sequence(m)
k <- 1 + floor(4 * runif(length(ssu)))
row <- rep(seq_along(ssu), k); unit <- ssu_of[row]
s <- data.frame(stratum = paste0("u", stratum)[unit], psu = psu[unit], household = ssu[row],
                weight = round(((N_h / n_h)[stratum] * M / m)[unit] * exp(rnorm(length(row), sd = .2)), 4), N1 = N_h[stratum][unit], N2 = M[unit])
s <- cbind(s, people(unit, c("A", "B", "C"), c(.5, .35, .15)))
save_csv(s, "gen-stages.csv")

# 4 clusters: 13 whole clusters of unequal size, one weight for all; a cluster is wholly outside group C.
take <- 4 + floor(18 * runif(13))
unit <- rep(1:13, take)
cl <- data.frame(cluster = c(101:113)[unit], weight = 33.847, N = 757)
cl <- cbind(cl, people(unit, c("A", "B", "C"), c(.55, .35, .10)))
cl$g[cl$cluster %in% c(103, 108) & cl$g == "C"] <- "A"
save_csv(cl, "gen-clusters.csv")

# 5 lonely: v3 and v6 have one PSU each; in group C v1 and v4 are left with one, in the design they have three.
n_h <- c(3, 2, 1, 3, 4, 1, 2)
stratum <- rep(seq_along(n_h), n_h); psu <- sequence(n_h)
take <- 6 + floor(9 * runif(length(psu)))
unit <- rep(seq_along(psu), take)
l <- data.frame(stratum = paste0("v", stratum)[unit], psu = psu[unit], weight = round(20 * (rgamma(length(unit), 4, 4) + .05), 3))
l <- cbind(l, people(unit, c("A", "B", "C"), c(.45, .3, .25)))
l$g[l$g == "C" & l$stratum %in% c("v1", "v4") & l$psu != 2] <- "B"
save_csv(l, "gen-lonely.csv")

# 6 pairs: two PSUs in each of 8 strata, with replicate weights of every kind (written to 10 digits, and read back from here by everyone).
take <- 5 + floor(6 * runif(16))
unit <- rep(1:16, take)
p <- data.frame(stratum = paste0("w", (unit + 1) %/% 2), psu = 1 + (unit + 1) %% 2, weight = round(40 * (rgamma(length(unit), 5, 5) + .1), 3))
p <- cbind(p, people(unit, c("A", "B", "C"), c(.5, .3, .2), missing = .04))
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = p, nest = TRUE)
H <- 2 * hadamard(15) - 1                                       # 16 x 16 of -1, 1
stopifnot(all(crossprod(H) == 16 * diag(16)))
plus <- which(apply(H, 2, function(v) length(unique(v)) > 1))   # never the column of ones
factors <- function(rho) sapply(1:16, function(r) { sgn <- H[r, plus[1:8]][(unit + 1) %/% 2] * ifelse(unit %% 2 == 1, 1, -1); ifelse(sgn > 0, 2 - rho, rho) })
sdr <- sapply(1:16, function(r) { a <- H[r, plus]; i <- 1 + (unit - 1) %% 14; 1 + 2^-1.5 * (a[i + 1] - a[i]) })
boot <- as.svrepdesign(des, type = "subbootstrap", replicates = 20)
jkn <- as.svrepdesign(des, type = "JKn")
reps <- function(prefix, f) { w <- f * p$weight; w <- apply(w, 2, function(v) sprintf("%.10g", v)); colnames(w) <- paste0(prefix, seq_len(ncol(w))); as.data.frame(w) }
p <- cbind(p, reps("brr", factors(0)), reps("fay", factors(.3)), reps("jkn", weights(jkn, "replication")), reps("boot", weights(boot, "replication")), reps("sdr", sdr))
save_csv(p, "gen-pairs.csv")

# Makes gen-windows.csv: six quarters of one design whose PSUs are visited again, a weight for every three quarters (and another for breakdowns by
# area), and a module with a weight of its own. tests/reference/window-weights.R asks R for its digits.
#   cd tests/data && Rscript make_windows.R
set.seed(4171, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
blank <- function(x, share) { x[runif(length(x)) < share] <- NA; x }

n_h <- c(4, 3, 5, 2)
stratum <- rep(seq_along(n_h), n_h)
psu <- sequence(n_h)
quarters <- c("2019 Q4", "2020 Q1", "2020 Q2", "2020 Q3", "2020 Q4", "2021 Q1")
visit <- expand.grid(unit = seq_along(psu), q = seq_along(quarters))
visit <- visit[!(visit$unit == 3 & visit$q > 2), ] # a PSU that is not visited any more
row <- rep(seq_len(nrow(visit)), 3 + floor(6 * runif(nrow(visit))))
unit <- visit$unit[row]; q <- visit$q[row]; n <- length(row)
d <- data.frame(quarter = quarters[q], stratum = paste0("s", stratum[unit]), psu = psu[unit],
                area = c("North", "East", "South")[1 + (stratum[unit] + (runif(n) < .2)) %% 3], g = c("A", "B", "C")[1 + floor(3 * runif(n) * .999)])
d$g <- blank(d$g, .04)
lean <- rnorm(max(unit), sd = .6)[unit] + .15 * q
d$answer <- blank(ifelse(runif(n) < plogis(lean - .3), 1 + (runif(n) < .6), 3 + floor(3 * runif(n) * .999)), .06)
d$y <- blank(round(50 + 8 * lean + rnorm(n, sd = 11), 2), .05)
d$module <- ifelse(runif(n) < .45, 1 + floor(5 * runif(n) * .999), NA)
d$weight <- round(rgamma(n, 3, 3) + .05, 4)
d$WT_module_A <- ifelse(is.na(d$module), NA, round(rgamma(n, 4, 2) + .05, 4))
for (last in 3:6) for (set in c("", "_B")) {
  w <- round(d$weight * exp(rnorm(n, sd = .4)), 4)
  w[runif(n) < .02] <- 0
  d[[paste0("WT_Q", 58 + last, set)]] <- ifelse(q >= last - 2 & q <= last, w, NA)
}
write.csv(d, "gen-windows.csv", row.names = FALSE, quote = FALSE, na = "")

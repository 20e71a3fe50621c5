# Makes gen-waves.csv: eight quarters of one design whose PSUs are visited again and again, for gaps and their changes.
#   cd tests/data && Rscript make_waves.R
set.seed(2211, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
draw <- function(n, values, p) values[findInterval(runif(n), cumsum(p)[-length(p)]) + 1]
blank <- function(x, share) { x[runif(length(x)) < share] <- NA; x }
units <- data.frame(stratum = rep(paste0("w", 1:5), c(4, 6, 3, 5, 4)), psu = sequence(c(4, 6, 3, 5, 4)), N = rep(c(19, 40, 11, 27, 8), c(4, 6, 3, 5, 4)))
units$lean <- rnorm(nrow(units), sd = .4)
quarters <- paste0(rep(2022:2023, each = 4), " Q", 1:4)
rows <- do.call(rbind, lapply(seq_along(quarters), function(q) {
  u <- rep(seq_len(nrow(units)), 3 + floor(5 * runif(nrow(units))))
  n <- length(u)
  late <- q > 4
  g <- draw(n, c("A", "B", "C", "D"), if (late) c(.40, .26, .20, .14) else c(.46, .28, .16, .10))
  h <- draw(n, c("k", "l", "m"), if (late) c(.35, .40, .25) else c(.55, .30, .15))
  h[g == "D" & h == "m" & !late] <- "l"   # a category that a group lacks at first
  shift <- c(A = 0, B = -.4, C = .5, D = -1)[g] + c(k = .5, l = 0, m = -.6)[h] - .35 * late * (g == "A")
  y <- round(50 + 8 * units$lean[u] + 5 * shift + rnorm(n, sd = 9), 2)
  data.frame(quarter = quarters[q], stratum = units$stratum[u], psu = units$psu[u], N = units$N[u], weight = round(rgamma(n, 4, 4) + .1, 4),
             g = blank(g, .03), h = blank(h, .04), area = draw(n, c("x", "y"), c(.6, .4)),
             answer = blank(ifelse(runif(n) < plogis(.4 + units$lean[u] + shift), "yes", "no"), .05), y = blank(y, .04), x = round(rgamma(n, 6, .12) + 3, 1))
}))
rows$weight[runif(nrow(rows)) < .02] <- 0
write.csv(rows, "gen-waves.csv", row.names = FALSE, quote = FALSE, na = "")

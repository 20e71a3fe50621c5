# Does `gap` say which side moved? 200 samples of 12,800 interviews in each of two years (32 strata of 20 PSUs, unequal weights): the trust of White
# British falls 8 points, that of Black respondents stays, so their gap to the rest narrows because the rest falls.
#   cd tests/reference && Rscript gap-simulation.R    counts the samples in which that is found (about a minute; the program must be built)
program <- "../../build/release/barometer"; samples <- 200; years <- rep(2022:2023, each = 12800); N <- length(years); file <- tempfile(fileext = ".csv")
found <- rowSums(vapply(seq_len(samples), function(seed) {
  set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
  stratum <- sample(32, N, TRUE); psu <- sample(20, N, TRUE); lean <- rnorm(640, sd = .15)[(stratum - 1) * 20 + psu]
  group <- sample(c("White British", "Black", "Asian", "Other"), N, TRUE, c(.45, .12, .18, .25))
  p <- c(`White British` = .75, Black = .5, Asian = .75, Other = .68)[group] - .08 * (years == 2023 & group == "White British")
  write.csv(data.frame(year = years, stratum, psu, weight = round(rgamma(N, 4, 4) + .1, 3), group, trust = ifelse(runif(N) < plogis(qlogis(p) + lean), "yes", "no")), file, row.names = FALSE, quote = FALSE)
  out <- read.csv(text = system2(program, c("gap", "--weight", "weight", "--strata", "stratum", "--psu", "psu", "--nested", "--period", "year", "--period-unit", "year", "--proportion", "trust=trust:yes",
                                            "-b", "group", "--change", "2022:2023", "--format", "csv", file), stdout = TRUE, stderr = FALSE))
  b <- out[out$group == "Black", ]
  c(narrowed = abs(b$gap_to) < abs(b$gap_from), rest_fell = b$from_against < 0, rest_clearly_fell = b$from_against_upper < 0)
}, logical(3)))
print(found)
stopifnot(found[c("narrowed", "rest_fell")] >= .95 * samples)

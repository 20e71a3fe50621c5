# The three small waves of tests/data/waves put together by other hands than the program's: recoded file by file, one design, R's numbers.
#   cd tests/reference && Rscript waves.R > waves.csv
source("common.R")
read <- function(w) read.csv(paste0("../data/waves/", w, ".csv"), colClasses = "character", encoding = "UTF-8", strip.white = TRUE)
w1 <- read("w1"); w2 <- read("w2"); w3 <- read("w3")
agree <- function(x) {
  x <- gsub("\u2019", "'", x)
  labels <- c("Strongly agree", "Tend to agree", "Neither agree nor disagree", "Tend to disagree", "Strongly disagree")
  code <- ifelse(x %in% labels, match(x, labels), suppressWarnings(as.integer(x)))
  stopifnot(all(x %in% c("", "Don't know", "Not asked") | code %in% c(1:5, 97, -1)))
  ifelse(code %in% 1:5, as.numeric(code <= 2), NA)
}
yes <- function(x) ifelse(x %in% c("1", "Yes"), 1, ifelse(x %in% c("2", "No"), 0, NA))
named <- function(x, answer) {
  given <- Reduce(`|`, lapply(x, function(v) v != ""))
  ifelse(given, as.numeric(Reduce(`|`, lapply(x, function(v) v == answer))), NA)
}
put <- function(w, period, borough, sex, trust, local) {
  boxes <- w[intersect(names(w), c("P1", "P2", "P3", "P4"))]
  P <- lapply(strsplit(w$P, ";"), trimws)
  d <- data.frame(period = period, wt = as.numeric(w$wt), borough = w[[borough]], sex = ifelse(w[[sex]] %in% c("2", "Female"), "Female", "Male"),
                  trust = agree(w[[trust]]), local = if (is.null(local)) NA else agree(w[[local]]),
                  satisfied = agree(ifelse(w$Q2 == "Online", w$Q15, w$Q29)), ever = yes(w$ever), drawn = yes(w$drawn), lost = yes(w$lost))
  d$drawn[!d$ever %in% 1] <- NA
  d$lost[!d$drawn %in% 1] <- NA
  for (a in c(Burglary = "P1", "Knife crime" = "P4", Litter = "P3", Robbery = "P2")) {
    answer <- c(P1 = "Burglary", P4 = "Knife crime", P3 = "Litter", P2 = "Robbery")[[a]]
    d[[paste("worries", answer)]] <- if (a %in% names(boxes)) named(boxes, answer) else NA
  }
  for (a in c("Burglary", "Litter", "Noise")) d[[paste("priorities", a)]] <- ifelse(w$P %in% c("", "-"), NA, as.numeric(sapply(P, function(p) a %in% p)))
  d
}
d <- rbind(put(w1, "2020 Q1", "C2", "XQ135r", "Q135", "Q60"), put(w2, "2020 Q2", "BOROUGHNEIGHBOURHOODCODED", "ReXQ135", "NQ135BD", NULL),
           put(w3, "2020 Q3", "Borough", "NXQ135", "NQ135BD", "Q60"))
measures <- setdiff(names(d), c("period", "wt", "borough", "sex"))
measures <- measures[order(match(sub(" .*", "", measures), c("trust", "local", "satisfied", "worries", "priorities", "ever", "drawn", "lost")), measures)]
digits <- function(x) ifelse(is.na(x), "", sprintf("%.9g", x))
cat("measure,level,group,period,base,estimate,se,difference,difference_se,marker,against\n")
for (m in measures) for (g in c("", "Female", "Male")) {
  before <- NULL
  for (p in c("2020 Q1", "2020 Q2", "2020 Q3")) {
    d$y <- d[[m]]
    for (k in c("a", "b")) d[[k]] <- 0
    inside <- function(p) d$period == p & !is.na(d$y) & (g == "" | d$sex == g)
    k <- inside(p); asked <- any(d$period == p & !is.na(d$y))
    name <- strsplit(sub(" ", "|", m), "|", fixed = TRUE)[[1]]
    level <- if (length(name) > 1) name[2] else ""
    against <- if (p == "2020 Q3") "2020 Q2" else ""     # between Q1 and Q2 is the break
    if (!asked) { cat(name[1], level, g, p, "", "", "", "", "", "x", against, sep = ","); cat("\n"); before <- NULL; next }
    influence <- function(k) { z <- numeric(nrow(d)); mean <- sum(d$wt[k] * d$y[k]) / sum(d$wt[k]); z[k] <- d$wt[k] * (d$y[k] - mean) / sum(d$wt[k]); list(m = mean, z = z) }
    a <- influence(k); difference <- difference_se <- NA
    design <- svydesign(ids = ~1, strata = ~borough, weights = ~one, data = transform(d, one = 1))
    v <- vcov(svytotal(a$z, design))[1, 1]
    if (p == "2020 Q3" && any(d$period == "2020 Q2" & !is.na(d$y))) {
      b <- influence(inside("2020 Q2"))
      difference <- a$m - b$m
      difference_se <- sqrt(vcov(svytotal(a$z - b$z, design))[1, 1])
    }
    cat(name[1], level, g, p, sum(k), digits(a$m), digits(sqrt(v)), digits(difference), digits(difference_se), "", against, sep = ","); cat("\n")
  }
}

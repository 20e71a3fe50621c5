# What the reference scripts share: the designs, domains written as text, and CSV output that a C program can read
# (commas, no quotes, %.17g, empty where there is nothing, "inf" for infinity). Run every script from this folder.
suppressMessages(library(survey))
stopifnot(packageVersion("survey") == "4.1.1")
options(warn = 1)

# One line a design; `fpc` and `ids` may be of two stages. The same table is printed to designs.csv for the C tests.
designs <- read.table(header = TRUE, sep = ",", colClasses = "character", strip.white = TRUE, text = "
design,     data,         weight, strata,  ids,           fpc,   nest
strata,     gen-strata,   weight, stratum, psu,           ,      yes
strata-flat,gen-strata,   weight, stratum, ,              ,      no
weights,    gen-strata,   weight, ,        ,              ,      no
srs,        gen-strata,   ,       ,        ,              ,      no
elements,   gen-elements, weight, stratum, ,              N,     no
fraction,   gen-elements, weight, stratum, ,              f,     no
no-fpc,     gen-elements, weight, stratum, ,              ,      no
stages,     gen-stages,   weight, stratum, psu|household, N1|N2, yes
stage-one,  gen-stages,   weight, stratum, psu,           N1,    yes
ultimate,   gen-stages,   weight, stratum, psu,           ,      yes
clusters,   gen-clusters, weight, ,        cluster,       N,     no
plain,      gen-clusters, ,       ,        cluster,       ,      no
lonely,     gen-lonely,   weight, stratum, psu,           ,      yes
pairs,      gen-pairs,    weight, stratum, psu,           ,      yes")

load_data <- function(name) read.csv(file.path("../data", paste0(name, ".csv")), na.strings = "", encoding = "UTF-8")
form <- function(text) if (text == "") NULL else as.formula(paste("~", gsub("|", "+", text, fixed = TRUE)))
make <- function(spec, d = load_data(spec$data)) {
  d$one_weight <- 1
  svydesign(ids = if (spec$ids == "") ~1 else form(spec$ids), strata = form(spec$strata), fpc = form(spec$fpc),
            weights = form(if (spec$weight == "") "one_weight" else spec$weight), data = d, nest = spec$nest == "yes")
}

# A domain as text: "" is everyone, else "column=value|value" joined by "&". Missing is in no domain.
inside <- function(d, text) {
  keep <- rep(TRUE, nrow(d))
  if (text != "") for (part in strsplit(text, "&", fixed = TRUE)[[1]]) {
    side <- strsplit(part, "=", fixed = TRUE)[[1]]
    keep <- keep & d[[side[1]]] %in% strsplit(side[2], "|", fixed = TRUE)[[1]]
  }
  keep
}
# The number that is averaged: the variable itself, or 1 where it is one of `level`.
measured <- function(d, variable, level) {
  y <- d[[variable]]
  if (level == "") as.numeric(y) else ifelse(is.na(y), NA, as.numeric(y %in% strsplit(level, "|", fixed = TRUE)[[1]]))
}

# Degrees of freedom inside a domain: units minus strata of positive weight counted there; a census stratum without a second stage is left out.
domain_df <- function(des, keep) {
  set <- keep & weights(des) != 0
  if (!is.null(des$fpc$popsize) && NCOL(des$fpc$popsize) == 1) set <- set & des$fpc$sampsize[, 1] < des$fpc$popsize[, 1]
  length(unique(des$cluster[set, 1])) - length(unique(des$strata[set, 1]))
}

# Linearised variables u = z / w, so that vcov(svytotal(u)) is the covariance of the estimates; zero outside the domain.
influence <- function(des, statistic, y, keep, over = NULL) {
  w <- weights(des)
  keep <- keep & !is.na(y)
  if (statistic == "ratio") keep <- keep & !is.na(over)
  y[!keep] <- 0
  if (statistic == "total") return(list(value = sum(w * y), u = y, keep = keep))
  x <- if (statistic == "ratio") ifelse(keep, over, 0) else as.numeric(keep)
  value <- sum(w * y) / sum(w * x)
  list(value = value, u = (y - value * x) / sum(w * x), keep = keep)
}
cov_of <- function(des, u) {
  des$variables <- cbind(des$variables, as.data.frame(u))
  vcov(svytotal(as.matrix(u), des))
}

number <- function(x) if (is.character(x)) ifelse(is.na(x), "", x) else
  ifelse(is.na(x), "", ifelse(is.infinite(x), ifelse(x > 0, "inf", "-inf"), ifelse(x == round(x) & abs(x) < 1e15, sprintf("%.0f", x), sprintf("%.17g", x))))
print_csv <- function(rows, file) {
  if (is.list(rows) && !is.data.frame(rows)) rows <- do.call(rbind, lapply(rows, as.data.frame, stringsAsFactors = FALSE))
  text <- vapply(rows, number, character(nrow(rows)))
  text <- if (is.null(dim(text))) matrix(text, 1, dimnames = list(NULL, names(rows))) else text
  stopifnot(!grepl("[,\"\n]", text))
  con <- file(file, "wb")
  writeLines(c(paste(colnames(text), collapse = ","), apply(text, 1, paste, collapse = ",")), con, useBytes = TRUE)
  close(con)
  cat(file, nrow(text), "rows\n")
}
logit_interval <- function(p, se, df, confidence = .95) if (df <= 0 || p <= 0 || p >= 1) c(NA, NA) else
  plogis(qlogis(p) + c(-1, 1) * qt((1 + confidence) / 2, df) * se / (p * (1 - p)))
wald_interval <- function(p, se, df, confidence = .95) if (df <= 0) c(NA, NA) else p + c(-1, 1) * qt((1 + confidence) / 2, df) * se

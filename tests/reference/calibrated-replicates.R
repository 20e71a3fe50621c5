# Calibrated replicate weights: every replicate is calibrated by itself. Jackknife (JKn) made from gen-pairs, post-stratified to g and raked to g and h.
#   cd tests/reference && Rscript calibrated-replicates.R > calibrated-replicates.csv
suppressPackageStartupMessages(library(survey))
d <- read.csv("../data/gen-pairs.csv")
d$one <- 1
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
jkn <- as.svrepdesign(design, type = "JKn")
total <- 10000
g <- data.frame(g = sort(unique(d$g[d$g != ""])))
g$Freq <- total * seq_along(g$g) / sum(seq_along(g$g))

post <- postStratify(jkn, ~g, g, partial = FALSE)
out <- function(name, x, domain) {
  m <- svymean(~y, x, na.rm = TRUE)
  cat(sprintf("%s,%s,%.17g,%.17g\n", name, domain, coef(m), SE(m)))
}
cat("case,domain,estimate,se\n")
out("post-stratify", post, "")
for (k in g$g) out("post-stratify", subset(post, g == k), k)
h <- data.frame(h = sort(unique(d$h)))
h$Freq <- total * rev(seq_along(h$h)) / sum(seq_along(h$h))
raked <- rake(jkn, list(~g, ~h), list(g, h), control = list(maxit = 500, epsilon = 1e-10))
out("rake", raked, "")
for (k in h$h) out("rake", subset(raked, h == k), k)

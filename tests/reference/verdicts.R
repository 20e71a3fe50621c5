# Pairs of groups, their letters, verdicts and detectable differences on the demonstration interviews, and the NCHS rule, by R.
#   cd tests/reference && Rscript verdicts.R      prints letters.csv, verdicts.csv, nchs.csv
# Letters: groups of fewer than 10 interviews take no part; Holm over the pairs of a measure by a breakdown in the latest four quarters.
lines <- readLines("demo.R")
eval(parse(text = lines[seq_len(grep("^rows <- list", lines)[1] - 1)]))   # the data, the design and the contrasts of demo.R
methods <- c("holm", "BH", "bonferroni")
now <- 4:7
detectable <- function(se, df) (qt(.975, df) + qt(.8, df)) * se
rows <- list()
for (m in names(yes)) for (b in c("ethnicity", "channel", "sex", "age")) {
  parts <- lapply(groups[[b]], function(g) part(m, domain(b, g, now)))
  shown <- which(vapply(parts, `[[`, 0, "n") >= 10)
  pairs <- combn(shown, 2)
  tests <- apply(pairs, 2, function(ij) contrast(parts[ij], c(1, -1)))
  p <- vapply(tests, `[[`, 0, "p_value"); gap <- vapply(tests, `[[`, 0, "estimate")
  for (method in methods) {
    clear <- p.adjust(p, method) < .05
    for (i in shown) {
      above <- c(pairs[2, clear & pairs[1, ] == i & gap > 0], pairs[1, clear & pairs[2, ] == i & gap < 0])
      rows[[length(rows) + 1]] <- list(measure = m, by = b, group = groups[[b]][i], adjust = tolower(method),
        letters = paste0(LETTERS[i], ":", paste(LETTERS[sort(above)], collapse = "")),
        first_p = min(p[pairs[1, ] == i | pairs[2, ] == i]))
    }
  }
}
print_csv(rows, "letters.csv")

# the change of rolling years and the difference from everyone else, against three margins
verdict <- function(est, se, df, m) {
  inner <- est + c(-1, 1) * qt(.95, df) * se; outer <- est + c(-1, 1) * qt(.975, df) * se
  inside <- inner[1] > -m && inner[2] < m; changed <- outer[1] > 0 || outer[2] < 0
  if (changed && inside) "within" else if (changed) "changed" else if (inside) "equivalent" else "noisy"
}
rows <- list()
for (m in names(yes)) for (b in c("ethnicity", "sex")) for (g in groups[[b]]) for (against in c("rest", "previous")) for (margin in c(.02, .05, .15)) {
  other <- if (against == "rest") part(m, domain(b, setdiff(groups[[b]], g), now)) else part(m, domain(b, g, 3:6))
  r <- contrast(list(part(m, domain(b, g, now)), other), c(1, -1))
  rows[[length(rows) + 1]] <- list(measure = m, by = b, group = g, against = against, margin = margin, verdict = verdict(r$estimate, r$se, r$df, margin),
    detectable = detectable(r$se, r$df))
}
print_csv(rows, "verdicts.csv")

# the NCHS rule from p, V, n, df; at 0 and 1 from the effective size
nchs <- function(p, se, n, df, size) {
  if (p > 0 && p < 1) {
    if (df <= 0) return(c("withhold", NA))
    V <- se^2; size <- p * (1 - p) / V
    ne <- min(n, size * (qt(.975, n - 1) / qt(.975, df))^2)
    width <- qbeta(.975, ne * p + 1, ne * (1 - p)) - qbeta(.025, ne * p, ne * (1 - p) + 1)
  } else width <- 1 - .025^(1 / size)
  if (min(n, size) < 30) return(c("withhold", width))
  said <- if (width <= .05) "show" else if (width >= .30 || width > 1.3 * p) "withhold" else if (width > 1.3 * (1 - p)) "complement" else "show"
  if (said != "withhold" && (df < 8 || p == 0 || p == 1)) said <- paste0(said, ";review")
  c(said, width)
}
cases <- list(
  c("ample", .4731, .0152, 1913, 129, NA), c("few interviews", .8507, .0601, 29, 19, NA), c("thirty interviews", .8507, .0601, 30, 28, NA),
  c("small effective size", .8507, .0656, 240, 200, NA), c("effective size just enough", .8507, .0646, 240, 200, NA),
  c("narrow and rare", .0113, .0081, 612, 200, NA), c("narrow and common", .9889, .0081, 612, 200, NA),
  c("wide", .5127, .0789, 61, 47, NA), c("wide by few df", .5127, .0700, 83, 4, NA), c("wide for a rare answer", .0493, .0211, 171, 66, NA),
  c("the complement is rare", .9507, .0211, 171, 66, NA), c("neither is rare", .8507, .0261, 171, 66, NA),
  c("few df", .4731, .0152, 1913, 7, NA), c("df of eight", .4731, .0152, 1913, 8, NA), c("no df", .4731, .0152, 1913, 0, NA),
  c("complement and few df", .9507, .0211, 171, 6, NA), c("size capped at n", .8507, .0052, 45, 40, NA),
  c("nobody of many", 0, NA, 391, 77, 311.7), c("everyone of many", 1, NA, 391, 77, 311.7), c("nobody of some", 0, NA, 61, 31, 41.3),
  c("everyone of some", 1, NA, 61, 31, 41.3), c("everyone of few", 1, NA, 61, 31, 28.3), c("nobody of few", 0, NA, 21, 31, 20.3))
rows <- list()
for (case in cases) {
  x <- suppressWarnings(as.numeric(case[-1])); r <- nchs(x[1], x[2], x[3], x[4], x[5])
  rows[[length(rows) + 1]] <- list(name = case[1], p = x[1], se = x[2], n = x[3], df = x[4], size = x[5], said = r[1], width = as.numeric(r[2]))
}
print_csv(rows, "nchs.csv")

# What findings are chosen from, by R: corrections, every contrast of the demonstration interviews, shares of missing answers.
#   cd tests/reference && Rscript findings.R     prints findings-correct.csv, findings-demo.csv, missing.csv
source("common.R")
alpha <- .05
yekutieli <- function(n) n * sum(1 / seq_len(n))
# Near certainties leave the count first; of the rest BH inside families, BY across them, and a family's p-values times what that did to its smallest.
correct <- function(p, family) {
  out <- rep(NA, length(p)); order <- order(p); most <- 0
  left <- length(p)
  for (i in order) {
    most <- max(most, p[i] * yekutieli(left))
    if (most >= alpha) break
    out[i] <- most; left <- left - 1
  }
  rest <- which(is.na(out))
  if (length(rest) == 0) return(out)
  inside <- ave(p[rest], family[rest], FUN = function(x) p.adjust(x, "BH"))
  smallest <- tapply(inside, family[rest], min)
  factor <- p.adjust(smallest, "BY") / smallest
  out[rest] <- pmin(1, inside * factor[as.character(family[rest])])
  out
}
set.seed(20260117)
cases <- list(one = list(.031, 1), `one family` = list(runif(9)^3, rep(4, 9)), `families of one` = list(runif(8)^3, 1:8),
              uneven = list(runif(23)^4, sample(c(1, 1, 1, 2, 3, 3, 7), 23, TRUE)), `certain among them` = list(c(1e-12, 3e-9, .0004, runif(12)^2), rep(1:3, 5)),
              `a certain family` = list(c(rep(1e-11, 6), runif(10)^2), c(rep(9, 6), rep(1:2, 5))), `all certain` = list(c(1e-9, 2e-8, 1e-9), c(1, 2, 1)),
              ties = list(c(.01, .01, .02, .02, .02, .5), c(1, 2, 1, 2, 3, 3)), `zero and one` = list(c(0, 1, .003, 1, 0), c(1, 1, 2, 2, 3)),
              large = list(runif(150)^3, sample(1:11, 150, TRUE)))
rows <- list()
for (name in names(cases)) {
  p <- as.numeric(sprintf("%.12g", cases[[name]][[1]])); family <- cases[[name]][[2]]
  rows[[length(rows) + 1]] <- data.frame(case = name, family = family, p = p, adjusted = correct(p, family), stringsAsFactors = FALSE)
}
print_csv(do.call(rbind, rows), "findings-correct.csv")

# ---- the demonstration interviews by ethnicity and sex: the year 2023 against the rest and against 2022
d <- load_data("demo-interviews")
date <- as.Date(d$interview_date, "%d/%m/%Y")
year <- as.integer(format(date, "%Y"))
des <- svydesign(ids = ~ward, strata = ~borough, weights = ~weight, data = d, nest = TRUE)
unknown <- function(x) !is.na(x) & grepl("^Don", x)
refused <- function(x) !is.na(x) & grepl("^Refused", x)
good <- list(trust = c("Strongly agree", "Tend to agree"), fair = c("Strongly agree", "Tend to agree"), good_job = c("1", "2"),
             satisfied = c("Completely satisfied", "Very satisfied", "Fairly satisfied"))
has_refused <- c("trust", "fair")
y <- list()
for (m in c("good_job", "satisfied", "trust", "fair")) {
  x <- as.character(d[[m]]); missing <- unknown(x) | refused(x)
  y[[m]] <- ifelse(is.na(x) | missing, NA, x %in% good[[m]])
  y[[paste0(m, ".dont_know")]] <- ifelse(is.na(x), NA, unknown(x))
  if (m %in% has_refused) y[[paste0(m, ".refused")]] <- ifelse(is.na(x), NA, refused(x))
  y[[paste0(m, ".all_against")]] <- ifelse(is.na(x), NA, !missing & x %in% good[[m]])
  y[[paste0(m, ".all_for")]] <- ifelse(is.na(x), NA, missing | x %in% good[[m]])
}
by <- list(ethnicity = d$ethnicity, sex = d$sex)
groups <- list(ethnicity = c("White British", "White Other", "Black", "Asian", "Mixed", "Other"), sex = c("Female", "Male"))
domain <- function(b, g, t) year == t & (if (b == "") TRUE else by[[b]] %in% g)
part <- function(m, keep) {
  z <- influence(des, "mean", as.numeric(y[[m]]), keep)
  z$n <- sum(z$keep & d$weight > 0); z$df <- domain_df(des, z$keep); z
}
contrast <- function(parts, k) {
  V <- cov_of(des, sapply(parts, `[[`, "u"))
  value <- vapply(parts, `[[`, 0, "value")
  list(estimate = sum(k * value), se = sqrt(as.numeric(k %*% V %*% k)), df = min(vapply(parts, `[[`, 0, "df")), V = V, value = value)
}
# of two shares: the larger of the standard error and the one under the pooled share
p_of_two <- function(parts) {
  r <- contrast(parts, c(1, -1)); n <- vapply(parts, `[[`, 0, "n")
  pooled <- sum(n * r$value) / sum(n); scale <- pooled * (1 - pooled) / (r$value * (1 - r$value))
  v0 <- r$V[1, 1] * scale[1] + r$V[2, 2] * scale[2] - 2 * r$V[1, 2]
  c(r, p = max(2 * pt(-abs(r$estimate / r$se), r$df), 2 * pt(-abs(r$estimate / sqrt(v0)), r$df)))
}
edge <- function(parts) any(vapply(parts, function(z) z$n == 0 || z$value %in% c(0, 1), TRUE))
rows <- list()
add <- function(kind, m, b, g, r, p) rows[[length(rows) + 1]] <<- data.frame(kind = kind, measure = m, by = b, group = g, difference = r$estimate, se = r$se,
  df = r$df, p_value = p, family = if (grepl(".", m, fixed = TRUE)) "missing" else m, stringsAsFactors = FALSE)
for (m in grep("all_", names(y), value = TRUE, invert = TRUE)) {
  own <- !grepl(".", m, fixed = TRUE)
  for (b in c("", names(by))) for (g in if (b == "") "" else groups[[b]]) {
    now <- part(m, domain(b, g, 2023)); then <- part(m, domain(b, g, 2022))
    if (now$n < 50) next
    if (b != "" && !(b == "sex" && g == "Male")) { # of two groups one is the mirror image of the other
      rest <- part(m, domain(b, setdiff(groups[[b]], g), 2023)); rest_then <- part(m, domain(b, setdiff(groups[[b]], g), 2022))
      if (!edge(list(now, rest)) && rest$n >= 10) { r <- p_of_two(list(now, rest)); add(if (own) "gap" else "missing", m, b, g, r, r$p) }
      sides <- list(now, then, rest, rest_then)
      if (own && !edge(sides) && min(vapply(sides, `[[`, 0, "n")) >= 50) {
        r <- contrast(sides, c(1, -1, -1, 1)); add("gap_change", m, b, g, r, 2 * pt(-abs(r$estimate / r$se), r$df))
      }
    }
    if (!edge(list(now, then)) && then$n >= 10) { r <- p_of_two(list(now, then)); add(if (own) "change" else "missing", m, b, g, r, r$p) }
  }
}
rows <- do.call(rbind, rows)
rows$p_adjusted <- correct(rows$p_value, rows$family)
print_csv(rows[setdiff(names(rows), "family")], "findings-demo.csv")

# ---- shares of missing answers and bounds of levels and gaps, 2023 against the rest
rows <- list()
for (m in names(y)[!grepl(".", names(y), fixed = TRUE)]) for (b in c("", names(by))) for (g in if (b == "") "" else groups[[b]]) {
  at <- function(kind, keep) { z <- paste0(m, ".", kind); if (is.null(y[[z]])) return(NULL); part(z, keep) }
  keep <- domain(b, g, 2023); rest <- domain(b, setdiff(if (b == "") "" else groups[[b]], g), 2023)
  row <- list(measure = m, by = b, group = g, asked = at("all_for", keep)$n, estimate = part(m, keep)$value)
  for (kind in c("dont_know", "refused")) {
    z <- at(kind, keep); inside <- !is.null(z) && !z$value %in% c(0, 1)
    row[[kind]] <- if (is.null(z)) NA else z$value
    row[[paste0(kind, "_se")]] <- if (inside) contrast(list(z), 1)$se else NA
    other <- if (inside && b != "") at(kind, rest) else NULL
    r <- if (is.null(other) || edge(list(other))) list(estimate = NA, se = NA) else contrast(list(z, other), c(1, -1))
    row[[paste0(kind, "_difference")]] <- r$estimate; row[[paste0(kind, "_difference_se")]] <- r$se
  }
  low <- at("all_against", keep)$value; high <- at("all_for", keep)$value
  row$bound_lower <- low; row$bound_upper <- high
  row$difference_bound_lower <- if (b == "") NA else low - at("all_for", rest)$value
  row$difference_bound_upper <- if (b == "") NA else high - at("all_against", rest)$value
  rows[[length(rows) + 1]] <- row
}
print_csv(rows, "missing.csv")

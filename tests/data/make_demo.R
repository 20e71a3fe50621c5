# Makes the synthetic demonstration data of this folder. Nobody was interviewed: every number is drawn here.
#   cd tests/data && Rscript make_demo.R
# The generator is named in full, so the same bytes come out of every R from 3.6 on.
set.seed(31, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

write_bytes <- function(lines, file, end = "\n", last = end) {
  con <- file(file, "wb")
  writeBin(charToRaw(paste0(paste(enc2utf8(lines), collapse = end), last)), con)
  close(con)
}
pick <- function(p) { # one column of each row of a matrix of probabilities
  u <- runif(nrow(p))
  cum <- t(apply(p, 1, cumsum))
  pmin(rowSums(u > cum) + 1, ncol(p))
}

# ---- 1. Interviews ---------------------------------------------------------------------------------------------------
boroughs <- c("Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden", "City of Westminster", "Croydon",
              "Ealing", "Enfield", "Greenwich", "Hackney", "Hammersmith and Fulham", "Haringey", "Harrow", "Havering",
              "Hillingdon", "Hounslow", "Islington", "Kensington and Chelsea", "Kingston upon Thames", "Lambeth", "Lewisham",
              "Merton", "Newham", "Redbridge", "Richmond upon Thames", "Southwark", "Sutton", "Tower Hamlets",
              "Waltham Forest", "Wandsworth")
n <- 4000
quarter <- rep(0:7, each = n / 8)                       # 2022 Q1 .. 2023 Q4
borough <- rep(seq_along(boroughs), length.out = n)     # 15 or 16 a quarter in every borough
wards_of <- 4 + (seq_along(boroughs) * 7) %% 3          # 4 to 6 wards a borough, numbered from 1 in each
ward <- 1 + floor(runif(n) * wards_of[borough])
first <- as.Date(sprintf("%d-%02d-01", 2022 + quarter %/% 4, 1 + 3 * (quarter %% 4)))
date <- first + floor(runif(n) * 90)                    # 90 days: inside the quarter, also the shortest

ethnicities <- c("White British", "White Other", "Black", "Asian", "Mixed", "Other")
inner <- borough %in% match(c("Brent", "Camden", "Hackney", "Haringey", "Islington", "Lambeth", "Lewisham", "Newham",
                              "Southwark", "Tower Hamlets"), boroughs)
eth <- pick(t(ifelse(rbind(inner, inner, inner, inner, inner, inner), c(.30, .16, .20, .20, .045, .095), c(.46, .15, .09, .19, .035, .075))))
age <- 16 + floor(80 * rbeta(n, 1.25, 1.75))
sex <- c("Female", "Male")[1 + (runif(n) < .486)]
channels <- c("No contact", "Online", "Telephone", "In person")
young <- age < 35
chan <- pick(t(ifelse(rbind(young, young, young, young), c(.62, .19, .13, .06), c(.64, .11, .19, .06))))

# Opinion: a level by ethnic group and quarter on the logit scale, moved by ward, age and channel.
ward_effect <- matrix(rnorm(32 * 6, sd = .22), 32)[cbind(borough, ward)] + rnorm(32, sd = .12)[borough]
level <- c(.80, .70, .50, .79, .41, .73)
trust_p <- qlogis(level[eth]) - ifelse(eth == 1, .085 * (quarter - 3), 0) + ward_effect +
  c(.05, -.05, -.05, .10)[chan] + .004 * (age - 46)
ward_fair <- .7 * ward_effect + matrix(rnorm(32 * 6, sd = .15), 32)[cbind(borough, ward)]
lean <- rnorm(n, sd = .8)                               # the same person answers both questions alike
fair_p <- qlogis(c(.68, .62, .43, .69, .36, .62)[eth]) + ward_fair + .3 * lean - ifelse(eth == 1, .03 * (quarter - 3), 0)
agree5 <- c("Strongly agree", "Tend to agree", "Neither agree nor disagree", "Tend to disagree", "Strongly disagree",
            "Don't know", "Don\u2019t know", "Refused")
answer5 <- function(eta, straight, curly, refused) {
  p <- plogis(eta)
  a <- pick(cbind(.38 * p, .62 * p, .42 * (1 - p), .36 * (1 - p), .22 * (1 - p)))
  u <- runif(n)
  a[u < refused + curly + straight] <- 6
  a[u < refused + curly] <- 7
  a[u < refused] <- 8
  agree5[a]
}
trust <- answer5(trust_p + .3 * lean, .030, .006, .008)
fair <- answer5(fair_p, .045, .008, .007)
job_p <- plogis(-.05 + .6 * ward_effect + .5 * lean + .25 * (trust %in% agree5[1:2]))
good_job <- pick(cbind(.25 * job_p, .75 * job_p, .62 * (1 - job_p), .25 * (1 - job_p), .13 * (1 - job_p)))
satisfied7 <- c("Completely satisfied", "Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied",
                "Fairly dissatisfied", "Very dissatisfied", "Completely dissatisfied", "Don't know")
sat_p <- plogis(qlogis(c(.5, .30, .35, .59)[chan]) + .5 * ward_effect + .25 * lean + c(.05, 0, -.15, 0, -.2, 0)[eth])
sat <- pick(cbind(.2 * sat_p, .35 * sat_p, .45 * sat_p, .22 * (1 - sat_p), .28 * (1 - sat_p), .25 * (1 - sat_p), .25 * (1 - sat_p)))
sat[runif(n) < .02] <- 8
satisfied <- ifelse(chan == 1, "", satisfied7[sat])     # asked only of people who had contact

# Weights: borough size, household size and a little calibration noise; mean 1.
weight <- exp(rnorm(32, sd = .25))[borough] * c(.62, 1, 1.3, 1.7)[pick(matrix(c(.3, .42, .18, .10), n, 4, byrow = TRUE))] *
  exp(rnorm(n, sd = .15)) * ifelse(young, 1.12, .95)
weight <- weight / mean(weight)
ethnicity <- ethnicities[eth]
ethnicity[runif(n) < .006] <- ""                        # a few did not say

lines <- sprintf("%d,%d/%d/%d,%s,Ward %d,%.6f,%s,%d,%s,%s,%s,%s,%d,%s", 100000L + seq_len(n), as.integer(format(date, "%d")),
                 as.integer(format(date, "%m")), as.integer(format(date, "%Y")), boroughs[borough], as.integer(ward), weight, ethnicity,
                 as.integer(age), sex, channels[chan], trust, fair, as.integer(good_job), satisfied)
lines <- lines[order(date, runif(n))]                   # in the order of fieldwork
lines <- sub("^[0-9]+", "", lines)
write_bytes(c("respondent,interview_date,borough,ward,weight,ethnicity,age,sex,channel,trust,fair,good_job,satisfied",
              paste0(100000L + seq_len(n), lines)), "demo-interviews.csv")

# ---- 2. A published series, in the two layouts that such files come in ---------------------------------------------------
areas <- c("Camden", "Croydon", "Hackney", "Havering", "Newham", "City of Westminster")
measures <- c("\"Good Job\" local", "Treat everyone fairly", "Trust MPS")
years <- rep(2021:2023, each = 4)
ends <- data.frame(y = years, m = rep(c(3, 6, 9, 12), 3), d = rep(c(31, 30, 30, 31), 3))
start <- c(.58, .66, .77)
slope <- c(-.006, -.003, -.005)
comma <- "Date,Survey,Borough,Measure,Proportion,MPS,,,,"
semicolon <- "Date;Survey;Borough;Measure;Proportion;MPS"
number <- function(x) sub(".", ",", format(round(x, 2), digits = 2, trim = TRUE), fixed = TRUE)
quoted <- function(x) ifelse(grepl("[\",;]", x), paste0("\"", gsub("\"", "\"\"", x), "\""), x)
area_effect <- matrix(rnorm(18, sd = .06), 6)
for (t in 1:12) for (k in 1:3) {
  total <- start[k] + slope[k] * (t - 1) + rnorm(1, sd = .006)
  for (a in 1:6) {
    value <- total + area_effect[a, k] + rnorm(1, sd = .018)
    pair <- vapply(c(value, total), number, "")
    comma <- c(comma, sprintf("%d/%d/%d,DEMO,%s,%s,%s,%s,,,,", ends$d[t], ends$m[t], ends$y[t], areas[a], quoted(measures[k]),
                              quoted(pair[1]), quoted(pair[2])))
    semicolon <- c(semicolon, sprintf("%02d/%02d/%d;DEMO;%s;%s;%s;%s", ends$d[t], ends$m[t], ends$y[t], areas[a],
                                      quoted(measures[k]), pair[1], pair[2]))
  }
}
write_bytes(comma, "demo-series-comma.csv", last = "")  # no newline at the end
write_bytes(semicolon, "demo-series-semicolon.csv", end = "\r\n")

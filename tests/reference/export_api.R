# Writes R's example data as CSV, for a developer who wants to run the optional tests over estimates-api.csv. The files are not part of the project.
#   Rscript export_api.R FOLDER
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(!is.na(folder)); dir.create(folder, showWarnings = FALSE, recursive = TRUE)
data(api); data(nhanes); data(scd); data(fpc)
for (name in c("apisrs", "apistrat", "apiclus1", "apiclus2", "nhanes", "scd", "fpc")) write.csv(get(name), file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "")

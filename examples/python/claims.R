# Who denies what, from `dateline export --store news.db --what claims --to claims.parquet`.
# install.packages(c("arrow", "dplyr"))
library(arrow)
library(dplyr)

claims <- read_parquet("claims.parquet")
claims |>
  filter(stance == "deny", confidence >= 0.7) |>
  select(day, outlet, speaker, speaker_code, quote) |>
  arrange(day) |>
  print(n = 20)

# Events: parties are lists of rows, which unnest takes apart.
# library(tidyr)
# read_parquet("events.parquet") |> unnest(actor, names_sep = "_") |> count(actor_code, type, sort = TRUE)

#!/usr/bin/env bash
# Makes an embedded model from a data folder: prepares, trains, exports, tests. The first time it also trains
# the four teachers and has them read the raw news. Made for a graphics card (half an hour for everything on an
# H200); it runs on a processor too, for days.
#   train/run.sh MODEL DATA [WORK]      MODEL is fine or swift
# Killed at any moment and run again, it goes on from the last checkpoint in WORK.
set -euo pipefail
model=${1:?usage: train/run.sh fine|swift DATA [WORK]}
data=$(realpath -e "${2:?usage: train/run.sh fine|swift DATA [WORK]}")
work=${3:-${XDG_CACHE_HOME:-$HOME/.cache}/dateline-train}
mkdir -p "$work"
work=$(realpath "$work")
cd "$(dirname "$0")"
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet -r requirements.txt
fi
export PYTHONDONTWRITEBYTECODE=1
workers=4  # processes that make batches: as many as in the runs that ship, since they decide the order
run() { local part=$1; shift; "$work/venv/bin/python" -m "dateline_train.$part" "$@" --work "$work"; }
if [ ! -f "$work/taught.pt" ]; then
  for seed in 1 2 3 4; do
    run train teacher --data "$data" --seed "$seed" --workers "$workers"
  done
  run teach --data "$data"
fi
run train "$model" --data "$data" --workers "$workers"
run export "$model" --out ../crates/syntax/model
cd .. && cargo test --release -p dateline-syntax --lib network::parity

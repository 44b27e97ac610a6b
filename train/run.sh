#!/usr/bin/env bash
# Makes an embedded model from a data folder: prepares, trains, exports, tests.
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
run() { local part=$1; shift; "$work/venv/bin/python" -m "dateline_train.$part" "$@" --work "$work"; }
if [ "$model" = swift ] && [ ! -f "$work/taught.pt" ]; then
  if [ ! -f "$work/fine/checkpoint.pt" ]; then
    echo "train/run.sh: fine teaches swift; run train/run.sh fine $data $work first" >&2
    exit 2
  fi
  run teach --data "$data"
fi
run train "$model" --data "$data"
run export "$model" --out ../crates/syntax/model
cd .. && cargo test --release -p dateline-syntax --lib network::parity

#!/usr/bin/env bash
# Makes the embedded reading network from a data folder: prepares, trains, exports, tests.
#   train/run.sh DATA [WORK]
# Killed at any moment and run again, it goes on from the last checkpoint in WORK.
set -euo pipefail
data=$(realpath -e "${1:?usage: train/run.sh DATA [WORK]}")
work=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/dateline-train}
mkdir -p "$work"
work=$(realpath "$work")
cd "$(dirname "$0")"
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet -r requirements.txt
fi
export PYTHONDONTWRITEBYTECODE=1
"$work/venv/bin/python" -m dateline_train.train --data "$data" --work "$work"
"$work/venv/bin/python" -m dateline_train.export --work "$work" --out ../crates/syntax/model/swift.bin
cd .. && cargo test --release -p dateline-syntax --lib network::parity

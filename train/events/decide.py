"""Runs `event_decisions` over records, and keeps what it says."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
COMMAND = ["cargo", "run", "--quiet", "--release", "--manifest-path", f"{ROOT}/Cargo.toml", "-p", "dateline", "--example", "event_decisions"]


def decisions(records):
    """What the tables would be asked about each record: `candidates` and `events` (see the example's head)."""
    lines = []
    for r in records:
        keep = {k: r[k] for k in ("id", "text", "published", "spans")}
        keep["events"] = [{"trigger": e["trigger"], "type": e["type"]} for e in r["events"]]
        lines.append(json.dumps(keep) + "\n")
    out = subprocess.run(os.environ.get("DECISIONS", "").split() or COMMAND, input="".join(lines).encode(), stdout=subprocess.PIPE, check=True).stdout
    found = [json.loads(line) for line in out.splitlines()]
    assert [f["id"] for f in found] == [r["id"] for r in records]
    return found


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


if __name__ == "__main__":
    sys.exit("a module of train_judge.py")

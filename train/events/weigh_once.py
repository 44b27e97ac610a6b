#!/usr/bin/env python3
"""Fits which mentions are of one event (crates/did/src/once.rs) and writes crates/did/model/once.tsv.

    weigh_once.py --news DIR [--pairs COMMAND] [--out FILE] [--penalty X] [--least N]

Learns from the pairs of train/annotations/same.tsv, which were judged one by one. First five times, each without a fifth of
the articles, on which it is counted: of the pairs that are put together how many are one event (precision), and of those
that are one event how many are put together (recall), at several bars. Then on all. Pairs and features come from
`cargo run --release -p dateline --example event_pairs`, or from COMMAND. Needs nothing but Python.
"""
import argparse
import csv
import gzip
import hashlib
import json
import os
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../claims"))
from decide import overlaps  # noqa: E402
from fit_confidence import fit, logistic, table, total, write  # noqa: E402

PAIRS = "cargo run --quiet --release -p dateline --example event_pairs"
HEADER = """# Weights of whether two mentions are of one event: a logistic model over the features of crates/did/src/once.rs.
# Made by train/events/weigh_once.py; not to be corrected by hand.
feature\tvalue\tweight
"""


def judged(news, command):
    """(article, features, one event) of each judged pair that is among those compared; and how many are not."""
    pairs, texts = {}, {}
    with open(f"{HERE}/../annotations/same.tsv", encoding="utf8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            if r["same"] in "yn":
                span = lambda k: [int(x) for x in r[k].split("-")]
                pairs.setdefault((r["set"], r["article"]), []).append((span("first"), span("second"), r["same"] == "y"))
    for name in sorted({s for s, _ in pairs}):
        with gzip.open(f"{news}/{name}.jsonl.gz", "rt", encoding="utf8") as f:
            texts.update({(name, a["id"]): a for a in map(json.loads, f) if (name, a["id"]) in pairs})
    keys = sorted(pairs)
    lines = "".join(json.dumps({"id": f"{n}", "text": texts[k]["text"], "published": texts[k].get("date")}) + "\n" for n, k in enumerate(keys))
    done = subprocess.run(shlex.split(command), input=lines.encode(), stdout=subprocess.PIPE, check=True)
    rows, missed = [], 0
    for key, line in zip(keys, done.stdout.splitlines()):
        compared = json.loads(line)["pairs"]
        for first, second, same in pairs[key]:
            found = next((f for a, b, f in compared if overlaps(a, first) and overlaps(b, second)), None)
            missed += found is None
            if found is not None:
                rows.append((key, [((f, v), x) for f, v, x in found], same))
    return rows, missed


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--news", required=True)
    p.add_argument("--pairs", metavar="COMMAND", default=PAIRS)
    p.add_argument("--out", default=os.path.join(HERE, "../../crates/did/model/once.tsv"))
    p.add_argument("--penalty", type=float, default=0.05)
    p.add_argument("--least", type=int, default=20)
    o = p.parse_args()
    rows, missed = judged(o.news, o.pairs)
    print(f"{len(rows)} pairs, {sum(same for *_, same in rows)} of one event; {missed} that are not compared")
    fold = lambda key: int(hashlib.sha1("/".join(key).encode()).hexdigest(), 16) % 5
    learn = lambda keep: fit([(f, same, 0.0) for key, f, same in rows if keep(fold(key))], least=o.least, penalty=o.penalty)
    held = []
    for n in range(5):
        weights = learn(lambda of: of != n)
        held += [(logistic(total(weights, f)), same) for key, f, same in rows if fold(key) == n]
    table([(None, same, q) for q, same in held], lambda _, q: q)
    for bar in (0.4, 0.5, 0.6, 0.7, 0.8):
        put = [same for q, same in held if q >= bar]
        print(f"bar {bar}: {len(put)} put together, precision {sum(put) / max(1, len(put)):.3f}, recall {sum(put) / sum(same for _, same in held):.3f}")
    weights = learn(lambda of: True)
    write(o.out, HEADER, weights)


if __name__ == "__main__":
    main()

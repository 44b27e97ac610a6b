#!/usr/bin/env python3
"""Fits the confidence of events (crates/did/src/weigh.rs) and writes crates/did/model/confidence.tsv.

    weigh_events.py --data DIR [--features COMMAND] [--out FILE]

An event is right if it is of the type that stories.jsonl gives its story. Coders of stories give one type each, so that
events that are right but beside the point count as wrong: what is fitted is which events a story is about. The model
is first fitted five times, each without a fifth of the headline patterns, and judged on the stories of that fifth by
the type of most confidence, as score_events.py has it. Then it is fitted on all. Annotators of passages mark every event; so
the sum is stretched and shifted as fits best both the stories that were left out and the watched passages of our corpus, a
quarter of the whole. The events and their features come from `cargo run --release -p dateline --example event_features`, or from
COMMAND, whose tables have not seen those passages. Needs nothing but Python.
"""
import argparse
import json
import math
import os
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../claims"))
import sets  # noqa: E402
from decide import overlaps  # noqa: E402
from fit_confidence import fit, logistic, table, total, write  # noqa: E402

FEATURES = "cargo run --quiet --release -p dateline --example event_features"
STORIES = 3.0  # how much stories count beside passages: with less the type of most confidence is seldomer the story's
HEADER = """# Weights of the confidence of events: a logistic model over the features of crates/did/src/weigh.rs.
# Made by train/events/weigh_events.py; not to be corrected by hand.
feature\tvalue\tweight
"""


def told(records, command, right):
    """For each record its events: (features, right(record, event), trigger's start, type); not those where `right` is None."""
    lines = "".join(json.dumps({k: r[k] for k in ("id", "text", "published")}) + "\n" for r in records)
    done = subprocess.run(shlex.split(command), input=lines.encode(), stdout=subprocess.PIPE, check=True)
    for record, line in zip(records, done.stdout.splitlines()):
        found = json.loads(line)
        assert found["id"] == record["id"]
        judged = [(e, right(record, e)) for e in found["events"]]
        yield [([((f, v), x) for f, v, x in e["features"]], is_right, min(s for s, _ in e["trigger"]), e["type"])
               for e, is_right in judged if is_right is not None]


def marked(record, event):
    """Whether an event is marked with its type in a passage; None outside of the passage."""
    meets = lambda spans: any(overlaps(a, b) for a in event["trigger"] for b in spans)
    if not meets(record["spans"]):
        return None
    return any(e["type"] == event["type"] and meets(e["pieces"]) for e in record["events"])


def stretched(sums):
    """The stretch and shift that fit (sum, right, weight) best, by Newton's method, halving steps that go too far."""
    def loss(a, b):
        chance = lambda z, y: max(1e-12, logistic(a * z + b) if y else 1 - logistic(a * z + b))
        return -sum(weight * math.log(chance(z, y)) for z, y, weight in sums)

    a, b = 1.0, 0.0
    now = loss(a, b)
    for _ in range(20):
        ga = gb = haa = hab = hbb = 0.0
        for z, y, weight in sums:
            q = logistic(a * z + b)
            w = weight * q * (1 - q)
            ga, gb = ga + weight * (q - y) * z, gb + weight * (q - y)
            haa, hab, hbb = haa + w * z * z, hab + w * z, hbb + w
        det = haa * hbb - hab * hab
        da, db, step = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det, 1.0
        while step > 1e-3 and loss(a - step * da, b - step * db) > now:
            step /= 2
        a, b = a - step * da, b - step * db
        now = loss(a, b)
    return a, b


def label(rows, weights, headline):
    """The type of most confidence, events of the headline counted double."""
    sums = {}
    for features, _, at, kind in rows:
        sums[kind] = sums.get(kind, 0.0) + logistic(total(weights, features)) * (2 if at < headline else 1)
    return max(sorted(sums), key=sums.get) if sums else None


def macro_f1(pairs):
    """Mean F1 of the types, of pairs of gold and found."""
    scores = []
    for kind in sets.TYPES:
        right = sum(g == f == kind for g, f in pairs)
        both = sum(g == kind for g, _ in pairs) + sum(f == kind for _, f in pairs)
        if any(g == kind for g, _ in pairs):
            scores.append(2 * right / both)
    return sum(scores) / len(scores)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--features", metavar="COMMAND", default=FEATURES)
    p.add_argument("--out", default=os.path.join(HERE, "../../crates/did/model/confidence.tsv"))
    o = p.parse_args()
    stories = list(sets.stories(o.data))
    found = list(told(stories, o.features, lambda story, event: event["type"] == story["label"]))
    passages = list(told([r for i, r in enumerate(sets.corpus(o.data, "train")) if sets.watched(i)], o.features, marked))
    flat = lambda keep: [(features, right, 0.0) for s, rows in zip(stories, found) if keep(s) for features, right, _, _ in rows]
    held, sums = [], []
    for fold in range(5):
        weights = fit(flat(lambda s: s["fold"] != fold))
        for s, rows in zip(stories, found):
            if s["fold"] == fold:
                held.append((s["label"], label(rows, weights, s["spans"][0][1])))
                sums += [(total(weights, features), right) for features, right, _, _ in rows]
    weights = fit(flat(lambda s: True))
    annotated = [(total(weights, features), right) for rows in passages for features, right, _, _ in rows]
    a, b = stretched([(z, y, STORIES / len(sums)) for z, y in sums] + [(z, y, 1 / len(annotated)) for z, y in annotated])
    print(f"stretched by {a:.3f}, shifted by {b:+.3f}")
    weights = {f: w * a for f, w in weights.items()}
    weights["bias", ""] += b
    for name, some in (("stories", sums), ("passages", annotated)):
        print(name)
        table([(None, y, logistic(a * z + b)) for z, y in some], lambda _, p: p)
    print(f"stories whose headlines were left out: macro F1 {macro_f1(held):.3f}, right {sum(g == f for g, f in held) / len(held):.3f}")
    write(o.out, HEADER, weights)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How far two codings of the same passages agree.

usage: agreement.py [EVENTS [SECOND]]      events.tsv against second.tsv: people against each other

Only sentences of passages that SECOND has are compared. Two events match if they have the same sentence and a word of their triggers in
common; each matches one at most.
  trigger        F1 of matching events, whatever their type
  type           F1 of those of the same type
  arguments      F1 of those of the same type, with the right actor and recipient: on each side both have none, or
                 some party of the one overlaps a party of the other
  polarity, modality   share of those of the same type that have the same; both: polarity and modality
"""
import csv
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def read(path):
    with open(path, encoding="utf8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    cell = lambda text: [tuple(map(int, s.split("-"))) for s in text.split()]
    for r in rows:
        r.update({c: cell(r[c]) for c in ("trigger", "actor", "recipient")})
    return rows


def overlap(a, b):
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def same_side(a, b):
    return overlap(a, b) if a or b else True


def match(first, second):
    """Pairs of events, those of the same type first."""
    pairs, used = [], set()
    key = lambda r: (r["passage"], r["sentence"])
    near = {}
    for i, r in enumerate(second):
        near.setdefault(key(r), []).append(i)
    left = list(range(len(first)))
    for typed in (True, False):
        for n in left[:]:
            a = first[n]
            for i in near.get(key(a), []):
                b = second[i]
                if i not in used and overlap(a["trigger"], b["trigger"]) and (not typed or a["type"] == b["type"]):
                    used.add(i)
                    left.remove(n)
                    pairs.append((a, b))
                    break
    return pairs


def report(pairs, total):
    """Prints the figures of matching pairs, of `total` events on both sides together."""
    typed = [(a, b) for a, b in pairs if a["type"] == b["type"]]
    args = sum(same_side(a["actor"], b["actor"]) and same_side(a["recipient"], b["recipient"]) for a, b in typed)
    share = lambda what: sum(all(a[w] == b[w] for w in what) for a, b in typed) / max(1, len(typed))
    for name, n in (("trigger", len(pairs)), ("type", len(typed)), ("arguments", args)):
        print(f"{name:10} F1 {2 * n / max(1, total):.3f}")
    for name, what in (("polarity", ["polarity"]), ("modality", ["modality"]), ("both", ["polarity", "modality"])):
        print(f"{name:10} {share(what):.3f} of {len(typed)}")


def main():
    first = read(sys.argv[1] if len(sys.argv) > 1 else f"{HERE}/events.tsv")
    second = read(sys.argv[2] if len(sys.argv) > 2 else f"{HERE}/second.tsv")
    seen = {r["passage"] for r in second}
    first = [r for r in first if r["passage"] in seen]
    print(f"events {len(first)} and {len(second)}")
    report(match(first, second), len(first) + len(second))


if __name__ == "__main__":
    main()

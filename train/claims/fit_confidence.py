#!/usr/bin/env python3
"""Fits the confidence of claims, and prints how well it is calibrated.

    fit_confidence.py [--train DIR [--calibrate DIR]] [--check DIR] [--features COMMAND]

DIR has text/ and attributions/ (see gold.py). The claims and their features come from
`cargo run --release -p dateline-said --example claim_features`, or from COMMAND. A logistic model is
fitted with AdaGrad and a quadratic penalty, in a fixed order, so that the same input gives the same
weights; they are written to crates/said/model/confidence.tsv. The network has seen its own training
texts and is surer of them, so with --calibrate one half of a second folder's texts (chosen by a hash
of their names) stretches and shifts the sum, by two numbers. --check prints the reliability of what
is built in, on the other half of a folder and on the whole. So: fit, rebuild, check.

Needs nothing but Python. Run it again whenever the network changes: its scores do, too.
"""
import argparse
import collections
import hashlib
import json
import math
import os
import random
import shlex
import subprocess

import gold as gold_claims

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, "../../crates/said/model/confidence.tsv")
FEATURES = "cargo run --quiet --release -p dateline-said --example claim_features"
HEADER = """# Weights of the confidence of claims: a logistic model over the features of crates/said/src/weigh.rs.
# Made by train/claims/fit_confidence.py; not to be corrected by hand.
feature\tvalue\tweight
"""


def first_half(stem):
    return int(hashlib.sha1(stem.encode()).hexdigest(), 16) % 2 == 0


def examples(folder, command, wanted=lambda stem: True):
    """[(features, right, confidence as it is now)] of all that might be a claim in the wanted texts."""
    gold = gold_claims.read(folder)
    stems = [s for s in sorted(gold) if wanted(s)]
    articles = "".join(json.dumps({"id": s, "text": gold[s][0]}) + "\n" for s in stems)
    done = subprocess.run(shlex.split(command), input=articles.encode(), stdout=subprocess.PIPE, check=True)
    out = []
    for line in done.stdout.decode().splitlines():
        article = json.loads(line)
        text, known = gold[article["id"]]
        found = article["claims"]
        right = {j for _, j, agrees in gold_claims.pairs(text, known, found) if agrees}
        for j, claim in enumerate(found):
            features = [((f, v), x) for f, v, x in claim["features"]]
            out.append((features, j in right, claim["confidence"]))
    return out


def logistic(x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def fit(rows, least=5, epochs=30, rate=0.3, penalty=2e-4):
    """Weights of the features that at least `least` rows have."""
    counts = collections.Counter(f for features, _, _ in rows for f, _ in features)
    rows = [([(f, x) for f, x in features if counts[f] >= least], y) for features, y, _ in rows]
    weights, squares = collections.defaultdict(float), collections.defaultdict(lambda: 1e-8)
    order = list(range(len(rows)))
    shuffle = random.Random(1)
    for epoch in range(epochs):
        shuffle.shuffle(order)
        step = rate * (1 - epoch / epochs)
        for at in order:
            features, y = rows[at]
            error = logistic(sum(weights[f] * x for f, x in features)) - y
            for f, x in features:
                gradient = error * x + penalty * weights[f]
                squares[f] += gradient * gradient
                weights[f] -= step * gradient / math.sqrt(squares[f])
    return weights


def total(weights, features):
    return sum(weights.get(f, 0.0) * x for f, x in features)


def write(path, header, weights):
    """The weights as a table under a header, in the order of their features."""
    with open(path, "w", encoding="utf-8") as f:
        f.write(header)
        for (feature, value), weight in sorted(weights.items()):
            f.write(f"{feature}\t{value}\t{weight:.3f}\n")


def calibrate(weights, rows):
    """Weights whose sum is stretched and shifted as fits these rows best, by Newton's method."""
    sums = [(total(weights, features), y) for features, y, _ in rows]
    a, b = 1.0, 0.0
    for _ in range(50):
        ga = gb = haa = hab = hbb = 0.0
        for z, y in sums:
            p = logistic(a * z + b)
            w = p * (1 - p)
            ga, gb = ga + (p - y) * z, gb + p - y
            haa, hab, hbb = haa + w * z * z, hab + w * z, hbb + w
        det = haa * hbb - hab * hab
        a, b = a - (hbb * ga - hab * gb) / det, b - (haa * gb - hab * ga) / det
    print(f"calibrated on {len(sums)} claims: stretched by {a:.3f}, shifted by {b:+.3f}")
    out = {f: w * a for f, w in weights.items()}
    out["bias", ""] = out.get(("bias", ""), 0.0) + b
    return out


def table(rows, probability):
    """The reliability of probabilities: how many claims of each tenth are right."""
    bins = [[0, 0, 0.0] for _ in range(10)]
    loss = 0.0
    for features, y, now in rows:
        p = probability(features, now)
        cell = bins[min(9, int(p * 10))]
        cell[0] += 1
        cell[1] += y
        cell[2] += p
        loss -= math.log(max(1e-9, p if y else 1 - p))
    print("confidence  claims  mean   right")
    for at, (n, right, mean) in enumerate(bins):
        if n:
            bar = "#" * round(40 * right / n)
            print(f"{at / 10:.1f} - {(at + 1) / 10:.1f}  {n:6}  {mean / n:.3f}  {right / n:.3f}  {bar}")
    error = sum(abs(right - mean) for _, right, mean in bins) / len(rows)
    print(f"{len(rows)} claims, expected calibration error {error:.4f}, log loss {loss / len(rows):.4f}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--train", metavar="DIR", help="fit on this folder and write the weights")
    ap.add_argument("--calibrate", metavar="DIR", help="stretch and shift them on one half of this folder")
    ap.add_argument("--check", metavar="DIR", help="print the tables of this folder, with what is built in now")
    ap.add_argument("--features", metavar="COMMAND", default=FEATURES)
    args = ap.parse_args()
    if args.train:
        rows = examples(args.train, args.features)
        weights = fit(rows)
        table(rows, lambda features, _: logistic(total(weights, features)))
        if args.calibrate:
            weights = calibrate(weights, examples(args.calibrate, args.features, first_half))
        write(MODEL, HEADER, {f: w for f, w in weights.items() if abs(w) >= 0.005})
    if args.check:
        for name, wanted in (("other half", lambda s: not first_half(s)), ("whole", lambda s: True)):
            print(f"{args.check}, {name}")
            table(examples(args.check, args.features, wanted), lambda _, now: now)


if __name__ == "__main__":
    main()

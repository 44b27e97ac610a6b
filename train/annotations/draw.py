#!/usr/bin/env python3
"""Draws the passages that are annotated: articles at random from the raw news, of each a few sentences in a row.

usage: draw.py --news DIR --dateline BINARY > passages.tsv
       draw.py --news DIR --dateline BINARY --after passages.tsv --seed 21 >> passages.tsv      more, of other articles
       draw.py ... --times 4                                                                    four times as many
       draw.py ... --after passages.tsv --again                     of articles drawn before, other sentences (none of those for counting)

One passage an article, unless `--again`. Its sentences are dateline's; the offsets written here are what counts from then on.
Columns: passage, set (file of DIR), article (its id), part (`train`, or `count`: kept for counting, never looked
at while building), sentences (`start-end` in code points of the article's text, in order).
"""
import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile

SHARES = {"te3-silver": 264, "bbc": 104, "polnear": 118, "muc": 120, "tbaq": 44}
SENTENCES = 5
COUNT = 63


def articles(news, name):
    with gzip.open(f"{news}/{name}.jsonl.gz", "rt", encoding="utf8") as f:
        return sorted((json.loads(line) for line in f), key=lambda a: a["id"])


def sentences(binary, drawn):
    """Spans of the sentences of each article that hold a letter."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as f:
        for n, (_, a) in enumerate(drawn):
            f.write(json.dumps({"id": str(n), "text": a["text"], "published": a["date"]}) + "\n")
        f.flush()
        out = subprocess.run([binary, "read", "--format", "jsonl", f.name], check=True, capture_output=True, text=True).stdout
    for (_, a), line in zip(drawn, out.splitlines(), strict=True):
        spans = [s["span"] if isinstance(s, dict) else s for s in json.loads(line)["sentences"]]
        yield [(s, e) for s, e in spans if sum(c.isalpha() for c in a["text"][s:e]) > 8]


def longest_run(spans, taken):
    """The longest row of sentences of which none was drawn before, and not one of a single sentence."""
    runs = [[]]
    for s, e in spans:
        if any(s < z and a < e for a, z in taken):
            runs.append([])
        else:
            runs[-1].append((s, e))
    best = max(runs, key=len)
    return best if len(best) > 1 or not taken else []


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--news", required=True)
    p.add_argument("--dateline", required=True)
    p.add_argument("--seed", type=int, default=20)
    p.add_argument("--after")
    p.add_argument("--times", type=int, default=1)
    p.add_argument("--again", action="store_true")
    o = p.parse_args()
    rng = random.Random(o.seed)
    known = [line.rstrip("\n").split("\t") for line in open(o.after, encoding="utf8")][1:] if o.after else []
    old, counted = {}, {(name, article) for _, name, article, part, _ in known if part == "count"}
    for _, name, article, _, spans in known:
        old.setdefault((name, article), []).extend(tuple(map(int, s.split("-"))) for s in spans.split())
    wanted = (lambda key: key in old and key not in counted) if o.again else (lambda key: key not in old)
    drawn = []
    for name, n in SHARES.items():
        fresh = [a for a in articles(o.news, name) if wanted((name, a["id"]))]
        drawn += [(name, a) for a in rng.sample(fresh, min(n * o.times, len(fresh)))]
    rng.shuffle(drawn)
    if not known:
        print("passage\tset\tarticle\tpart\tsentences")
    found = zip(drawn, sentences(o.dateline, drawn), strict=True)
    left = [(name, a, longest_run(spans, old.get((name, a["id"]), []))) for (name, a), spans in found]
    number = 1 + max((int(row[0][1:]) for row in known), default=-1)
    for n, (name, a, spans) in enumerate(row for row in left if row[2]):
        # half of the passages are openings, where news tells most
        first = 0 if rng.random() < 0.5 else rng.randrange(max(1, len(spans) - SENTENCES + 1))
        chosen = spans[first:first + SENTENCES]
        part = "count" if n < COUNT and not known else "train"
        print(f"P{number + n:03}", name, a["id"], part, " ".join(f"{s}-{e}" for s, e in chosen), sep="\t")


if __name__ == "__main__":
    sys.exit(main())

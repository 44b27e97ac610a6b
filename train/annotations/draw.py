#!/usr/bin/env python3
"""Draws the passages that are annotated: articles at random from the raw news, of each a few sentences in a row.

usage: draw.py --news DIR --dateline BINARY > passages.tsv
       draw.py --news DIR --dateline BINARY --after passages.tsv --seed 21 >> passages.tsv      more, of other articles

One passage an article. Its sentences are dateline's; the offsets written here are what counts from then on.
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


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--news", required=True)
    p.add_argument("--dateline", required=True)
    p.add_argument("--seed", type=int, default=20)
    p.add_argument("--after")
    o = p.parse_args()
    rng = random.Random(o.seed)
    known = [line.split("\t")[:4] for line in open(o.after, encoding="utf8")][1:] if o.after else []
    old = {(name, article) for _, name, article, _ in known}
    drawn = []
    for name, n in SHARES.items():
        fresh = [a for a in articles(o.news, name) if (name, a["id"]) not in old]
        drawn += [(name, a) for a in rng.sample(fresh, min(n, len(fresh)))]
    rng.shuffle(drawn)
    if not known:
        print("passage\tset\tarticle\tpart\tsentences")
    for n, ((name, a), spans) in enumerate(zip(drawn, sentences(o.dateline, drawn), strict=True)):
        # half of the passages are openings, where news tells most
        first = 0 if rng.random() < 0.5 else rng.randrange(max(1, len(spans) - SENTENCES + 1))
        chosen = spans[first:first + SENTENCES]
        part = "count" if n < COUNT and not known else "train"
        print(f"P{len(known) + n:03}", name, a["id"], part, " ".join(f"{s}-{e}" for s, e in chosen), sep="\t")


if __name__ == "__main__":
    sys.exit(main())

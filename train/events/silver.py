#!/usr/bin/env python3
"""Reads raw news with the teacher (teacher.py) and keeps what it says, for train_judge.py to learn from.

    silver.py --data DIR --work DIR [--words 1000000]

Articles of DIR/news in a fixed random order, without those of the counting passages and of muc-dev. WORK/silver.pkl gets
`triggers`: features of a word, the probabilities of its types (no event last), weight, of every third word that is surely no
event and of all others; and `parties`: features of a party of an event that the teacher finds, the probabilities of its
having no part, being actor, being recipient, and how probable the event is. A million words take half an hour on one core.
"""
import argparse
import glob
import gzip
import json
import os
import pickle
import random
import re

import numpy as np
import torch

import sets
import sheets
from decide import decisions
from teacher import Teacher, Window, batches
from train_judge import NONE

LENGTH = 1100  # characters of a window
EVENT = 0.35  # how probable an event must be for its parties to be asked for
SURE, KEPT = 0.98, 0.35  # what is no event as surely as this is kept as often as that
CUT = re.compile(r"\n+|(?<=[.!?\"])\s+(?=[A-Z\"])")


def articles(data, words):
    passages = sheets.Passages(f"{data}/news")
    left_out = {passages.article(n)["id"] for n, r in passages.rows.items() if r["part"] == "count"}
    with open(f"{data}/events/muc-dev.jsonl", encoding="utf8") as f:
        left_out |= {json.loads(line)["docid"] for line in f}
    found = []
    for path in sorted(glob.glob(f"{data}/news/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf8") as f:
            found += [a for a in map(json.loads, f) if a["id"] not in left_out]
    random.Random(5).shuffle(found)
    for n, a in enumerate(found):
        words -= len(a["text"].split())
        yield {"id": str(n), "text": a["text"], "published": a.get("date"), "spans": [[0, len(a["text"])]], "events": []}
        if words < 0:
            return


def pieces(text):
    """Spans of at most LENGTH characters, whole sentences where they can be told."""
    start = last = 0
    for end in [m.end() for m in CUT.finditer(text)] + [len(text)]:
        if end - start > LENGTH and last > start:
            yield start, last
            start = last
        last = end
    yield start, len(text)


@torch.no_grad()
def said(net, windows):
    """The teacher's probabilities for each window: of its words, of the parties of its events."""
    for n, some in enumerate(batches(windows, 1600)):
        types, parts = (torch.softmax(x, 1).numpy().astype(np.float16) for x in net(some))
        for w in some:
            asked = sum(len(e.parties) for e in w.events)
            yield w, types[:len(w.words)], parts[:asked]
            types, parts = types[len(w.words):], parts[asked:]
        if n % 100 == 0:
            print(f"{n} batches", flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--work", required=True)
    p.add_argument("--words", type=int, default=1_000_000)
    o = p.parse_args()
    torch.set_num_threads(1)
    net, chance = Teacher(), random.Random(3)
    net.load_state_dict(torch.load(os.path.join(o.work, "teacher.pt")))
    net.eval()
    records = list(articles(o.data, o.words))
    found = decisions(records)
    by_record = [[w for w in (Window(net.tokenizer, r["text"], s, f) for s in pieces(r["text"])) if w.words] for r, f in zip(records, found)]
    record_of = {id(w): n for n, some in enumerate(by_record) for w in some}
    triggers = []
    for w, types, _ in said(net, [w for some in by_record for w in some]):
        for word, share in zip(w.words, types):
            if share[NONE] <= 1 - EVENT:
                event = {"trigger": list(word.span), "type": sets.TYPES[int(share[:NONE].argmax())], "share": float(1 - share[NONE])}
                records[record_of[id(w)]]["events"].append(event)
            if share[NONE] <= SURE or chance.random() < KEPT:
                triggers.append((word.features.astype(np.uint16), share, 1.0 if share[NONE] <= SURE else 1 / KEPT))
    for r, f, some in zip(records, decisions([{**r, "spans": []} for r in records]), by_record):
        for told in f["events"]:
            event = r["events"][told["gold"]]
            for w in some:
                w.add(event, told["parties"], [-1] * len(told["parties"]))
    parties = []
    for w, _, parts in said(net, [w for some in by_record for w in some if w.events]):
        told = [(party, e.share) for e in w.events for party in e.parties]
        parties += [(party.features.astype(np.uint16), share, weight) for (party, weight), share in zip(told, parts)]
    with open(os.path.join(o.work, "silver.pkl"), "wb") as f:
        pickle.dump({"triggers": triggers, "parties": parties}, f)
    print(f"{len(triggers)} words, {len(parties)} parties")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Marks in crates/did/model/words.bin the words that are no trigger: common ones in which dateline finds no event.

    idle_words.py --data DIR [--dateline BINARY] [--words FILE]

DIR/news is read whole but for the articles of the counting passages (silver.py). A lemma that stands there OFTEN times as
a verb, noun, adjective or name, in at most one of RARE as the trigger of an event, and in as few as one in the codings
(which have half of the news), is not asked about any more where no frame fits it. The mark is the highest bit of what a word is like. Run it when judge.bin is
made, with a BINARY built of words without marks, as word_classes.py writes them: one with marks finds no event in them.
"""
import argparse
import collections
import json
import os
import struct
import subprocess
import tempfile

import sets
import silver
from word_classes import hash_of, table

OFTEN, RARE = 30, 200
MARK = 0x80
ASKED = {"VERB", "NOUN", "ADJ", "PROPN"}
WORDS = os.path.join(sets.HERE, "../../crates/did/model/words.bin")


def marked(rows, idle):
    """The rows of the words with the marks of those that are idle, and of no others."""
    for h, a, b, c, like in rows:
        yield h, a, b, c, like & ~MARK | (MARK if h in idle else 0)


def lemmas(conllu):
    """For each document its id and text's words: form, lower-case lemma, part of speech."""
    name, words, until = None, [], 0
    for line in conllu:
        if line.startswith("# newdoc"):
            if name is not None:
                yield name, words
            name, words = line.split("=", 1)[1].strip(), []
        elif line[:1].isdigit():
            c = line.split("\t")
            if "-" in c[0]:
                until = int(c[0].split("-")[1])
                words.append((c[1], "", ""))
            elif int(c[0]) > until:
                words.append((c[1], c[2].lower(), c[3]))
        elif not line.strip():
            until = 0
    if name is not None:
        yield name, words


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--dateline", default=os.path.join(sets.HERE, "../../target/release/dateline"))
    p.add_argument("--words", default=WORDS, help="the file to mark")
    o = p.parse_args()
    with open(o.words, "rb") as f:
        magic, body = f.read(8), f.read()
    seen, events = collections.Counter(), collections.Counter()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as f:
        texts = {}
        for a in silver.articles(o.data, 10**9):
            texts[a["id"]] = a["text"]
            f.write(json.dumps({k: a[k] for k in ("id", "text", "published")}) + "\n")
        f.flush()
        run = lambda layout: subprocess.Popen([o.dateline, "read", "--format", layout, f.name], stdout=subprocess.PIPE, text=True)
        triggers = {}
        for a in map(json.loads, run("jsonl").stdout):
            triggers[a["id"]] = {at for e in a["events"] for s, t in e["trigger"] for at in range(s, t)}
        for name, words in lemmas(run("conllu").stdout):
            at = 0
            for form, lemma, upos in words:
                found = texts[name].find(form, at)
                if found < 0:
                    continue
                at = found + len(form)
                if upos in ASKED:
                    seen[lemma] += 1
                    events[lemma] += found in triggers[name]
    # a word of a trigger in the codings may be one, and a verb of speech ("said that it would boycott the vote")
    coded = [*sets.corpus(o.data, "train"), *sets.single(o.data)]
    told = collections.Counter(w for a in coded for e in a["events"] for w in a["text"][slice(*e["trigger"])].lower().split())
    cues = {row["cue"] for row in table("cues") if row["pos"] == "verb"}
    idle = [w for w, n in seen.items() if n >= OFTEN and max(events[w], told[w]) * RARE <= n and w not in cues]
    rows = marked(struct.iter_unpack("<IBBHB", body), {hash_of(w) for w in idle})
    with open(o.words, "wb") as f:
        f.write(magic + b"".join(struct.pack("<IBBHB", *row) for row in rows))
    share = sum(seen[w] for w in idle) / sum(seen.values())
    print(f"{len(idle)} idle words, {100 * share:.0f} % of those that would be asked about; {sum(events[w] for w in idle)} events lost")
    print(" ".join(sorted(idle, key=lambda w: -seen[w])[:60]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes crates/did/model/words.bin: for common words, classes of like meaning, and what event like words mean.

    word_classes.py --words FILE [--out FILE]

FILE has words, commonest first, one a line (the trainer's list: words of its training and raw texts). The words that
head a frame, an object or an embedding row of the lexicon are added. Each gets the vector that MiniLM gives the
word alone; k-means over the hundred main directions makes 64, 256 and 1,024 classes. `like` is the event type that
the nearest other words of the lexicon have, weighed by cosine to the power of eight, and how sure that is, from 0 to 3.
Layout: the magic, then for each word, sorted: u32 (the low half of its hash), u8, u8, u16 (its classes), u8 (like:
four times the type's number, or 16 for no event, and the sureness). Seeds are fixed. Needs torch and MiniLM's weights.
"""
import argparse
import csv
import os
import struct
import sys

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
from dateline_train import vocabulary  # noqa: E402
from sets import TYPES  # noqa: E402


def table(name):
    with open(f"{HERE}/../../lexicon/{name}.tsv", encoding="utf8", newline="") as f:
        yield from csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


def hash_of(word):
    """FNV-1a, as crates/learned has it."""
    h = 0xCBF29CE484222325
    for byte in word.lower().encode():
        h = (h ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h & 0xFFFFFFFF


def classes(x, k, rounds=25):
    """k-means on the sphere; empty classes stay empty."""
    g = torch.Generator().manual_seed(k)
    centers = x[torch.randperm(min(len(x), 8 * k), generator=g)[:k]]
    for _ in range(rounds):
        at = torch.cat([(part @ centers.T).argmax(1) for part in x.split(4096)])
        sums = torch.zeros(k, x.shape[1]).index_add(0, at, x)
        centers = torch.where(sums.norm(dim=1, keepdim=True) > 0, torch.nn.functional.normalize(sums, dim=1), centers)
    return at


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--words", required=True)
    p.add_argument("--out", default=f"{HERE}/../../crates/did/model/words.bin")
    o = p.parse_args()
    torch.set_num_threads(1)
    kind = {}  # the type of words that are a frame alone
    for row in table("plover"):
        if " " not in row["words"]:
            kind.setdefault(row["words"].lower(), []).append(TYPES.index(row["type"]) if row["type"] in TYPES else 16)
    words = [w for w in open(o.words, encoding="utf8").read().split() if w == w.lower() and any(c.isalpha() for c in w)]
    words += sorted(kind) + [row["word"].split()[-1].lower() for row in table("objects") if row["word"][0] != "@"]
    words += [row["word"] for row in table("plover-embedding")]
    words = list(dict.fromkeys(words))
    x = vocabulary.minilm_vectors([""] + words)[1:].float()
    x = x - x.mean(0)
    x = torch.cat([torch.nn.functional.normalize(part, dim=1) for part in x.split(384, dim=1)], 1)
    _, _, v = torch.pca_lowrank(x, 100, niter=4)
    y = torch.nn.functional.normalize(x @ v, dim=1)
    made = [classes(y, k) for k in (64, 256, 1024)]
    at = {w: i for i, w in enumerate(words)}
    heads = [w for w in kind if w in at]
    types = torch.zeros(len(heads), 17)
    for i, w in enumerate(heads):
        for t in kind[w]:
            types[i, t] += 1 / len(kind[w])
    near = y[[at[w] for w in heads]]
    rows = []
    for start in range(0, len(words), 2048):
        like = (y[start:start + 2048] @ near.T).clamp(min=0)
        for i in range(len(like)):
            word = words[start + i]
            if word in kind:
                like[i, heads.index(word)] = 0
        best, which = like.topk(8, dim=1)
        share = torch.einsum("wk,wkt->wt", best ** 8, types[which])
        sure = torch.bucketize(share.amax(1), torch.tensor([0.05, 0.2, 0.6]))
        rows += list(zip(share.argmax(1).tolist(), sure.tolist()))
    out = {hash_of(w): (made[0][i], made[1][i], made[2][i], 4 * rows[i][0] + rows[i][1]) for i, w in reversed(list(enumerate(words)))}
    with open(o.out, "wb") as f:
        f.write(b"dlword1\n")
        for h, (a, b, c, like) in sorted(out.items()):
            f.write(struct.pack("<IBBHB", h, int(a), int(b), int(c), like))
    names = TYPES + ["none"]
    for w in "chided pummelled scolded mayor rebels withdraw hug rally condemn football parliament torched lauded".split():
        if w in at:
            i = at[w]
            print(w, names[rows[i][0]], rows[i][1], [words[j] for j in (made[2] == made[2][i]).nonzero()[:6, 0].tolist()])
    print(len(out), "words")


if __name__ == "__main__":
    main()

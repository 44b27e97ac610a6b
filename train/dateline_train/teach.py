"""What the teacher, `fine`, says of raw news: its likeliest labels and their shares, for `swift` to learn from.

  python -m dateline_train.teach --data DIR --work DIR [--words N]
"""
import argparse
import os
import random
import time

import numpy as np
import torch

from . import vocabulary
from .batch import Batcher
from .corpus import load
from .data import windows
from .losses import viterbi
from .network import ROLE_LABELS
from .recipes import RECIPES

MOST = {"upos": 3, "xpos": 3, "feats": 3, "lemma": 3, "names": 3, "kinds": 4}
ARCS, RELATIONS = 4, 4


def likeliest(scores, n):
    """Labels and shares of the n likeliest, the shares summing to one."""
    shares, labels = scores.softmax(-1).topk(n)
    return labels, shares / shares.sum(-1, keepdim=True)


@torch.no_grad()
def read(net, batcher, doc):
    """Adds to a document `taught`, and the teacher's sentence ends, heads and roles."""
    n = len(doc["form"])
    taught = {k: ([], []) for k in (*MOST, "arcs", "deprel")}
    taught["end"], own = [], {"end": [], "head": [], "role": []}
    for w in windows([doc], 200, random.Random(3)):
        s, e = w[1], w[2]
        b = batcher.build([w])
        x, y = net.encode(b)
        for k, most in MOST.items():
            for row, new in zip(taught[k], likeliest(getattr(net, k)(x)[0], most)):
                row.append(new)
        ends = net.ends(x)[0, :, 0]
        last = (ends > 0) | torch.tensor([i + 1 == e or doc["par"][i + 1] for i in range(s, e)])
        number = torch.cat([torch.zeros(1), last.float().cumsum(0)[:-1]])
        arcs = net.arcs(x)[0]
        arcs[:, 1:].masked_fill_(number[:, None] != number[None], -1e4)
        arcs[:, 1:].fill_diagonal_(-1e4)
        shares, heads = arcs.softmax(-1).topk(min(ARCS, e - s + 1))
        pad = (0, ARCS - heads.shape[1])
        heads, shares = torch.nn.functional.pad(heads, pad), torch.nn.functional.pad(shares, pad)
        best = heads[:, 0]
        relations = net.relations(x, torch.zeros(e - s, dtype=torch.long), torch.arange(e - s), best)
        for row, new in zip(taught["deprel"], likeliest(relations, RELATIONS)):
            row.append(new)
        taught["arcs"][0].append(torch.where(heads > 0, heads - 1 + s, -1))
        taught["arcs"][1].append(shares / shares.sum(-1, keepdim=True))
        taught["end"].append(ends.sigmoid())
        own["end"] += last.tolist()
        own["head"] += [h - 1 + s if h > 0 else -1 for h in best.tolist()]
        own["role"] += [ROLE_LABELS[i] for i in viterbi(net.roles(y)[0], net.transitions, e - s)]
    assert len(own["head"]) == n
    small = lambda x, dtype: torch.cat(x).numpy().astype(dtype)
    doc["taught"] = {k: small(v, np.float16) if k == "end" else (small(v[0], np.int32 if k == "arcs" else np.int16), small(v[1], np.float16))
                     for k, v in taught.items()}
    doc.update(own, claims=[])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--work", required=True)
    ap.add_argument("--words", type=int, default=900000)
    ap.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("K", "N"), help="only every N-th text from the K-th on")
    args = ap.parse_args()
    torch.set_num_threads(1)
    stuff = load(args.data, args.work)
    net = RECIPES["fine"].network(stuff, fresh=False)
    net.load_state_dict(torch.load(os.path.join(args.work, "fine", "checkpoint.pt"), weights_only=False)["average"], strict=False)
    net.eval()
    docs, total = [], 0
    for d in stuff["wires"]:
        if total < args.words:
            docs.append(d)
            total += len(d["form"])
    docs = docs[args.part[0]::args.part[1]]
    batcher = Batcher(vocabulary.TypeTable(stuff["words"]), stuff["labels"])
    batcher.prepare(docs)
    begin, seen = time.time(), 0
    for i, d in enumerate(docs):
        read(net, batcher, d)
        seen += len(d["form"])
        if i % 100 == 99:
            print(f"{i + 1} of {len(docs)} texts, {seen / (time.time() - begin):.0f} words/s", flush=True)
    keep = ("id", "form", "par", "end", "head", "role", "claims", "taught")
    out = os.path.join(args.work, "taught.pt" if args.part[1] == 1 else f"taught-{args.part[0]}.pt")
    torch.save([{k: d[k] for k in keep} for d in docs], out)


if __name__ == "__main__":
    main()

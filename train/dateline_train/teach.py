"""What the teachers, several networks of one recipe, say together of raw news and of the claims: the likeliest
labels and their shares, for the models that ship to learn from.

  python -m dateline_train.teach --data DIR --work DIR
"""
import argparse
import glob
import os
import random
import time

import numpy as np
import torch

from . import vocabulary
from .batch import Batcher
from .card import to
from .corpus import load
from .data import windows
from .losses import viterbi
from .network import ROLE_LABELS
from .recipes import RECIPES

MOST = {"upos": 3, "xpos": 3, "feats": 3, "lemma": 3, "names": 3, "kinds": 4}
ARCS, RELATIONS = 4, 4


def likeliest(shares, n):
    """Labels and shares of the n likeliest, the shares summing to one."""
    shares, labels = shares.topk(n)
    return labels.cpu(), (shares / shares.sum(-1, keepdim=True)).cpu()


def together(outs):
    return sum(outs) / len(outs)


@torch.no_grad()
def read(nets, batcher, group):
    """Says of each window (a document of its own) its sentence ends, heads, and `taught`; roles where there are none."""
    device = nets[0].root.device
    b = to(batcher.build(group), device)
    states = [net.encode(b) for net in nets]
    mean = {k: together([getattr(net, k)(x).softmax(-1) for net, (x, _) in zip(nets, states)]) for k in MOST}
    ends = together([net.ends(x)[..., 0] for net, (x, _) in zip(nets, states)])
    roles = together([net.roles(y) for net, (_, y) in zip(nets, states)]).cpu()
    transitions = together([net.transitions for net in nets]).cpu()
    starts = torch.nn.functional.pad(b["start"][:, 1:], (0, 1), value=1) > 0
    last = (ends > 0) | starts
    number = torch.nn.functional.pad(last.long().cumsum(1)[:, :-1], (1, 0))
    same = (number[:, :, None] == number[:, None, :]) & (b["mask"][:, None, :] > 0)
    same &= ~torch.eye(same.shape[1], dtype=torch.bool, device=device)
    allowed = torch.nn.functional.pad(same, (1, 0), value=True)
    arcs = together([net.arcs(x).masked_fill(~allowed, -1e4).softmax(-1) for net, (x, _) in zip(nets, states)])
    shares, heads = arcs.topk(ARCS)
    at, t = b["at"]
    best = heads[..., 0][at, t]
    relations = together([net.relations(x, at, t, best).softmax(-1) for net, (x, _) in zip(nets, states)])
    out = {k: likeliest(v[at, t], n) for (k, v), n in zip(mean.items(), MOST.values())}
    out["deprel"] = likeliest(relations, RELATIONS)
    heads, shares = heads[at, t].cpu(), shares[at, t].cpu()
    out["arcs"] = (torch.where(heads > 0, heads - 1, -1), shares / shares.sum(-1, keepdim=True))
    out["end"] = ends[at, t].sigmoid().cpu()
    last, best = last[at, t].tolist(), [h - 1 if h > 0 else -1 for h in best.tolist()]
    small = lambda x, dtype: x.numpy().astype(dtype)
    i = 0
    for row, (d, s, e) in enumerate(group):
        n = e - s
        d["taught"] = {k: small(v[i:i + n], np.float16) if k == "end" else (small(v[0][i:i + n], np.int16), small(v[1][i:i + n], np.float16))
                       for k, v in out.items()}
        d["end"], d["head"] = last[i:i + n], best[i:i + n]
        d["role"], d["claims"] = d["gold"] or ([ROLE_LABELS[x] for x in viterbi(roles[row], transitions, n)], [])
        i += n


def apart(window):
    """A window as a document of its own, with its gold claims if it has some."""
    d, s, e = window
    out = {"id": d["id"], "form": d["form"][s:e], "par": [True, *d["par"][s + 1:e]], "gold": None}
    if "claims" in d:
        inside = lambda r: [(a - s, z - s) for a, z in r if a >= s and z <= e]
        out["gold"] = d["role"][s:e], [{k: inside(c[k]) for k in ("source", "cue", "content")} for c in d["claims"]]
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--work", required=True)
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("K", "N"), help="only every N-th text from the K-th on")
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.set_float32_matmul_precision("high")
    stuff = load(args.data, args.work)
    nets = []
    for path in sorted(glob.glob(os.path.join(args.work, "teacher*", "checkpoint.pt"))):
        net = RECIPES["teacher"].network(stuff, fresh=False)
        net.load_state_dict(torch.load(path, weights_only=False, map_location="cpu")["average"], strict=False)
        nets.append(net.to(args.device).eval())
    docs = [apart(w) for w in windows((stuff["claims"] + stuff["news"])[args.part[0]::args.part[1]], 200, random.Random(3))]
    docs.sort(key=lambda d: len(d["form"]))
    batcher = Batcher(vocabulary.TypeTable(stuff["words"]), stuff["labels"], stuff["pieces"])
    batcher.prepare(docs)
    begin, seen, group, done = time.time(), 0, [], 0
    for i, d in enumerate(docs):
        group.append((d, 0, len(d["form"])))
        seen += len(d["form"])
        if len(group) * len(d["form"]) >= 8000 or i + 1 == len(docs):
            read(nets, batcher, group)
            group, done = [], done + 1
            if done % 50 == 0:
                print(f"{i + 1} of {len(docs)} windows, {seen / (time.time() - begin):.0f} words/s", flush=True)
    keep = ("id", "form", "par", "end", "head", "role", "claims", "taught")
    out = os.path.join(args.work, "taught.pt" if args.part[1] == 1 else f"taught-{args.part[0]}.pt")
    torch.save([{k: d[k] for k in keep} for d in docs], out)


if __name__ == "__main__":
    main()

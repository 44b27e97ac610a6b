"""Quick figures on the dev sets while training: gold tokens and sentences; the scorers have the last word."""
import random

import torch

from .data import windows
from .losses import viterbi
from .network import ROLE_LABELS


def spans_of(labels):
    """{(start, end, kind)} of label numbers."""
    out, open_ = set(), None
    for i, n in enumerate([*labels, 0]):
        l = ROLE_LABELS[n]
        if open_ and (l[0] != "I" or l[2:] != open_[1]):
            out.add((open_[0], i, open_[1]))
            open_ = None
        if l[0] != "O" and open_ is None:
            open_ = (i, l[2:])
    return out


def f1(right, gold, pred):
    return round(2 * right / max(1, gold + pred), 4)


@torch.no_grad()
def evaluate(net, batcher, stuff):
    net.eval()
    out = {}
    for name in ("ewt", "gum"):
        n = uas = las = upos = ends = gold_ends = pred_ends = 0
        for w in windows(stuff["dev"][name], 160, random.Random(3)):
            b = batcher.build([w])
            x, _ = net.encode(b)
            same = b["sentence"][0][:, None] == b["sentence"][0][None, :]
            arcs = net.arcs(x)[0]
            arcs[:, 1:].masked_fill_(~same, -1e4)
            heads = arcs.argmax(-1)
            T = len(heads)
            at = torch.arange(T)
            rel = net.relations(x, torch.zeros(T, dtype=torch.long), at, heads).argmax(-1)
            names = stuff["labels"]["deprel"]
            plain = torch.tensor([hash(l.split(":")[0]) for l in names] + [-1])
            right = heads == b["head"][0]
            uas += right.sum().item()
            las += (right & (plain[rel] == plain[b["deprel#"][0]])).sum().item()
            upos += (net.upos(x)[0].argmax(-1) == b["upos#"][0]).sum().item()
            e, g = net.ends(x)[0, :, 0] > 0, b["end"][0] > 0
            par = torch.cat([b["start"][0][1:], torch.ones(1)]) > 0
            e = e | par
            ends += (e & g).sum().item()
            gold_ends += g.sum().item()
            pred_ends += e.sum().item()
            n += T
        out[name] = {"las": round(las / n, 4), "uas": round(uas / n, 4), "upos": round(upos / n, 4), "ends": f1(ends, gold_ends, pred_ends)}
    counts = {}
    for w in windows(stuff["dev"]["claims"], 200, random.Random(3)):
        b = batcher.build([w])
        _, y = net.encode(b)
        n = w[2] - w[1]
        gold, pred = spans_of(b["role"][0].tolist()), spans_of(viterbi(net.roles(y)[0], net.transitions, n))
        for kind in ("SOURCE", "CUE", "CONTENT"):
            c = counts.setdefault(kind.lower(), [0, 0, 0])
            g, p = {x for x in gold if x[2] == kind}, {x for x in pred if x[2] == kind}
            c[0] += len(g & p)
            c[1] += len(g)
            c[2] += len(p)
    out["roles"] = {k: f1(*v) for k, v in counts.items()}
    return out

"""Quick figures on the dev sets while training: gold tokens and sentences; the scorers have the last word."""
import random

import torch

from .card import to
from .data import windows
from .decode import COARSE, joint, sequence, spans
from .losses import viterbi
from .network import KIND_LABELS, ROLE_LABELS


def f1(right, gold, pred):
    return round(2 * right / max(1, gold + pred), 4)


@torch.no_grad()
def evaluate(net, batcher, stuff):
    net.eval()
    device = net.root.device
    out = {}
    for name in ("ewt", "gum"):
        n = uas = las = upos = ends = gold_ends = pred_ends = 0
        named = {k: [0, 0, 0] for k in ("PER", "ORG", "LOC")}
        for w in windows(stuff["dev"][name], 160, random.Random(3)):
            b = to(batcher.build([w]), device)
            x, _ = net.encode(b)
            same = b["sentence"][0][:, None] == b["sentence"][0][None, :]
            arcs = net.arcs(x)[0]
            arcs[:, 1:].masked_fill_(~same, -1e4)
            heads = arcs.argmax(-1)
            T = len(heads)
            rel = net.relations(x, *b["at"], heads).argmax(-1)
            names = stuff["labels"]["deprel"]
            plain = torch.tensor([hash(l.split(":")[0]) for l in names] + [-1], device=device)
            right = heads == b["head"][0]
            uas += right.sum().item()
            las += (right & (plain[rel] == plain[b["deprel#"][0]])).sum().item()
            upos += (net.upos(x)[0].argmax(-1) == b["upos#"][0]).sum().item()
            e, g = net.ends(x)[0, :, 0] > 0, b["end"][0] > 0
            par = torch.cat([b["start"][0][1:], b["start"].new_ones(1)]) > 0
            e = e | par
            ends += (e & g).sum().item()
            gold_ends += g.sum().item()
            pred_ends += e.sum().item()
            n += T
            if "name" in w[0]:
                labels = [KIND_LABELS[k] for k in sequence(joint(net.names(x)[0].cpu().numpy(), net.kinds(x)[0].cpu().numpy()))]
                found = {(s, z, COARSE.get(k)) for s, z, k in spans(labels)}
                gold = spans([x or "O" for x in w[0]["name"][w[1]:w[2]]])
                for kind, c in named.items():
                    g, p = {x for x in gold if x[2] == kind}, {x for x in found if x[2] == kind}
                    c[0], c[1], c[2] = c[0] + len(g & p), c[1] + len(g), c[2] + len(p)
        if named["PER"][1]:
            out["names"] = {k: f1(*c) for k, c in named.items()}
            out["names"]["all"] = f1(*map(sum, zip(*named.values())))
        out[name] = {"las": round(las / n, 4), "uas": round(uas / n, 4), "upos": round(upos / n, 4), "ends": f1(ends, gold_ends, pred_ends)}
    counts = {}
    for w in windows(stuff["dev"]["claims"], 200, random.Random(3)):
        b = to(batcher.build([w]), device)
        _, y = net.encode(b)
        n = w[2] - w[1]
        gold, pred = (spans([ROLE_LABELS[i] for i in x]) for x in (b["role"][0].tolist(), viterbi(net.roles(y)[0], net.transitions, n)))
        for kind in ("SOURCE", "CUE", "CONTENT"):
            c = counts.setdefault(kind.lower(), [0, 0, 0])
            g, p = {x for x in gold if x[2] == kind}, {x for x in pred if x[2] == kind}
            c[0] += len(g & p)
            c[1] += len(g)
            c[2] += len(p)
    out["roles"] = {k: f1(*v) for k, v in counts.items()}
    return out

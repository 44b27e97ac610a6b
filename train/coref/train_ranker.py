#!/usr/bin/env python3
"""Trains the ranker of antecedents (crates/who/src/rank) on the training part of GUM.

    train_ranker.py --gum DIR [--out FILE] [--epochs N]

DIR has gum-train.conllu. The decisions and their features come from
`cargo run --release -p dateline-who --example coref_decisions`. The loss is the negative logarithm of the
share of all right answers together; an eighth of the documents is kept for watching. Weights are rounded
to whole numbers as the crate reads them. Seeds are fixed. Needs numpy and torch. Genres under a
non-commercial licence are left out. Run it again whenever the network changes: its trees do, too.
"""
import argparse
import json
import os
import pickle
import struct
import subprocess

import gum
import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, "../../crates/who/model/ranker.bin")
COMMAND = ["cargo", "run", "--quiet", "--release", "-p", "dateline-who", "--example", "coref_decisions"]
ROWS, CLOSED, HIDDEN = 12288, 8192, 32


def decisions(docs):
    """For each document a list of decisions (right [n], features [n] of lists)."""
    articles = "".join(json.dumps(d) + "\n" for d in docs)
    raw = subprocess.run(COMMAND, input=articles.encode(), stdout=subprocess.PIPE, check=True).stdout
    out, at = [], 0
    for _ in docs:
        count, = struct.unpack_from("<I", raw, at)
        at += 4
        rows = []
        for _ in range(count):
            answers, = struct.unpack_from("<H", raw, at)
            at += 2
            right, features = [], []
            for _ in range(answers):
                yes, n = raw[at], raw[at + 1]
                right.append(yes)
                features.append(np.frombuffer(raw, "<u2", n, at + 2).astype(np.int64))
                at += 2 + 2 * n
            rows.append((np.array(right, dtype=bool), features))
        out.append(rows)
    return out


class Ranker(torch.nn.Module):
    """Sum of rows, rectified, weighted."""

    def __init__(self):
        super().__init__()
        self.rows = torch.nn.EmbeddingBag(ROWS, HIDDEN, mode="sum")
        torch.nn.init.normal_(self.rows.weight, std=0.05)
        self.out = torch.nn.Parameter(torch.randn(HIDDEN) * 0.3)

    def forward(self, features, offsets):
        return torch.relu(self.rows(features, offsets)) @ self.out


def batch_of(rows, drop, rng):
    """Tensors of several decisions; with `drop` some features with words in them are left out."""
    features, offsets, right, owner, total = [], [], [], [], 0
    for i, (yes, answers) in enumerate(rows):
        for f in answers:
            if drop:
                f = f[rng.random(len(f)) >= np.where(f < CLOSED, 0.4 * drop, drop)]
            features.append(f)
            offsets.append(total)
            total += len(f)
        right.append(yes)
        owner.append(np.full(len(yes), i))
    return (torch.from_numpy(np.concatenate(features)), torch.tensor(offsets), torch.from_numpy(np.concatenate(right)),
            torch.from_numpy(np.concatenate(owner)))


def loss_of(scores, right, owner, n):
    """Mean over decisions of log(sum of all) - log(sum of the right)."""
    top = torch.full((n,), -1e9).scatter_reduce(0, owner, scores, "amax")
    weight = (scores - top[owner]).exp()
    every = torch.zeros(n).index_add(0, owner, weight)
    good = torch.zeros(n).index_add(0, owner, weight * right)
    return (every.clamp(min=1e-20).log() - good.clamp(min=1e-20).log()).mean()


@torch.no_grad()
def scored(net, rows):
    """Scores and right answers of each decision."""
    out = []
    for i in range(0, len(rows), 128):
        part = rows[i:i + 128]
        features, offsets, _, _ = batch_of(part, 0, None)
        scores, at = net(features, offsets).numpy(), 0
        for yes, _ in part:
            out.append((scores[at:at + len(yes)], yes))
            at += len(yes)
    return out


def watch(found, bias=0.0):
    """Share of right decisions, of the links that are to be made, and of those that were made."""
    right = made = good = wanted = 0
    for scores, yes in found:
        link = len(yes) > 1 and scores[1:].max() > scores[0] + bias
        best = 1 + int(scores[1:].argmax()) if link else 0
        right += yes[best]
        made += link
        good += link and yes[best]
        wanted += not yes[0]
    return right / len(found), good / max(1, wanted), good / max(1, made)


def best_bias(found):
    """What is added to the score of something new: the least at which 63 of 100 links are right.

    Past that, recall costs more wrong links than it finds right ones, and a wrong link puts one person's deeds
    down to another.
    """
    return min((i / 10 for i in range(-40, 11)), key=lambda b: (watch(found, b)[2] < 0.63, b))


def save(net, path, bias):
    """Rows and outgoing weights as signed bytes: the scale of each does not change which answer is best."""
    rows, out = net.rows.weight.detach().numpy(), net.out.detach().numpy()
    whole = lambda x: np.clip(np.round(x * (127 / np.abs(x).max())), -127, 127).astype(np.int8)
    scale = (127 / np.abs(rows).max()) * (127 / np.abs(out).max())
    with open(path, "wb") as f:
        f.write(b"dlrank1\n" + struct.pack("<i", round(bias * scale)) + whole(out).tobytes() + whole(rows).tobytes())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gum", required=True)
    ap.add_argument("--out", default=MODEL)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--decisions", help="file to keep the decisions in, and to take them from when it is there")
    ap.add_argument("--rate", type=float, default=2e-3)
    ap.add_argument("--drop", type=float, default=0.5, help="share of features with words that are left out in training")
    args = ap.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    rng = np.random.default_rng(1)
    docs = [d for d in gum.read(os.path.join(args.gum, "gum-train.conllu")) if d["id"].split("_")[1] not in gum.NON_COMMERCIAL]
    if args.decisions and os.path.exists(args.decisions):
        with open(args.decisions, "rb") as f:
            found = pickle.load(f)
    else:
        found = decisions(docs)
        if args.decisions:
            with open(args.decisions, "wb") as f:
                pickle.dump(found, f)
    train = [r for i, rows in enumerate(found) if i % 8 for r in rows if len(r[0]) > 1]
    held = [r for i, rows in enumerate(found) if i % 8 == 0 for r in rows if len(r[0]) > 1]
    print(f"{len(train)} decisions, {len(held)} kept for watching", flush=True)
    net = Ranker()
    optimizer = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=0.01)
    steps, step, size = args.epochs * (len(train) // 64), 0, 64
    for epoch in range(args.epochs):
        order, total = rng.permutation(len(train)), 0.0
        for i in range(0, len(order) - size + 1, size):
            part = [train[j] for j in order[i:i + size]]
            features, offsets, right, owner = batch_of(part, args.drop, rng)
            for group in optimizer.param_groups:
                group["lr"] = args.rate * (1 - step / steps)
            loss = loss_of(net(features, offsets), right.float(), owner, len(part))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total, step = total + loss.item(), step + 1
        print(f"epoch {epoch + 1} loss {total / (len(order) // size):.4f}  right, recall and precision of links, watched:",
              *(f"{x:.4f}" for x in watch(scored(net, held))), flush=True)
    found = scored(net, held)
    bias = best_bias(found)
    print(f"bias {bias}", *(f"{x:.4f}" for x in watch(found, bias)))
    save(net, args.out, bias)


if __name__ == "__main__":
    main()

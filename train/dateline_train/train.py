"""Trains the reading network. One command, resumable; see train/README.md.

  python -m dateline_train.train --data DIR --work DIR [--steps N] [--words N] [--until STEP]
"""
import argparse
import json
import os
import random
import subprocess
import sys
import time

import numpy as np
import torch

from . import data, vocabulary
from .batch import Batcher
from .evaluate import evaluate
from .losses import crf_loss, link_losses, name_loss, tag_loss, tree_losses
from .network import Reader

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOKENIZER = os.path.join(ROOT, "target", "release", "examples", "tokenize")


def load(folder, work):
    """All documents and the vocabulary, kept in `work` after the first time."""
    path = os.path.join(work, "data.pt")
    if os.path.exists(path):
        return torch.load(path, weights_only=False)
    subprocess.run(["cargo", "build", "--release", "-p", "dateline-syntax", "--example", "tokenize"], cwd=ROOT, check=True)
    p = lambda *x: os.path.join(folder, *x)
    trees = data.read_conllu(p("ud", "ewt-train.conllu"))
    data.add_ewt_names(trees, p("names", "ewt-train.iob2"))
    gum = data.read_conllu(p("ud", "gum-train.conllu"))
    data.add_gum_names(gum)
    trees += gum
    claims = data.read_claims(p("claims", "train"), data.tokenize(data.read_texts(p("claims", "train")), [TOKENIZER]))
    data.add_corenlp_names(claims, p("names", "polnear-corenlp.tsv.gz"))
    dev = {"ewt": data.read_conllu(p("ud", "ewt-dev.conllu")), "gum": data.read_conllu(p("ud", "gum-dev.conllu")),
           "claims": data.read_claims(p("claims", "dev"), data.tokenize(data.read_texts(p("claims", "dev")), [TOKENIZER]))}
    for d in trees:
        d["script"] = [vocabulary.lemma_script(f, l) for f, l in zip(d["form"], d["lemma"])]
    news = data.tokenize({str(i): t for i, t in enumerate(data.read_news(p("news")))}, [TOKENIZER])
    words = vocabulary.word_list(f for d in [*trees, *claims, *news.values()] for f in d["form"])
    silver = os.path.join(work, "silver.json")
    if not os.path.exists(silver):
        subprocess.run([sys.executable, "-m", "dateline_train.silver", "--data", folder, "--out", silver], check=True)
    wires = list(data.tokenize(data.read_silver_texts(folder), [TOKENIZER]).values())
    data.add_silver_names(wires, silver)
    out = {"trees": trees, "claims": claims, "wires": wires, "dev": dev, "words": words, "labels": vocabulary.label_lists(trees),
           "minilm": vocabulary.minilm_vectors(words)}
    for d in trees + dev["ewt"] + dev["gum"]:
        d.pop("misc", None)
    torch.save(out, path)
    return out


class Average:
    """Exponential moving average of the weights, which is what is evaluated and shipped."""

    def __init__(self, net, decay=0.999):
        self.decay, self.value = decay, {k: v.detach().clone() for k, v in net.state_dict().items() if k != "types.minilm"}

    def update(self, net, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        for k, v in net.state_dict().items():
            if k in self.value:
                self.value[k].lerp_(v, 1 - decay)


def losses_of(net, batch, rng):
    """Weighted losses of one batch by name."""
    x, y = net.encode(batch)
    out = {}
    if "head" in batch:
        out["arc"], out["rel"], out["end"] = tree_losses(net, x, batch)
        for k, w in (("upos", 0.5), ("xpos", 0.5), ("feats", 0.3), ("lemma", 0.5)):
            out[k] = w * tag_loss(getattr(net, k)(x), batch[k + "#"])
        out["end"] = 2 * out["end"]
    if batch["name"].sum() > 0:
        out["name"] = (1.0 if "head" in batch else 0.5) * name_loss(net.names(x), batch["name"])
    if "role" in batch:
        out["role"] = 2 * crf_loss(net.roles(y), net.transitions, batch["role"], batch["mask"])
        out["content_cue"], out["cue_source"] = link_losses(net, y, batch, rng)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", required=True)
    ap.add_argument("--work", required=True, help="where checkpoints go")
    ap.add_argument("--steps", type=int, default=12000, help="steps of the whole schedule")
    ap.add_argument("--words", type=int, default=1800, help="tokens of a batch")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--drop", type=float, default=0.2)
    ap.add_argument("--rate", type=float, default=2e-3)
    ap.add_argument("--every", type=int, default=500, help="steps between checkpoints")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    os.makedirs(args.work, exist_ok=True)
    random.seed(1)
    np.random.seed(1)
    torch.manual_seed(1)
    stuff = load(args.data, args.work)
    types = vocabulary.TypeTable(stuff["words"])
    batcher = Batcher(types, stuff["labels"])
    batcher.prepare(stuff["trees"] + stuff["claims"] + stuff["wires"] + [d for v in stuff["dev"].values() for d in v])
    net = Reader(stuff["minilm"], stuff["labels"], drop=args.drop)
    average = Average(net)
    decayed = [p for n, p in net.named_parameters() if p.dim() > 1]
    plain = [p for n, p in net.named_parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
                                  lr=args.rate, betas=(0.9, 0.98))
    warm = 300
    rate = lambda s: min(1, (s + 1) / warm) * (0.02 + 0.98 * max(0.0, 1 - s / args.steps))
    step, path = 0, os.path.join(args.work, "checkpoint.pt")
    if os.path.exists(path):
        saved = torch.load(path, weights_only=False)
        net.load_state_dict(saved["net"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        average.value, step = saved["average"], saved["step"]
        random.setstate(saved["random"])
        torch.set_rng_state(saved["torch"])
    rng = random.Random(step + 7)
    feed = {"trees": data.batches(stuff["trees"], args.words, 160, rng), "claims": data.batches(stuff["claims"], args.words, 200, rng),
            "wires": data.batches(stuff["wires"], args.words, 200, rng)}
    turns = ("trees", "claims", "trees", "claims", "wires")
    sums, begin, seen = {}, time.time(), 0
    net.train()
    while step < args.steps:
        for group in optimizer.param_groups:
            group["lr"] = args.rate * rate(step)
        batch = batcher.build(next(feed[turns[step % len(turns)]]), rng)
        losses = losses_of(net, batch, rng)
        optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        step += 1
        average.update(net, step)
        seen += int(batch["mask"].sum())
        for k, v in losses.items():
            a = sums.setdefault(k, [0, 0])
            a[0] += v.item()
            a[1] += 1
        if step % 100 == 0:
            row = " ".join(f"{k} {a / n:.3f}" for k, (a, n) in sums.items())
            print(f"{step} {seen / (time.time() - begin):.0f} w/s {row}", flush=True)
            sums, begin, seen = {}, time.time(), 0
        if step % args.every == 0 or step == args.steps:
            saved = {"net": {k: v for k, v in net.state_dict().items() if k != "types.minilm"}, "average": average.value,
                     "optimizer": optimizer.state_dict(), "step": step, "random": random.getstate(), "torch": torch.get_rng_state()}
            torch.save(saved, path + ".new")
            os.replace(path + ".new", path)
            if step % (4 * args.every) == 0 or step == args.steps:
                now = {k: v.clone() for k, v in net.state_dict().items()}
                net.load_state_dict(average.value, strict=False)
                scores = evaluate(net, batcher, stuff)
                net.load_state_dict(now)
                net.train()
                print(f"== {step} " + json.dumps(scores), flush=True)
            begin = time.time()


if __name__ == "__main__":
    main()

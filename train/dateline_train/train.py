"""Trains a model. One command, resumable; see train/README.md.

  python -m dateline_train.train MODEL --data DIR --work DIR
"""
import argparse
import glob
import json
import os
import random
import time

import numpy as np
import torch

from . import data, vocabulary
from .batch import Batcher
from .card import to
from .corpus import load
from .evaluate import evaluate
from .losses import crf_loss, link_losses, tag_loss, taught_losses, tree_losses
from .recipes import RECIPES


class Average:
    """Exponential moving average of the weights, which is what is evaluated and shipped."""

    def __init__(self, net, decay):
        self.decay, self.value = decay, {k: v.detach().clone() for k, v in net.state_dict().items() if k != "types.minilm"}

    def update(self, net, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        now = net.state_dict()
        torch._foreach_lerp_(list(self.value.values()), [now[k] for k in self.value], 1 - decay)


class Feed(torch.utils.data.IterableDataset):
    """The batches of the steps from `begin` on; each of W workers makes every W-th."""

    def __init__(self, batcher, sources, recipe, begin, seed):
        self.batcher, self.sources, self.recipe, self.begin, self.seed = batcher, sources, recipe, begin, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        first, every = (worker.id, worker.num_workers) if worker else (0, 1)
        rng = random.Random(1000 * self.seed + 10 * self.begin + 7 + first)
        recipe = self.recipe
        feeds = {k: data.batches(v, recipe.words, 160 if k == "trees" else 200, rng) for k, v in self.sources.items()}
        step = self.begin + first
        while True:
            yield self.batcher.build(next(feeds[recipe.turns[step % len(recipe.turns)]]), rng)
            step += every


def losses_of(net, batch):
    """Weighted losses of one batch by name."""
    x, y = net.encode(batch)
    out = {}
    if "deprel#" in batch:
        out["arc"], out["rel"], out["end"] = tree_losses(net, x, batch)
        for k, w in (("upos", 0.5), ("xpos", 0.5), ("feats", 0.3), ("lemma", 0.5)):
            out[k] = w * tag_loss(getattr(net, k)(x), batch[k + "#"])
        out["end"] = 2 * out["end"]
    for k, head in (("name#", net.names), ("kind#", net.kinds)):
        if k in batch:
            out[k[:-1]] = (1.0 if k == "name#" else 0.5) * tag_loss(head(x), batch[k])
    if "taught" in batch:
        out.update(taught_losses(net, x, batch))
    if "role" in batch:
        out["role"] = 2 * crf_loss(net.roles(y), net.transitions, batch["role"], batch["mask"])
        out["content_cue"], out["cue_source"] = link_losses(net, y, batch["links"])
    return out


def optimizer_of(net, recipe, device):
    """AdamW; the encoder with a rate of its own, decay of matrices only. Groups keep their highest rate as `top`."""
    groups = {}
    for name, p in net.named_parameters():
        inner = name.startswith("encoder.") and not name.startswith("encoder.lift")
        groups.setdefault((inner, p.dim() > 1), []).append(p)
    rows = [{"params": ps, "weight_decay": 0.01 if matrix else 0.0, "top": recipe.encoder_rate if inner else recipe.rate}
            for (inner, matrix), ps in groups.items()]
    return torch.optim.AdamW(rows, lr=recipe.rate, betas=(0.9, 0.98), fused=device.type == "cuda")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", choices=RECIPES)
    ap.add_argument("--data", required=True)
    ap.add_argument("--work", required=True, help="where the data and the checkpoints are kept")
    ap.add_argument("--seed", type=int, default=1, help="another run of the same recipe, kept in MODEL-SEED")
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--workers", type=int, default=0, help="processes that make batches; their number decides the order")
    ap.add_argument("--until", type=int, help="stop before this step, to go on later")
    args = ap.parse_args()
    recipe, device = RECIPES[args.model], torch.device(args.device)
    torch.set_num_threads(args.threads)
    torch.set_float32_matmul_precision("high")
    folder = os.path.join(args.work, args.model if args.seed == 1 else f"{args.model}-{args.seed}")
    os.makedirs(folder, exist_ok=True)
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)
    stuff = load(args.data, args.work)
    sources = {k: stuff[k] for k in set(recipe.turns) - {"taught"}}
    if "taught" in recipe.turns:
        parts = sorted(glob.glob(os.path.join(args.work, "taught*.pt")))
        sources["taught"] = [d for path in parts for d in torch.load(path, weights_only=False)]
    batcher = Batcher(vocabulary.TypeTable(stuff["words"]), stuff["labels"], stuff["pieces"] if recipe.layers else None)
    batcher.prepare([d for v in sources.values() for d in v] + [d for v in stuff["dev"].values() for d in v])
    path = os.path.join(folder, "checkpoint.pt")
    net = recipe.network(stuff, fresh=not os.path.exists(path)).to(device)
    average = Average(net, recipe.decay)
    optimizer = optimizer_of(net, recipe, device)
    step = 0
    if os.path.exists(path):
        saved = torch.load(path, weights_only=False, map_location=device)
        net.load_state_dict(saved["net"], strict=False)
        optimizer.load_state_dict(saved["optimizer"])
        average.value, step = saved["average"], saved["step"]
        torch.set_rng_state(saved["torch"].cpu())
    feed = iter(torch.utils.data.DataLoader(Feed(batcher, sources, recipe, step, args.seed), batch_size=None, num_workers=args.workers,
                                            pin_memory=device.type == "cuda", prefetch_factor=4 if args.workers else None))
    end = min(recipe.steps, args.until or recipe.steps)
    sums, begin, seen = {}, time.time(), 0
    net.train()
    while step < end:
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * recipe.rate_at(step)
        batch = next(feed)
        seen += len(batch["at"][0])
        losses = losses_of(net, to(batch, device))
        optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        step += 1
        average.update(net, step)
        for k, v in losses.items():
            a = sums.setdefault(k, [0, 0])
            a[0] = a[0] + v.detach()
            a[1] += 1
        if step % 50 == 0:
            row = " ".join(f"{k} {float(a) / n:.3f}" for k, (a, n) in sums.items())
            print(f"{step} {seen / (time.time() - begin):.0f} w/s {row}", flush=True)
            sums, begin, seen = {}, time.time(), 0
        if step % recipe.every == 0 or step == end:
            saved = {"net": {k: v for k, v in net.state_dict().items() if k != "types.minilm"}, "average": average.value,
                     "optimizer": optimizer.state_dict(), "step": step, "torch": torch.get_rng_state()}
            torch.save(saved, path + ".new")
            os.replace(path + ".new", path)
            if step % (4 * recipe.every) == 0 or step == end:
                now = {k: v.clone() for k, v in net.state_dict().items()}
                net.load_state_dict(average.value, strict=False)
                scores = evaluate(net, batcher, stuff)
                net.load_state_dict(now)
                net.train()
                print(f"== {step} " + json.dumps(scores), flush=True)
            begin = time.time()


if __name__ == "__main__":
    main()

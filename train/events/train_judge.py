#!/usr/bin/env python3
"""Trains the learned part of the events (crates/did/src/judge) and writes crates/did/model/judge.bin.

    train_judge.py --data DIR [--silver FILE...] [--out FILE] [--keep FILE] [--fold N]

DIR is the data folder (news, events). Trained on: our corpus (train/annotations, its training part; each eighth passage of
its first round is kept for watching and for the bias of "no event"); and as far as they go the even rows of plv.tsv (a type between
two parties, whose trigger is the word that a first table finds likeliest) and of gsr.json (trigger words), and the headlines
of stories.jsonl on four fifths of the patterns (`--fold` names the fifth that is left out). Odd rows and the
fifth are for counting. With `--silver` also on raw news as the teacher reads it (silver.py), which is worth more than all
else: what a table can know of words grows with what it has seen. Features come from `cargo run --release -p dateline --example event_decisions`. Seeds are
fixed. Run it again when the network, the entities or the lexicon of events change. Needs numpy and torch.
"""
import argparse
import os
import pickle

import numpy as np
import torch

import sets
import tables
from decide import decisions, overlaps

HERE = os.path.dirname(os.path.abspath(__file__))
NONE = len(sets.TYPES)
# Added to the scores of no event and of having no part in one. Both lie between what gives the best F1 on the watched
# passages (about -0.6 and -2) and what finds most of the pairs and examples of other codings.
NO_EVENT, DOUBT = -1.2, -2.5
SURE = 0.8  # how surely the table of modality must know better than a rule that has found a word against an event
TRIGGER, PARTY, HAPPENED = (14336, 43008), (12288, 20480), (4096, 8192)
MODALITIES = ["actual", "ongoing", "planned", "ordered", "possible", "hypothetical"]
whole = lambda features: np.array(features, dtype=np.int64)


def trigger_rows(records, found):
    """Features, type and weight of each candidate of records whose triggers are all known."""
    for r, f in zip(records, found):
        for s, e, _, features, *_ in f["candidates"]:
            kinds = [ev["type"] for ev in r["events"] if overlaps((s, e), ev["trigger"])]
            further = any(overlaps((s, e), p) for ev in r["events"] for p in ev["pieces"][1:])
            if kinds or not further:
                yield whole(features), sets.TYPES.index(kinds[0]) if kinds else NONE, 1.0


def likeliest(net, record, found, types):
    """The candidate that the table finds likeliest to be of one of the types, and which: (index, type) or None."""
    taken = [s for side in ("actor", "recipient") for s in record.get("pair", {}).get(side, [])]
    free = [i for i, c in enumerate(found["candidates"]) if not any(overlaps(c[:2], s) for s in taken)]
    if not free:
        return None
    share = torch.softmax(torch.from_numpy(tables.scores(net, [whole(found["candidates"][i][3]) for i in free])), 1).numpy()
    for n, i in enumerate(free):  # a word that the lexicon has for the type goes before others
        for t in types:
            share[n, sets.TYPES.index(t)] += 0.3 * (found["candidates"][i][2][:1] == [t]) + 0.1 * (t in found["candidates"][i][2])
    columns = [sets.TYPES.index(t) for t in types]
    n, c = np.unravel_index(share[:, columns].argmax(), (len(free), len(columns)))
    return (free[n], types[c]) if share[n, columns[c]] > 0.05 else None


def head_of(span, parties, text):
    """The party that a gold span means: its last word before a preposition or comma that heads a mention."""
    here = [i for i, p in enumerate(parties) if overlaps(p[:2], span)]
    first = [i for i in here if not any(w in text[span[0]:parties[i][0]] for w in (" of ", " in ", " from ", " for ", ","))]
    return (first or here)[-1:], here


def parts_of(record, event, parties):
    """The part of each party in an event of a record: 0 none, 1 actor, 2 recipient, -1 not known."""
    part, loose = {}, set()
    for side, n in (("recipient", 2), ("actor", 1)):
        for span in event[side]:
            heads, here = head_of(span, parties, record["text"])
            loose.update(here)
            part.update({i: n for i in heads})
    return [part.get(i, -1 if i in loose else 0) for i in range(len(parties))]


def party_rows(records, found):
    """Features, part and weight of each party of each known event; who is none of a marked pair may yet have a part."""
    for r, f in zip(records, found):
        for told in f["events"]:
            for p, part in zip(told["parties"], parts_of(r, r["events"][told["gold"]], told["parties"])):
                if part > 0 or part == 0 and not r.get("pair"):
                    yield whole(p[5]), part, 1.0


def modality_rows(records, found):
    """Features, modality and weight of each known event; its modality by the rules, and whether its own clause says so."""
    for r, f in zip(records, found):
        for told in f["events"]:
            gold, (rule, outright, features) = r["events"][told["gold"]]["modality"], told["modality"]
            if gold:
                yield (whole(features), MODALITIES.index(gold), 1.0), (MODALITIES.index(rule), outright)


def watch_modality(net, records, found):
    """Share of events with the right modality: by the rules, and as crates/did/src/judge/opinion.rs decides."""
    rows, rule = zip(*modality_rows(records, found))
    scores = torch.softmax(torch.from_numpy(tables.scores(net, [f for f, _, _ in rows])), 1).numpy()
    rule, outright = np.array(rule).T
    got = np.where((outright == 0) & ((rule == 0) | (scores.max(1) > SURE)), scores.argmax(1), rule)
    gold = np.array([l for _, l, _ in rows])
    return (gold == rule).mean(), (gold == got).mean()


def watch_triggers(net, records, found):
    """The bias of "no event" with the best F1 of triggers of the right type, and F1, P, R there and at NO_EVENT."""
    rows = list(trigger_rows(records, found))
    gold, total = np.array([l for _, l, _ in rows]), sum(len(r["events"]) for r in records)
    scores = tables.scores(net, [f for f, _, _ in rows])
    def measure(got):
        right, made = ((got == gold) & (gold < NONE)).sum(), (got < NONE).sum()
        return 2 * right / max(1, made + total), right / max(1, made), right / total
    best = max(np.arange(-3, 1.01, 0.1), key=lambda b: measure((scores + b * (np.arange(NONE + 1) == NONE)).argmax(1))[0])
    at = lambda bias: measure((scores + bias * (np.arange(NONE + 1) == NONE)).argmax(1))
    return best, at(best), at(NO_EVENT)


def watch_parties(records, found, sides):
    """Share of events with both sides right (a party overlaps, or none is wanted and none given)."""
    right = total = 0
    for r, f in zip(records, found):
        for told in f["events"]:
            event = r["events"][told["gold"]]
            got = sides(told["parties"])
            ok = True
            for side, n in (("actor", 1), ("recipient", 2)):
                mine = [p for p, part in zip(told["parties"], got) if part == n]
                ok &= any(overlaps(p[:2], s) for p in mine for s in event[side]) if mine or event[side] else True
            right, total = right + ok, total + 1
    return right / max(1, total), total


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--out", default=f"{HERE}/../../crates/did/model/judge.bin")
    p.add_argument("--silver", nargs="+", default=[], help="what silver.py wrote")
    p.add_argument("--keep", help="file to keep the decisions in, and to take them from when it is there")
    p.add_argument("--fold", type=int, default=4)
    o = p.parse_args()
    torch.set_num_threads(1)
    kept = pickle.load(open(o.keep, "rb")) if o.keep and os.path.exists(o.keep) else {}

    def decided(name, records):
        if name not in kept:
            kept[name] = decisions(records)
            if o.keep:
                pickle.dump(kept, open(o.keep, "wb"))
        return records, kept[name]

    ours = decided("corpus", list(sets.corpus(o.data, "train")))
    split = lambda both, test: tuple([x for i, x in enumerate(part) if test(i)] for part in both)
    seen, watched = split(ours, lambda i: not sets.watched(i)), split(ours, sets.watched)
    single = decided("single", [r for r in sets.single(o.data) if not r["odd"] and r["events"]])
    pairs = decided("pairs", [r for r in sets.pairs(o.data) if not r["odd"]])
    heads = {}
    for r in sets.stories(o.data):
        if r["fold"] != o.fold:
            heads.setdefault(r["headline"], []).append(r)
    stories = decided("stories", [r for some in heads.values() for r in some[:4]])

    taught = {"triggers": [], "parties": []}
    for file in o.silver:
        silver = pickle.load(open(file, "rb"))
        for k, rows in taught.items():
            rows += [(whole(f), share, weight) for f, share, weight in silver[k]]
    # gold is little beside silver: it is given twice
    how = {"batch": 512, "rate": 3e-3, "drop": 0.4, "decay": 0.02, "epochs": 3} if o.silver else {"drop": 0.8}
    fit = lambda rows, more, *sizes, **other: tables.train(*zip(*(2 * rows + more if more else rows)), *sizes, **{**other, **how})
    # the manual's examples are few, and show what coders of whole stories leave out
    rows = list(trigger_rows(*seen)) + [(f, l, 4.0) for f, l, _ in trigger_rows(*single)]
    first = fit(rows, taught["triggers"], TRIGGER, 40, NONE + 1, epochs=3)
    print("first triggers: bias, F1, P, R", *watch_triggers(first, *watched), flush=True)
    told = []
    for records, found, weight in ((*pairs, 2.0), (*stories, 0.6)):
        for r, f in zip(records, found):
            types = r["pair"]["types"] if "pair" in r else [r["label"]]
            best = likeliest(first, r, f, types)
            if best:
                candidate = f["candidates"][best[0]]
                rows.append((whole(candidate[3]), sets.TYPES.index(best[1]), weight))
                if "pair" in r:
                    at = candidate[:2]
                    told.append({**r, "events": [{"trigger": at, "pieces": [at], "type": best[1], **{k: r["pair"][k] for k in ("actor", "recipient")}}]})
    print(f"{len(told)} pairs, {len(rows)} candidates", flush=True)
    triggers = fit(rows, taught["triggers"], TRIGGER, 40, NONE + 1, epochs=6)
    print("triggers: bias, F1, P, R", *watch_triggers(triggers, *watched), flush=True)

    told = decided("told", told)
    party = list(party_rows(*seen)) + 2 * (list(party_rows(*single)) + list(party_rows(*told)))
    parties = fit(party, taught["parties"], PARTY, 32, 3, epochs=6, decay=0.2)
    by_table = lambda b: lambda some: (tables.scores(parties, [whole(p[5]) for p in some]) + [b, 0, 0]).argmax(1) if some else []
    print("both sides right: by rule", watch_parties(*watched, lambda some: [1 if p[3] else 2 if p[4] else 0 for p in some]), flush=True)
    for b in np.arange(-3, 0.1, 0.5):
        print("  by the table, bias", b, watch_parties(*watched, by_table(b)))

    happened = tables.train(*zip(*(row for row, _ in modality_rows(*seen))), HAPPENED, 24, len(MODALITIES), epochs=8, drop=0.6)
    print("modality: by rule, with the table", watch_modality(happened, *watched), flush=True)
    with open(o.out, "wb") as f:
        f.write(b"dljudg3\n" + tables.packed(triggers, NO_EVENT * (np.arange(NONE + 1) == NONE)) + tables.packed(parties, [DOUBT, 0, 0]) + tables.packed(happened))


if __name__ == "__main__":
    main()

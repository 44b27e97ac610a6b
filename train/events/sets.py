"""The codings that the learned part of the events is trained on, as records of one shape.

A record is {"id", "text", "published", "spans", "events", "part"}: `spans` are the parts of the text that were
annotated, `events` what was found there, each {"trigger": [start, end] of its head, "pieces", "type", "actor",
"recipient": lists of spans, "polarity", "modality"}; a field that a set does not tell is None. `pair`: the type between
two marked parties where no trigger is known. `part` says how the record is counted: see `train_judge.py`.
"""
import csv
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../annotations"))
import sheets  # noqa: E402

TYPES = "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}  # gsr is of 2016


FIRST = 1237  # passages of the first round


def watched(index):
    """Whether a training passage is kept for watching: each eighth of the first round."""
    return index < FIRST and index % 8 == 0


def corpus(data, part):
    """Our own passages: `train` or `count`."""
    passages = sheets.Passages(f"{data}/news")
    events = {}
    cell = lambda text: [[int(x) for x in span.split("-")] for span in text.split()]
    with open(f"{HERE}/../annotations/events.tsv", encoding="utf8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            pieces = cell(r["trigger"])
            events.setdefault(r["passage"], []).append({
                "trigger": pieces[0], "pieces": pieces, "type": r["type"], "mode": r["mode"] or None, "actor": cell(r["actor"]),
                "recipient": cell(r["recipient"]), "polarity": {"+": "positive", "-": "negative"}[r["polarity"]],
                "modality": r["modality"], "sentence": int(r["sentence"])})
    for name, row in passages.rows.items():
        if row["part"] == part:
            a = passages.article(name)
            yield {"id": name, "text": a["text"], "published": a["date"], "spans": passages.spans(name), "events": events.get(name, []),
                   "article": a["id"]}


def pairs(data):
    """Sentences with a source, a target and the type between them; no trigger."""
    sys.path.insert(0, f"{data}/../score")
    import score_dyads
    for n, g in enumerate(score_dyads.rows(f"{data}/events/plv.tsv")):
        types = ["CONCEDE", "RETREAT"] if g["gold"] == "YIELD" else [g["gold"]]
        yield {"id": g["id"], "text": g["text"], "published": "2018-06-01", "spans": [[0, len(g["text"])]], "events": [],
               "pair": {"actor": [g["s"]], "recipient": [g["t"]], "types": types}, "odd": n % 2 == 1}


def single(data):
    """The manual's example sentences: trigger words, type, source and target."""
    with open(f"{data}/events/gsr.json", encoding="utf8") as f:
        rows = json.load(f)
    for n, r in enumerate(rows):
        text, kind = r["text"], OLD.get(r["event"], r["event"])
        find = lambda words: [[m.start(), m.end()] for m in list(re.finditer(re.escape(words), text))[:1]] if words else []
        pieces = [s for m in re.finditer(r"\(EVT: ([^)]*)\)", r["markup"] or "") for s in find(m[1])]
        sides = {k: [s for a in r[g] for s in find(a["text"])] for k, g in (("actor", "source"), ("recipient", "target"))}
        events = [{"trigger": pieces[0], "pieces": pieces, "type": kind, **sides, "polarity": None, "modality": None}] if pieces and kind in TYPES else []
        yield {"id": r["id"], "text": text, "published": None, "spans": [[0, len(text)]], "events": events, "odd": n % 2 == 1}


def stories(data):
    """Headlines that stand for a type."""
    with open(f"{data}/events/stories.jsonl", encoding="utf8") as f:
        rows = [json.loads(line) for line in f]
    patterns = sorted({r["headline"] for r in rows})
    fold = {h: i % 5 for i, h in enumerate(patterns)}
    for r in rows:
        text = r["title"] + "\n\n" + r["text"]
        yield {"id": r["id"], "text": text, "published": None, "spans": [[0, len(r["title"])]], "events": [],
               "label": r["label"], "fold": fold[r["headline"]], "headline": r["headline"]}

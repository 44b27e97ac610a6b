#!/usr/bin/env python3
"""How dateline reads the passages that are kept for counting, beside the annotators.

usage: count.py --news DIR --dateline BINARY [--part count] [OPTIONS OF read...]

Prints what agreement.py prints, of the gold against dateline's events. An event of several sentences is compared at
each of its triggers. PLOVER folds what is asked for, promised, refused or threatened into the act that does so, so a gold
event that is neither actual nor ongoing and follows another in its sentence is optional: found it counts, missing it does not.
An account tells one happening once, with all the words for it ("killed ... in an attack"): gold mentions of one type in a
sentence that an event has among its triggers count as one. Of acts without a recipient in the gold (talks of several) recipients that are actors too are left out.
"""
import argparse
import json
import subprocess
import sys
import tempfile

import agreement
import sheets

SPEECH = {"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--news", required=True)
    p.add_argument("--dateline", required=True)
    p.add_argument("--part", default="count")
    o, options = p.parse_known_args()
    passages = sheets.Passages(o.news)
    names = [n for n, r in passages.rows.items() if r["part"] == o.part]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as f:
        for name in names:
            a = passages.article(name)
            f.write(json.dumps({"id": name, "text": a["text"], "published": a["date"]}) + "\n")
        f.flush()
        run = subprocess.run([o.dateline, "read", "--format", "jsonl", *options, f.name], check=True, capture_output=True, text=True)
    accounts = {a["id"]: a for a in map(json.loads, run.stdout.splitlines())}
    found = []
    for name in names:
        account = accounts[name]
        spans = lambda ids: [tuple(m["span"]) for i in ids for m in account["entities"][i]["mentions"]]
        for e in account["events"]:
            recipient = [] if set(e["recipient"]) <= set(e["actor"]) else e["recipient"]
            for n, (s, t) in enumerate(passages.spans(name), 1):
                here = [tuple(x) for x in e["trigger"] if s <= x[0] < t]
                if here:
                    found.append({"passage": name, "sentence": str(n), "trigger": here, "type": e["type"], "actor": spans(e["actor"]),
                                  "recipient": spans(recipient), "polarity": {"positive": "+", "negative": "-"}[e["polarity"]],
                                  "modality": e["modality"]})
    gold = [r for r in agreement.read(f"{sheets.HERE}/events.tsv") if r["passage"] in accounts]
    once = set()
    for f in found:
        held = [r for r in gold if all(r[k] == f[k] for k in ("passage", "sentence", "type")) and agreement.overlap(r["trigger"], f["trigger"])]
        once.update(id(r) for r in held[1:])
    gold = [r for r in gold if id(r) not in once]
    pairs = agreement.match(gold, found)
    first = {}
    for r in gold:
        if r["type"] in SPEECH:
            first.setdefault((r["passage"], r["sentence"]), r["trigger"][0])
    inner = lambda r: r["modality"] not in ("actual", "ongoing") and first.get((r["passage"], r["sentence"]), r["trigger"][0]) < r["trigger"][0]
    got = {id(a) for a, b in pairs if a["type"] == b["type"]}
    wanted = sum(not inner(r) or id(r) in got for r in gold)
    print(f"gold {len(gold)} ({wanted} wanted), found {len(found)}")
    agreement.report(pairs, wanted + len(found))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Between what an annotator reads and writes (words) and what is kept (offsets).

usage: sheets.py --news DIR show P000 P001 ...       the passages, numbered, with what stands before them
       sheets.py --news DIR check ANSWERS...         is every answer well-formed, every quoted word there, no sentence left out?
       sheets.py --news DIR keep ANSWERS... > events.tsv
       sheets.py --news DIR text [EVENTS]             events.tsv with its words put back

ANSWERS are TSV without a header, one event a line:
  sentence  trigger  type  actor  recipient  polarity  modality  date  place
`P017.3`; words of a trigger's pieces joined by ` | `, the head first; `TYPE` or `TYPE.mode`; parties joined by ` ; `;
`+` or `-`; a modality, `,h` after it for historical. `word#2` is the second place in the sentence where `word` stands,
`2:the army` words of sentence 2 of the passage. Empty for none. A sentence without an event: `P017.3<TAB>-`.
"""
import argparse
import csv
import gzip
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MODALITIES = {"actual", "ongoing", "planned", "ordered", "possible", "hypothetical"}
COLUMNS = ["passage", "sentence", "trigger", "type", "mode", "actor", "recipient", "polarity", "modality", "historical", "date", "place"]


def codes():
    """The types and, as TYPE.mode, the modes of the ontology."""
    with open(f"{HERE}/../../lexicon/plover-codes.tsv", encoding="utf8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    code, kind = rows[0].index("code"), rows[0].index("kind")
    return {r[code] for r in rows[1:] if r[kind] in ("type", "mode")}


class Passages:
    def __init__(self, news):
        with open(f"{HERE}/passages.tsv", encoding="utf8", newline="") as f:
            self.rows = {r["passage"]: r for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)}
        self.texts, wanted = {}, {(r["set"], r["article"]) for r in self.rows.values()}
        for name in {s for s, _ in wanted}:
            with gzip.open(f"{news}/{name}.jsonl.gz", "rt", encoding="utf8") as f:
                for a in map(json.loads, f):
                    if (name, a["id"]) in wanted:
                        self.texts[name, a["id"]] = a

    def article(self, passage):
        r = self.rows[passage]
        return self.texts[r["set"], r["article"]]

    def spans(self, passage):
        return [tuple(map(int, s.split("-"))) for s in self.rows[passage]["sentences"].split()]

    def show(self, passage):
        a, spans = self.article(passage), self.spans(passage)
        words = lambda s, e: " ".join(a["text"][s:e].split())
        print(f"## {passage}  {a['source']}  {a['date'] or 'no date'}")
        before = words(max(0, spans[0][0] - 400), spans[0][0])
        if before:
            print(f"(before: ...{before})")
        for n, (s, e) in enumerate(spans, 1):
            print(f"{passage}.{n}\t{words(s, e)}")
        print()

    def find(self, passage, sentence, quoted):
        """Where quoted words stand, as `start-end`."""
        at = re.match(r"(\d+):", quoted)
        if at:
            sentence, quoted = int(at[1]), quoted[at.end():]
        nth = re.search(r"#(\d+)$", quoted)
        words = quoted[:nth.start()] if nth else quoted
        s, e = self.spans(passage)[sentence - 1]
        text = self.article(passage)["text"][s:e]
        pattern = r"\s+".join(map(re.escape, words.split()))
        edge = lambda c, mark: mark if c.isalnum() else ""
        pattern = edge(words.strip()[0], r"(?<!\w)") + pattern + edge(words.strip()[-1], r"(?!\w)")
        found = [m.span() for m in re.finditer(pattern, text)]
        which = int(nth[1]) - 1 if nth else 0
        if which >= len(found):
            raise ValueError(f"{quoted!r} is not in sentence {passage}.{sentence}")
        return f"{s + found[which][0]}-{s + found[which][1]}"


def answers(passages, paths, known):
    """Rows of events.tsv and the mistakes."""
    rows, wrong, seen = [], [], {}
    for path in paths:
        for number, line in enumerate(open(path, encoding="utf8"), 1):
            line = line.rstrip("\n").rstrip("\r")
            if not line.strip() or line.startswith("#"):
                continue
            where = f"{path}:{number}"
            cells = [c.strip() for c in line.split("\t")]
            m = re.fullmatch(r"(P\d+)\.(\d+)", cells[0])
            if not m or m[1] not in passages.rows or not 0 < int(m[2]) <= len(passages.spans(m[1])):
                wrong.append(f"{where}: no sentence {cells[0]!r}")
                continue
            passage, sentence = m[1], int(m[2])
            seen.setdefault(passage, set()).add(sentence)
            if cells[1:2] == ["-"] and len(cells) == 2:
                continue
            cells += [""] * (9 - len(cells))
            try:
                if len(cells) != 9:
                    raise ValueError(f"{len(cells)} columns, wanted 9")
                _, trigger, kind, actor, recipient, polarity, modality, date, place = cells
                modality, _, h = modality.partition(",")
                if kind not in known:
                    raise ValueError(f"no type {kind!r}")
                if polarity not in "+-" or not polarity or modality not in MODALITIES or h.strip() not in ("", "h"):
                    raise ValueError(f"polarity {polarity!r} or modality {cells[6]!r}")
                spans = lambda cell, by: " ".join(passages.find(passage, sentence, q.strip()) for q in cell.split(by) if q.strip())
                kind, _, mode = kind.partition(".")
                row = [passage, str(sentence), spans(trigger, " | "), kind, mode, spans(actor, " ; "), spans(recipient, " ; "),
                       polarity, modality, h.strip(), spans(date, " | "), spans(place, " | ")]
                if not row[2]:
                    raise ValueError("no trigger")
                rows.append(row)
            except ValueError as error:
                wrong.append(f"{where}: {error}")
    for passage, sentences in seen.items():
        missing = set(range(1, len(passages.spans(passage)) + 1)) - sentences
        wrong += [f"{passage}.{n}: not answered" for n in sorted(missing)]
    order = lambda r: (r[0], int(r[1]), [tuple(map(int, s.split("-"))) for s in r[2].split()])
    return sorted(rows, key=order), wrong


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--news", required=True)
    p.add_argument("what", choices=["show", "check", "keep", "text"])
    p.add_argument("names", nargs="*")
    o = p.parse_args()
    passages = Passages(o.news)
    if o.what == "show":
        for name in o.names:
            passages.show(name)
        return
    if o.what == "text":
        with open(o.names[0] if o.names else f"{HERE}/events.tsv", encoding="utf8", newline="") as f:
            for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = passages.article(r["passage"])["text"]
                slices = lambda cell: " | ".join(text[int(s):int(e)] for s, e in (span.split("-") for span in cell.split()))
                print(*(slices(r[c]) if c in ("trigger", "actor", "recipient", "date", "place") else r[c] for c in COLUMNS), sep="\t")
        return
    rows, wrong = answers(passages, o.names, codes())
    if wrong:
        sys.exit("\n".join(wrong))
    if o.what == "keep":
        print(*COLUMNS, sep="\t")
        for row in rows:
            print(*row, sep="\t")
    else:
        print(f"{len(rows)} events, nothing wrong")


if __name__ == "__main__":
    main()

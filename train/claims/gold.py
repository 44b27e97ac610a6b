"""Gold attributions in BRAT standoff (PolNeAR), and which of the claims that were found are right.

A folder has text/STEM.txt and attributions/STEM_ANNOTATOR.ann; of several annotators the first in
sorted order counts. A claim is right when its content is matched one to one with one of the gold
(characters without the punctuation at the ends, Dice of a half or more, best first) and its source
agrees: the last word of the shorter one lies in the longer one, or neither names anybody.
"""
import glob
import json
import os
import re
import sys
import unicodedata

SPAN = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def read(folder):
    """{stem: (text, [{"source", "cue", "content"}, ...])}; spans are [start, end) in code points."""
    out = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "text", "*.txt"))):
        stem = os.path.basename(path)[:-4]
        anns = glob.glob(os.path.join(glob.escape(folder), "attributions", glob.escape(stem) + "_*.ann"))
        anns = sorted(a for a in anns if "_" not in os.path.basename(a)[len(stem) + 1:])
        if anns:
            out[stem] = (_text(path), _claims(_text(anns[0])))
    if not out:
        raise SystemExit(f"{folder}: no text/ with attributions/ there")
    return out


def accounts(path, gold):
    """[(account, text, gold attributions)] of what `dateline read` wrote, a file or `-`."""
    with sys.stdin if path == "-" else open(path, encoding="utf-8") as lines:
        return [(account, *gold[account["id"]]) for account in map(json.loads, lines)]


def _text(path):
    with open(path, encoding="utf-8", newline="") as f:  # offsets must not move
        return f.read()


def _claims(ann):
    spans, claims = {}, []
    for m in filter(None, map(SPAN.match, ann.split("\n"))):
        spans[m[1]] = [tuple(map(int, piece.split())) for piece in m[2].split(";")]
    for line in ann.split("\n"):
        if re.match(r"E\d+\t", line):
            claim = {"source": [], "cue": [], "content": []}
            for part in line.split("\t")[1].split():
                role, ref = part.split(":")
                claim.get(role.rstrip("0123456789").lower(), []).extend(spans[ref])
            claims.append(claim)
    return [c for c in claims if c["content"]]


def _loose(c):
    return c.isspace() or unicodedata.category(c)[0] in "PZC" or c in "`\u00b4"


def _core(spans, text):
    """The characters of a content, without loose ones at the ends of its pieces."""
    out = set()
    for start, end in spans:
        while start < end and _loose(text[start]):
            start += 1
        while end > start and _loose(text[end - 1]):
            end -= 1
        out.update(range(start, end))
    return out


def _dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _same_source(a, b, text):
    if not a or not b:
        return not a and not b
    chars = [set().union(*(range(s, e) for s, e in spans)) for spans in (a, b)]
    if _dice(*chars) >= 0.5:
        return True
    short, long = sorted((a, b), key=lambda spans: sum(e - s for s, e in spans))
    words = [m.span() for s, e in short for m in WORD.finditer(text, s, e)]
    return any(s < f and t < e for s, e in words[-1:] for t, f in long)


def pairs(text, gold, found):
    """[(index in gold, index in found, whether the source agrees)], one to one."""
    g_chars, f_chars = ([_core(c["content"], text) for c in claims] for claims in (gold, found))
    scored = []
    for i, a in enumerate(g_chars):
        lowest, highest = min(a, default=0), max(a, default=0)
        for j, b in enumerate(f_chars):
            if b and min(b) <= highest and max(b) >= lowest:
                d = _dice(a, b)
                if d >= 0.5:
                    scored.append((-d, i, j))
    out, left, right = [], set(), set()
    for _, i, j in sorted(scored):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j, _same_source(gold[i]["source"], found[j]["source"], text)))
    return out

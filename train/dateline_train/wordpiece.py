"""Word pieces of a token's form, the twin of crates/syntax/src/network/wordpiece.rs.

A form is lower-cased and stripped of accents, cut into runs of letters and digits and single other
characters, and each run is cut greedily into pieces of the vocabulary (Devlin et al. 2019).
"""
import unicodedata
from collections import Counter

MOST, LONGEST = 6, 100  # pieces of a token; characters of a run
UNKNOWN, FIRST, LAST = "[UNK]", "[CLS]", "[SEP]"
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def runs(form):
    """Maximal runs of letters and digits, and every other visible character alone."""
    out, run = [], ""
    for c in unicodedata.normalize("NFD", form.lower()).translate(_STRAIGHT):
        category = unicodedata.category(c)
        if category[0] == "M" or category == "Cc":
            continue
        if c.isalnum():
            run += c
            continue
        if run:
            out.append(run)
            run = ""
        if not c.isspace():
            out.append(c)
    return out + [run] if run else out


def pieces(form, vocabulary):
    """At most MOST pieces of a form; never none."""
    out = []
    for run in runs(form):
        cut, at = [], 0
        while at < len(run) and len(run) <= LONGEST:
            for end in range(len(run), at, -1):
                piece = ("##" if at else "") + run[at:end]
                if piece in vocabulary:
                    cut.append(piece)
                    break
            else:
                break
            at = end
        out += cut if at == len(run) else [UNKNOWN]
    return out[:MOST] or [UNKNOWN]


def prune(vocabulary, forms):
    """The pieces that the forms use more than once, single characters and the special ones, in the old order."""
    used = Counter()
    for form, n in Counter(forms).items():
        for piece in pieces(form, vocabulary):
            used[piece] += n
    alone = lambda p: len(p.removeprefix("##")) == 1 and p.isascii()
    return [p for p in vocabulary if used[p] > 1 or alone(p) or p in (UNKNOWN, FIRST, LAST)]

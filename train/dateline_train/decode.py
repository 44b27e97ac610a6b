"""Names from the two heads, the twin of crates/syntax/src/network/names.rs.

The gold head knows PER, ORG and LOC, the silver head eighteen kinds. The share of a kind's label is the
product of the gold head's share of its coarse label and, to a lesser power, of the silver head's; what is
none of the three is a matter of the silver head among such labels. The best well-formed sequence wins.
"""
import numpy as np

from .data import COARSE
from .network import KIND_LABELS, NAME_LABELS

TRUST = 0.15  # the power of the silver head's share of a coarse label
DOUBT = 1.75  # what the gold head's score of no name gains: unseen names are claimed too readily
GROUP = np.array([NAME_LABELS.index(l[:2] + COARSE[l[2:]]) if l[2:] in COARSE else 0 for l in KIND_LABELS])


def joint(names, kinds, trust=TRUST):
    """[T, K] log shares of the kinds' labels, of the scores [T, N] and [T, K] of the two heads."""
    log = lambda x: x - np.logaddexp.reduce(x, -1, keepdims=True)
    names, kinds = log(names) + DOUBT * (np.arange(names.shape[1]) == 0), log(kinds)
    coarse = np.stack([np.logaddexp.reduce(kinds[:, GROUP == g], -1) for g in range(len(NAME_LABELS))], -1)
    return kinds + (names + (trust - 1) * coarse)[:, GROUP]


def sequence(scores):
    """The best sequence of labels [T] in which every I- follows its B- or I-."""
    T, K = scores.shape
    begins, insides = np.arange(1, K, 2), np.arange(2, K, 2)
    best, back = scores[0].copy(), np.zeros((T, K), int)
    best[insides] = -1e9
    for t in range(1, T):
        top = best.argmax()
        back[t] = top
        new = best[top] + scores[t]
        further = best[insides] >= best[begins]
        back[t, insides] = np.where(further, insides, begins)
        new[insides] = np.where(further, best[insides], best[begins]) + scores[t, insides]
        best = new
    out = [int(best.argmax())]
    for t in range(T - 1, 0, -1):
        out.append(int(back[t, out[-1]]))
    return out[::-1]


def spans(labels):
    """{(start, past the end, label)} of BIO labels."""
    out, start = set(), None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and label != "I-" + labels[start][2:]:
            out.add((start, i, labels[start][2:]))
            start = None
        if label[0] == "B":
            start = i
    return out

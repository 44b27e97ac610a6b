"""Losses of the heads, each a mean over the tokens or spans it is defined on."""
import torch
import torch.nn.functional as F

from . import card
from .crf import LogPartition
from .network import ROLE_LABELS


def tag_loss(scores, gold):
    """Cross entropy over tokens; -1 is not scored."""
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-1)


def arcs_of(net, x, batch):
    """Scores [N, 1 + T] of the heads of the batch's N tokens, of which those of a sentence compete."""
    sentence, mask = batch["sentence"], batch["mask"] > 0
    same = (sentence[:, :, None] == sentence[:, None, :]) & mask[:, :, None] & mask[:, None, :]
    arcs = net.arcs(x).masked_fill(~torch.cat([mask[..., None], same], -1), -1e4)
    return arcs[batch["at"]]


def tree_losses(net, x, batch):
    """Arc, relation and sentence-end losses. Heads compete only within the gold sentence."""
    b, t = batch["at"]
    head = batch["head"][b, t]
    arc = F.cross_entropy(arcs_of(net, x, batch), head)
    rel = F.cross_entropy(net.relations(x, b, t, head), batch["deprel#"][b, t], ignore_index=-1)
    ends = F.binary_cross_entropy_with_logits(net.ends(x)[..., 0][b, t], batch["end"][b, t])
    return arc, rel, ends


def soft_loss(scores, labels, shares):
    """Cross entropy against a teacher's shares [N, K] of its likeliest labels [N, K]."""
    return -(scores.log_softmax(-1).gather(-1, labels) * shares).sum(-1).mean()


SOFT = {"upos": 0.5, "xpos": 0.5, "feats": 0.3, "lemma": 0.5, "names": 1.0, "kinds": 0.5}


def taught_losses(net, x, batch):
    """Losses against what a teacher said of raw text (`teach.py`): its likeliest labels and their shares."""
    taught, (b, t) = batch["taught"], batch["at"]
    states = x[b, t]
    out = {"t-" + k: w * soft_loss(getattr(net, k)(states), *taught[k]) for k, w in SOFT.items()}
    out["t-arc"] = soft_loss(arcs_of(net, x, batch), *taught["arcs"])
    out["t-rel"] = soft_loss(net.relations(x, b, t, batch["head"][b, t]), *taught["deprel"])
    out["t-end"] = 2 * F.binary_cross_entropy_with_logits(net.ends(states)[..., 0], taught["end"])
    return out


def allowed_transitions():
    """[L, L] 0 where label j may follow label i, else a large negative number."""
    out = torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS))
    for i, a in enumerate(ROLE_LABELS):
        for j, b in enumerate(ROLE_LABELS):
            if b[0] == "I" and a[1:] != b[1:]:
                out[i, j] = -1e4
    return out


FORBIDDEN = allowed_transitions()
FIRST = torch.tensor([-1e4 if l[0] == "I" else 0.0 for l in ROLE_LABELS])


def crf_loss(scores, transitions, gold, mask):
    """Negative log likelihood of the label sequences of a linear-chain CRF, a mean over tokens."""
    trans = transitions + FORBIDDEN.to(scores.device)
    g = gold.clamp(min=0)
    unary = (scores.gather(2, g[..., None])[..., 0] * mask).sum()
    pairs = (trans[g[:, :-1], g[:, 1:]] * mask[:, 1:]).sum()
    if scores.is_cuda:
        total = card.log_partition(scores, trans, FIRST.to(scores.device), mask)
    else:
        total = LogPartition.apply(scores, trans, FIRST, mask.sum(1).long())
    return (total - unary - pairs) / mask.sum()


def viterbi(scores, transitions, n):
    """Best label sequence of one window of n tokens."""
    trans = (transitions.cpu() + FORBIDDEN).tolist()
    s = scores[:n].tolist()
    L = range(len(ROLE_LABELS))
    best = [s[0][j] + (-1e4 if ROLE_LABELS[j][0] == "I" else 0) for j in L]
    back = []
    for t in range(1, n):
        row, new = [], []
        for j in L:
            i = max(L, key=lambda i: best[i] + trans[i][j])
            row.append(i)
            new.append(best[i] + trans[i][j] + s[t][j])
        back.append(row)
        best = new
    j = max(L, key=lambda j: best[j])
    out = [j]
    for row in reversed(back):
        j = row[j]
        out.append(j)
    return out[::-1]


def span_vectors(y, spans):
    """[N, 3W]: first token, last token and mean of spans [N, 3] of (window, first, past the last), of states [B, T, W]."""
    b, s, e = spans.unbind(1)
    sums = F.pad(y.cumsum(1), (0, 0, 1, 0))
    return torch.cat([y[b, s], y[b, e - 1], (sums[b, e] - sums[b, s]) / (e - s)[:, None]], -1)


def link_losses(net, y, links):
    """Content to cue and cue to source on gold spans (`links.py`)."""
    out = []
    for name, head in (("content_cue", net.content_cue), ("cue_source", net.cue_source)):
        if name not in links:
            out.append(y.sum() * 0)
            continue
        ones, others, which, gap, extra, gold = links[name]
        scores = head(span_vectors(y, ones), span_vectors(y, others), which, gap, extra)
        out.append(F.cross_entropy(scores, gold, reduction="sum") / 10 / len(y))
    return out

"""Losses of the heads, each a mean over the tokens or spans it is defined on."""
import torch
import torch.nn.functional as F

from .crf import LogPartition
from .network import ROLE_LABELS


def tag_loss(scores, gold):
    """Cross entropy over tokens; -1 is not scored."""
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-1)


def tree_losses(net, x, batch):
    """Arc, relation and sentence-end losses. Heads compete only within the gold sentence."""
    head, sentence, mask = batch["head"], batch["sentence"], batch["mask"] > 0
    same = (sentence[:, :, None] == sentence[:, None, :]) & mask[:, :, None] & mask[:, None, :]
    same = torch.cat([mask[..., None], same], -1)
    arcs = net.arcs(x).masked_fill(~same, -1e4)
    b, t = mask.nonzero(as_tuple=True)
    arc = F.cross_entropy(arcs[b, t], head[b, t])
    rel = F.cross_entropy(net.relations(x, b, t, head[b, t]), batch["deprel#"][b, t], ignore_index=-1)
    ends = F.binary_cross_entropy_with_logits(net.ends(x)[..., 0][mask], batch["end"][mask])
    return arc, rel, ends


def soft_loss(scores, labels, shares):
    """Cross entropy against a teacher's shares [N, K] of its likeliest labels [N, K]."""
    return -(scores.log_softmax(-1).gather(-1, labels) * shares).sum(-1).mean()


SOFT = {"upos": 0.5, "xpos": 0.5, "feats": 0.3, "lemma": 0.5, "names": 1.0, "kinds": 0.5}


def taught_losses(net, x, batch):
    """Losses against what a teacher said of raw text (`teach.py`): its likeliest labels and their shares."""
    mask, taught = batch["mask"] > 0, batch["taught"]
    at = x[mask]
    out = {"t-" + k: w * soft_loss(getattr(net, k)(at), *taught[k]) for k, w in SOFT.items()}
    head, sentence = batch["head"], batch["sentence"]
    same = (sentence[:, :, None] == sentence[:, None, :]) & mask[:, :, None] & mask[:, None, :]
    arcs = net.arcs(x).masked_fill(~torch.cat([mask[..., None], same], -1), -1e4)[mask]
    out["t-arc"] = soft_loss(arcs, *taught["arcs"])
    b, t = mask.nonzero(as_tuple=True)
    out["t-rel"] = soft_loss(net.relations(x, b, t, head[b, t]), *taught["deprel"])
    out["t-end"] = 2 * F.binary_cross_entropy_with_logits(net.ends(x)[..., 0][mask], taught["end"])
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
    trans = transitions + FORBIDDEN
    g = gold.clamp(min=0)
    unary = (scores.gather(2, g[..., None])[..., 0] * mask).sum()
    pairs = (trans[g[:, :-1], g[:, 1:]] * mask[:, 1:]).sum()
    total = LogPartition.apply(scores, trans, FIRST, mask.sum(1).long())
    return (total - unary - pairs) / mask.sum()


def viterbi(scores, transitions, n):
    """Best label sequence of one window of n tokens."""
    trans = (transitions + FORBIDDEN).tolist()
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
    """[N, 3W]: first token, last token and mean of each span of one window's states [T, W]."""
    s = torch.tensor([a for a, _ in spans])
    e = torch.tensor([z for _, z in spans])
    sums = F.pad(y.cumsum(0), (0, 0, 1, 0))
    return torch.cat([y[s], y[e - 1], (sums[e] - sums[s]) / (e - s)[:, None]], -1)


def pair_features(ones, others, quote, start):
    """Signed gap [M, N] and extras [M, N, 4] of two lists of spans of one window.

    Extras: same paragraph; neighbouring paragraphs; how many of `others` lie between, at most three,
    divided by three; whether the first span begins inside quotation marks.
    """
    par = start.cumsum(0).tolist()
    quote = quote.tolist()
    gap, extra = [], []
    for a, z in ones:
        gaps, extras = [], []
        for s, e in others:
            d = s - z + 1 if s >= z else e - 1 - a if e <= a else 0
            lo, hi = (z, s) if s >= z else (e, a)
            between = sum(lo <= p and q <= hi for p, q in others)
            step = abs(par[s] - par[a])
            gaps.append(d)
            extras.append([float(step == 0), float(step == 1), min(between, 3) / 3, float(quote[a] in (1, 2))])
        gap.append(gaps)
        extra.append(extras)
    return torch.tensor(gap), torch.tensor(extra)


def link_losses(net, y, batch, rng):
    """Content to cue and cue to source on gold spans; the true partner is hidden now and then."""
    losses = {"content_cue": [], "cue_source": []}
    for b, claims in enumerate(batch["claims"]):
        quote, start = batch["quote"][b], batch["start"][b]
        for name, one, other in (("content_cue", "content", "cue"), ("cue_source", "cue", "source")):
            others = sorted({tuple(x) for c in claims for x in c[other]})
            others = [o for o in others if rng.random() > 0.05]
            pairs = [(x, c[other]) for c in claims for x in c[one]]
            if not pairs:
                continue
            ones = [p[0] for p in pairs]
            at = {o: i + 1 for i, o in enumerate(others)}
            gold = torch.tensor([next((at[o] for o in map(tuple, p[1]) if o in at), 0) for p in pairs])
            scores = link_scores(getattr(net, name), y[b], ones, others, quote, start)
            losses[name].append(F.cross_entropy(scores, gold, reduction="sum") / 10)
    n = max(1, len(batch["claims"]))
    return [sum(v) / n if v else y.sum() * 0 for v in losses.values()]


def link_scores(links, y, ones, others, quote, start):
    """Scores [M, 1 + N] of spans against candidates; with no candidate only the score for none."""
    if not others:
        return links.none(F.relu(links.a(span_vectors(y, ones))))
    gap, extra = pair_features(ones, others, quote, start)
    return links(span_vectors(y, ones), span_vectors(y, others), gap, extra)

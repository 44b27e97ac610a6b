"""Who is linked to whom in a batch: the spans of its claims, the candidates of each, and which is right."""
import torch

PAIRS = (("content_cue", "content", "cue"), ("cue_source", "cue", "source"))


def pair_features(one, others, par, quote):
    """Signed gaps and extras of a span against the others of its window.

    Extras: same paragraph; neighbouring paragraphs; how many of `others` lie between, at most three,
    divided by three; whether the span begins inside quotation marks.
    """
    (a, z), gaps, extras = one, [], []
    for s, e in others:
        lo, hi = (z, s) if s >= z else (e, a)
        between = sum(lo <= p and q <= hi for p, q in others)
        step = abs(par[s] - par[a])
        gaps.append(s - z + 1 if s >= z else e - 1 - a if e <= a else 0)
        extras.append([float(step == 0), float(step == 1), min(between, 3) / 3, float(quote[a] in (1, 2))])
    return gaps, extras


def links(windows, quote, start, rng):
    """Of the claims of each window, {pair: tensors} as `Links.forward` takes them, and the gold column [M].

    `quote` and `start` are lists of lists. The true partner is hidden now and then.
    """
    out = {}
    for name, one, other in PAIRS:
        ones, all_others, which, gaps, extras, gold = [], [], [], [], [], []
        for b, claims in enumerate(windows):
            others = sorted({tuple(x) for c in claims for x in c[other]})
            others = [o for o in others if rng is None or rng.random() > 0.05]
            at = {o: i + 1 for i, o in enumerate(others)}
            par, n = [], 0
            for x in start[b]:
                n += x
                par.append(n)
            for c in claims:
                for x in c[one]:
                    gap, extra = pair_features(x, others, par, quote[b])
                    ones.append((b, *x))
                    which.append([len(all_others) + i for i in range(len(others))])
                    gaps.append(gap)
                    extras.append(extra)
                    gold.append(next((at[o] for o in map(tuple, c[other]) if o in at), 0))
            all_others += [(b, *o) for o in others]
        if not ones or not all_others:
            continue
        most = max(map(len, which))
        pad = lambda rows, fill: torch.tensor([r + [fill] * (most - len(r)) for r in rows])
        out[name] = (torch.tensor(ones), torch.tensor(all_others), pad(which, -1), pad(gaps, 0), pad(extras, [0.0] * 4), torch.tensor(gold))
    return out

"""Windows to tensors."""
import torch

from .encoder import Cutter
from .features import quote_states
from .links import links
from .network import KIND_LABELS, NAME_LABELS, ROLE_LABELS

ROLE = {l: i for i, l in enumerate(ROLE_LABELS)}
NAMES = {k: {None: -1, **{l: i for i, l in enumerate(v)}} for k, v in (("name", NAME_LABELS), ("kind", KIND_LABELS))}


class Batcher:
    """Turns windows [(document, start, end)] into a batch; `index` maps label lists to numbers. With `pieces`
    (a vocabulary) the batch has word pieces."""

    def __init__(self, types, labels, pieces=None):
        self.types, self.tensors, self.cutter = types, None, Cutter(pieces) if pieces else None
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}

    def prepare(self, docs):
        """Numbers the types and labels of documents, once."""
        for d in docs:
            d["type"] = [self.types.id(f) for f in d["form"]]
            d["type lower"] = [self.types.id(f.lower()) for f in d["form"]]
            d["type upper"] = [self.types.id(f.upper()) for f in d["form"]]
            d["quote"] = quote_states(d["form"], d["par"])
            for k in ("upos", "xpos", "feats", "deprel"):
                if k in d:
                    d[k + "#"] = [self.index[k].get(x, -1) for x in d[k]]
            for k, numbers in NAMES.items():
                if k in d:
                    d[k + "#"] = [numbers[x] for x in d[k]]
            if "script" in d:
                d["lemma#"] = [self.index["lemma"].get(x, -1) for x in d["script"]]
        self.tensors = self.types.tensors()

    def build(self, group, rng=None):
        """One batch; with `rng` some windows are read in lower case or in capitals, as old wires wrote."""
        B, T = len(group), max(e - s for _, s, e in group)
        new = lambda fill, dtype=torch.long: torch.full((B, T), fill, dtype=dtype)
        out = {"ids": new(0), "quote": new(0), "start": new(0), "mask": new(0, torch.float)}
        first = group[0][0]
        fields = [k for k in ("upos#", "xpos#", "feats#", "lemma#", "deprel#", "name#", "kind#") if k in first]
        fields = [k for k in fields if any(x >= 0 for d, s, e in group for x in d[k][s:e])]
        claims = []
        out.update({k: new(-1) for k in fields})
        if "head" in first:
            out.update(head=new(-1), sentence=new(-1), end=new(-1, torch.float))
        if "role" in first:
            out.update(role=new(-1))
        for b, (d, s, e) in enumerate(group):
            n = e - s
            put = lambda k, v: out[k][b, :n].copy_(torch.tensor(v))
            luck = rng.random() if rng else 1
            put("ids", d["type lower" if luck < 0.05 else "type upper" if luck < 0.08 else "type"][s:e])
            put("quote", d["quote"][s:e])
            put("start", [int(x) for x in d["par"][s:e]])
            out["mask"][b, :n] = 1
            for k in fields:
                put(k, d[k][s:e])
            if "head" in d:
                put("head", [h - s + 1 if h >= 0 else 0 for h in d["head"][s:e]])
                number, numbers = 0, []
                for x in d["end"][s:e]:
                    numbers.append(number)
                    number += x
                put("sentence", numbers)
                put("end", [float(x) for x in d["end"][s:e]])
            if "role" in d:
                role = d["role"][s:e]
                put("role", [ROLE[x] if i or x[0] != "I" else ROLE["B" + x[1:]] for i, x in enumerate(role)])
                inside = lambda r: [(a - s, z - s) for a, z in r if a >= s and z <= e]
                claims.append([{k: inside(c[k]) for k in ("source", "cue", "content")} for c in d["claims"]])
        if "taught" in first:
            out["taught"] = self.taught(group)
        if "role" in first:
            out["links"] = links(claims, [d["quote"][s:e] for d, s, e in group], [d["par"][s:e] for d, s, e in group], rng)
        if self.cutter:
            out["pieces"] = self.cutter.windows([d["form"][s:e] for d, s, e in group], T)  # they know no case
        out["at"] = out["mask"].nonzero(as_tuple=True)
        unique, ids = torch.unique(out["ids"], return_inverse=True)
        out["ids"], out["types"] = ids, tuple(t[unique] for t in self.tensors)
        return out

    def taught(self, group):
        """What the teacher said of the windows' tokens, one window after another: labels and shares."""
        parts = {}
        for d, s, e in group:
            for k, v in d["taught"].items():
                if k == "end":
                    row = (torch.tensor(v[s:e], dtype=torch.float),)
                else:
                    labels, shares = torch.tensor(v[0][s:e], dtype=torch.long), torch.tensor(v[1][s:e], dtype=torch.float)
                    if k == "arcs":  # indexes in the document, -1 the root, to columns of the window's scores
                        here = (labels < 0) | (labels >= s) & (labels < e)
                        labels, shares = torch.where((labels < 0) | ~here, 0, labels - s + 1), shares * here
                    row = (labels, shares)
                parts.setdefault(k, []).append(row)
        joined = {k: tuple(map(torch.cat, zip(*rows))) for k, rows in parts.items()}
        joined["end"] = joined["end"][0]
        return joined

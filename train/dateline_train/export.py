"""Writes a checkpoint as the model file that crates/syntax embeds; see crates/syntax/src/file.rs for its form.

  python -m dateline_train.export --work DIR --out crates/syntax/model/swift.bin
"""
import argparse
import os
import struct

import numpy as np
import torch

from . import parity
from .batch import Batcher
from .network import NAME_LABELS, ROLE_LABELS, Reader
from .vocabulary import TypeTable, known_lemmas, script_suffixes

HALF, BYTE = "f16", "i8"


def checksum(data):
    """FNV-1a over eight bytes at a time, as crates/syntax/src/file.rs has it."""
    h, prime, mask = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1
    data += b"\0" * (-len(data) % 8)
    for (w,) in struct.iter_unpack("<Q", data):
        h = (h ^ w) * prime & mask
    return h


class Writer:
    def __init__(self):
        self.lines, self.data = [], bytearray()

    def labels(self, name, values):
        assert not any("\t" in v or "\n" in v for v in values)
        self.lines.append("\t".join(["labels", name, *values]))

    def place(self):
        self.data += b"\0" * (-len(self.data) % 4)
        return len(self.data)

    def half(self, name, x):
        x = x.reshape(1, -1) if x.ndim == 1 else x
        self.lines.append(f"tensor\t{name}\t{HALF}\t{x.shape[0]}\t{x.shape[1]}\t{self.place()}")
        self.data += x.astype("<f2").tobytes()

    def bytes(self, name, x):
        scale = np.maximum(np.abs(x).max(1), 1e-12).astype("<f4") / 127
        self.lines.append(f"tensor\t{name}\t{BYTE}\t{x.shape[0]}\t{x.shape[1]}\t{self.place()}")
        self.data += scale.tobytes() + np.clip(np.rint(x / scale[:, None]), -127, 127).astype("i1").tobytes()

    def words(self, words):
        text = "".join(w + "\n" for w in words).encode()
        self.lines.append(f"words\t{self.place()}\t{len(text)}")
        self.data += text

    def write(self, path):
        manifest = ("\n".join(self.lines) + "\n").encode()
        manifest += b"\n" * (-len(manifest) % 4)
        body = manifest + bytes(self.data)
        with open(path, "wb") as f:
            f.write(b"DATELINE" + struct.pack("<IIQ", 1, len(manifest), checksum(body)) + body)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--work", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    stuff = torch.load(os.path.join(args.work, "data.pt"), weights_only=False)
    saved = torch.load(os.path.join(args.work, "checkpoint.pt"), weights_only=False)
    net = Reader(stuff["minilm"], stuff["labels"])
    net.load_state_dict(saved["average"], strict=False)
    w = Writer()
    for name, values in stuff["labels"].items():
        if name == "lemma":
            suffixes = script_suffixes(stuff["trees"], values)
            values = ["\x1f".join([v, *s]) for v, s in zip(values, suffixes)]
        w.labels(name, values)
    w.labels("known", known_lemmas(stuff["trees"]))
    w.labels("names", NAME_LABELS)
    w.labels("roles", ROLE_LABELS)
    # the word table: row 0, the unknown word, is nothing and stays away; the others in the order of their bytes
    order = sorted(range(1, len(stuff["words"])), key=lambda i: stuff["words"][i].encode())
    order = [i for i in order if not any(c in stuff["words"][i] for c in "\n\r")]
    w.words([stuff["words"][i] for i in order])
    with torch.no_grad():
        rows = net.types.row(torch.tensor([0] + order)).numpy()
    rows[0] = 0
    w.bytes("types.word", rows)
    for name in ("prefix", "suffix", "shape"):
        w.bytes(f"types.{name}", getattr(net.types, name).weight.detach().numpy())
    skip = ("types.project", "types.word", "types.minilm", "types.prefix", "types.suffix", "types.shape")
    for name, value in net.state_dict().items():
        if not name.startswith(skip):
            w.half(name, value.numpy())
    w.write(args.out)
    batcher = Batcher(TypeTable(stuff["words"]), stuff["labels"])
    beside = os.path.join(os.path.dirname(args.out), "parity.tsv")
    parity.write(beside, parity.rounded(net, parity.through_bytes), batcher, stuff["labels"])
    print(f"{args.out}: step {saved['step']}, {os.path.getsize(args.out) / 1e6:.2f} MB, {len(order)} words")


if __name__ == "__main__":
    main()

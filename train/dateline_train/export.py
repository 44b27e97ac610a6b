"""Writes a checkpoint as the model file that crates/syntax embeds; see crates/syntax/src/file.rs for its form.

  python -m dateline_train.export MODEL --work DIR --out crates/syntax/model
"""
import argparse
import os
import struct

import numpy as np
import torch

from . import parity
from .batch import Batcher
from .network import KIND_LABELS, NAME_LABELS, ROLE_LABELS, Linear
from .recipes import RECIPES
from .vocabulary import TypeTable, known_lemmas, script_suffixes

HALF, BYTE = "f16", "i8"
TABLE, WEIGHT = 127, 63  # steps to either side of zero: of tables, and of weights that are multiplied with


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

    def bytes(self, name, x, steps):
        scale = np.maximum(np.abs(x).max(1), 1e-12).astype("<f4") / steps
        self.lines.append(f"tensor\t{name}\t{BYTE}\t{x.shape[0]}\t{x.shape[1]}\t{self.place()}")
        self.data += scale.tobytes() + np.clip(np.rint(x / scale[:, None]), -steps, steps).astype("i1").tobytes()

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


def file_name(name):
    """What the reader calls a tensor: `encoder.0.up.weight` for `encoder.layers.0.up.weight`."""
    name = name.removeprefix("encoder.layers.") if name.startswith("encoder.layers.") else name
    return "encoder." + name if name[0].isdigit() else name


def add_tensors(w, net, order):
    """All weights; `order` are the rows of the word table."""
    with torch.no_grad():
        rows = net.types.row(torch.tensor([0] + order)).numpy()
    rows[0] = 0
    w.bytes("types.word", rows, TABLE)
    tables = {f"types.{name}.weight": f"types.{name}" for name in ("prefix", "suffix", "shape")}
    halves = {"encoder.position.weight": "encoder.position", "encoder.kind": "encoder.kind"}
    if net.encoder is not None:
        tables["encoder.word.weight"] = "encoder.word"
    products = {f"{name}.weight" for name, module in net.named_modules() if isinstance(module, Linear)}
    for name, value in net.state_dict().items():
        if name in ("types.minilm", "types.project.weight", "types.word.weight"):
            continue
        if name in tables:
            w.bytes(tables[name], value.numpy(), TABLE)
        elif name in products:
            w.bytes(file_name(name), value.numpy(), WEIGHT)
        else:
            w.half(halves.get(name) or file_name(name), value.numpy())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", choices=RECIPES)
    ap.add_argument("--work", required=True)
    ap.add_argument("--out", required=True, help="folder of MODEL.bin and, beside it, MODEL-parity.tsv")
    args = ap.parse_args()
    stuff = torch.load(os.path.join(args.work, "data.pt"), weights_only=False)
    saved = torch.load(os.path.join(args.work, args.model, "checkpoint.pt"), weights_only=False)
    net = RECIPES[args.model].network(stuff, fresh=False)
    net.load_state_dict(saved["average"], strict=False)
    w = Writer()
    for name, values in stuff["labels"].items():
        if name == "lemma":
            suffixes = script_suffixes(stuff["trees"], values)
            values = ["\x1f".join([v, *s]) for v, s in zip(values, suffixes)]
        w.labels(name, values)
    w.labels("known", known_lemmas(stuff["trees"]))
    w.labels("names", NAME_LABELS)
    w.labels("kinds", KIND_LABELS)
    w.labels("roles", ROLE_LABELS)
    if net.encoder is not None:
        w.labels("pieces", stuff["pieces"])
    # the word table: row 0, the unknown word, is nothing and stays away; the others in the order of their bytes
    words = stuff["words"][:RECIPES[args.model].rows + 1]
    order = sorted(range(1, len(words)), key=lambda i: words[i].encode())
    order = [i for i in order if not any(c in words[i] for c in "\n\r")]
    w.words([words[i] for i in order])
    add_tensors(w, net, order)
    out = os.path.join(args.out, args.model + ".bin")
    w.write(out)
    batcher = Batcher(TypeTable(words), stuff["labels"], stuff["pieces"] if net.encoder is not None else None)
    parity.write(os.path.join(args.out, args.model + "-parity.tsv"), parity.rounded(net), batcher, stuff["labels"])
    print(f"{out}: step {saved['step']}, {os.path.getsize(out) / 1e6:.2f} MB, {len(order)} words")


if __name__ == "__main__":
    main()

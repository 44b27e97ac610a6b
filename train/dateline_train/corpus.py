"""All that the models are trained on, made once from the data folder and kept in the work folder."""
import os
import subprocess

import torch

from . import data, vocabulary
from .silver import silver_names
from .wordpiece import prune

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOKENIZER = os.path.join(ROOT, "target", "release", "examples", "tokenize")


def load(folder, work):
    """Documents by source and the vocabulary, kept in `work` after the first time."""
    path = os.path.join(work, "data.pt")
    if os.path.exists(path):
        return torch.load(path, weights_only=False)
    subprocess.run(["cargo", "build", "--release", "-p", "dateline-syntax", "--example", "tokenize"], cwd=ROOT, check=True)
    p = lambda *x: os.path.join(folder, *x)
    trees = data.read_conllu(p("ud", "ewt-train.conllu"))
    data.add_ewt_names(trees, p("names", "ewt-train.iob2"))
    gum = data.read_conllu(p("ud", "gum-train.conllu"))
    data.add_gum_names(gum)
    trees += gum
    for d in trees:
        d["script"] = [vocabulary.lemma_script(f, l) for f, l in zip(d["form"], d["lemma"])]
    claims = data.read_claims(p("claims", "train"), data.tokenize(data.read_texts(p("claims", "train")), [TOKENIZER]))
    data.add_corenlp_names(claims, p("names", "polnear-corenlp.tsv.gz"))
    news = data.tokenize(data.read_news(p("news")), [TOKENIZER])
    wires = [news[i] for i in data.silver_choice(news)]
    silver = silver_names(trees + claims + wires)
    data.add_kinds(trees, silver)
    data.add_kinds(claims, silver, "corenlp")
    data.add_kinds(wires, silver)
    dev = {"ewt": data.read_conllu(p("ud", "ewt-dev.conllu")), "gum": data.read_conllu(p("ud", "gum-dev.conllu")),
           "claims": data.read_claims(p("claims", "dev"), data.tokenize(data.read_texts(p("claims", "dev")), [TOKENIZER]))}
    data.add_ewt_names(dev["ewt"], p("names", "ewt-dev.iob2"))
    forms = [f for d in [*trees, *claims, *news.values()] for f in d["form"]]
    news = [d for d in news.values() if not d["id"].startswith("polnear/")]  # the claims again
    words = vocabulary.word_list(forms)
    out = {"trees": trees, "claims": claims, "wires": wires, "news": news, "dev": dev, "words": words, "labels": vocabulary.label_lists(trees),
           "minilm": vocabulary.minilm_vectors(words), "pieces": prune(vocabulary.minilm_pieces(), forms)}
    for d in trees + dev["ewt"] + dev["gum"]:
        d.pop("misc", None)
    torch.save(out, path)
    return out

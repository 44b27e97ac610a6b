#!/usr/bin/env python3
"""Scores a reader on the news check: trees by the CoNLL 2018 definitions, names by exact span.

    python3 score.py --validate
    python3 score.py --emit-jsonl > news-check.jsonl
    dateline read --format conllu news-check.jsonl > system.conllu
    dateline read --format jsonl --tokens news-check.jsonl > system.jsonl
    python3 score.py --conllu system.conllu --accounts system.jsonl

Every syntax figure is an F1: correct / mean of the number in gold and the number predicted.
  Tokens     spans of surface tokens; a multiword token (a range line) counts as one
  Sentences  spans of sentences
  Words      syntactic words: equal spans, or inside multiword tokens the longest common
             subsequence of lower-cased forms. The figures below count aligned words only.
  UPOS, XPOS, Lemmas   the column is equal
  UAS        the head is the word aligned with the gold head
  LAS        the same, and the relation without its subtype is equal (as in CoNLL 2018)
  LAS:full   the same with the subtype
Spans are counted in characters that are not white space, so spacing never matters.
Names: a name is right if its first and last code point and its type are those of gold. GPE and
FAC count as LOC, NORP EVENT WORK_OF_ART LAW PRODUCT LANGUAGE as MISC, other types are left out.

Python 3.11, no packages.
"""
import argparse
import json
import os
import sys
from dataclasses import dataclass, field

GOLD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "news-check.conllu")
COARSE = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",
    "MISC": "MISC", "NORP": "MISC", "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC",
    "PRODUCT": "MISC", "LANGUAGE": "MISC",
}


@dataclass(eq=False)
class Word:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str
    number: int  # the number in the file's first column
    multi: bool = False  # part of a multiword token
    start: int = 0  # in characters that are not white space, of the whole text
    end: int = 0
    points: tuple = (0, 0)  # code points of the document's text (of gold)
    sentence: "Sentence" = None

    def governor(self):
        """The head word, or None at a root."""
        words = self.sentence.words
        return words[self.head - 1] if 0 < self.head <= len(words) else None


@dataclass
class Sentence:
    document: str
    comments: dict
    paragraph: bool
    words: list = field(default_factory=list)
    tokens: list = field(default_factory=list)  # (form, space after, words)


def fail(message):
    sys.exit(f"score.py: {message}")


def read_conllu(path):
    """The sentences of a CoNLL-U file. Empty nodes are skipped."""
    sentences, document, paragraph, comments, rows = [], "", False, {}, []
    with open(path, encoding="utf-8") as handle:
        for number, line in enumerate(list(handle) + ["\n"], 1):
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                key = key.strip()
                if key == "newdoc id":
                    document = value.strip()
                    paragraph = True
                elif key.startswith("newpar"):
                    paragraph = True
                else:
                    comments[key] = value.strip()
            elif line.strip():
                columns = line.split("\t")
                if len(columns) != 10:
                    fail(f"{path}:{number}: {len(columns)} columns, not 10")
                rows.append(columns)
            elif rows:
                sentences.append(build(rows, document, comments, paragraph, path, number))
                paragraph, comments, rows = False, {}, []
    return sentences


def build(rows, document, comments, paragraph, path, number):
    """One sentence of its rows."""
    sentence = Sentence(document, comments, paragraph)
    until = 0  # the last word of the multiword token that is open
    for columns in rows:
        space = "SpaceAfter=No" not in columns[9].split("|")
        if "-" in columns[0]:
            until = int(columns[0].split("-")[1])
            sentence.tokens.append((columns[1], space, []))
            continue
        if "." in columns[0]:
            continue
        try:
            word = Word(*columns[1:6], int(columns[6]), columns[7], columns[9], int(columns[0]))
        except ValueError:
            fail(f"{path}: a number is expected in the sentence before line {number}")
        word.sentence = sentence
        word.multi = word.number <= until
        if word.multi:
            sentence.tokens[-1][2].append(word)
        else:
            sentence.tokens.append((word.form, space, [word]))
        sentence.words.append(word)
    return sentence


def place(sentences):
    """Gives words their spans in non-space characters; returns spans of tokens and sentences."""
    at, tokens, spans, text = 0, [], [], []
    for sentence in sentences:
        begin = at
        for form, _, words in sentence.tokens:
            solid = "".join(form.split())
            text.append(solid)
            for word in words:
                word.start, word.end = at, at + len(solid)
            at += len(solid)
            tokens.append((words[0].start, at) if words else (at, at))
        spans.append((begin, at))
    return tokens, spans, "".join(text)


def texts(sentences):
    """The documents' texts: paragraphs parted by an empty line. Sets `points` of the words."""
    documents = {}
    for index, sentence in enumerate(sentences):
        text = documents.get(sentence.document, "")
        if text:
            text = text.rstrip(" ") + ("\n\n" if sentence.paragraph else "")
            previous = sentences[index - 1].tokens[-1]
            if not sentence.paragraph and previous[1]:
                text += " "
        for form, space, words in sentence.tokens:
            at = len(text)
            for word in words:
                if word.multi:
                    # a word of "don't" has its own letters where they concatenate to the token
                    whole = "".join(w.form for w in words) == form
                    end = at + len(word.form) if whole else len(text) + len(form)
                    word.points = (at, end)
                    at = end if whole else at
                else:
                    word.points = (at, at + len(form))
            text += form + (" " if space else "")
        documents[sentence.document] = text
    return {key: text.rstrip() for key, text in documents.items()}


def align(gold, system):
    """Pairs of words, gold first."""
    pairs, g, s = [], 0, 0
    while g < len(gold) and s < len(system):
        a, b = gold[g], system[s]
        if a.multi or b.multi:
            if not (a.start < b.end and b.start < a.end):
                if a.start < b.start:
                    g += 1
                else:
                    s += 1
                continue
            # the smallest region that cuts no token of either side
            end, i, j = max(a.end, b.end), g, s
            moved = True
            while moved:
                moved = False
                while i < len(gold) and gold[i].start < end:
                    end, i, moved = max(end, gold[i].end), i + 1, True
                while j < len(system) and system[j].start < end:
                    end, j, moved = max(end, system[j].end), j + 1, True
            pairs += common(gold[g:i], system[s:j])
            g, s = i, j
        elif (a.start, a.end) == (b.start, b.end):
            pairs.append((a, b))
            g, s = g + 1, s + 1
        elif a.start <= b.start:
            g += 1
        else:
            s += 1
    return pairs


def common(gold, system):
    """The longest common subsequence of lower-cased forms; only words whose spans can match."""
    n, m = len(gold), len(system)

    def same(i, j):
        a, b = gold[i], system[j]
        if not a.multi and not b.multi:
            return (a.start, a.end) == (b.start, b.end)
        return a.form.lower() == b.form.lower()

    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            best[i][j] = (
                best[i + 1][j + 1] + 1 if same(i, j) else max(best[i + 1][j], best[i][j + 1])
            )
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        if same(i, j):
            pairs.append((gold[i], system[j]))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def f1(right, gold, system):
    return 2 * right / (gold + system) if gold + system else 1.0


def score_trees(gold, system):
    """The figures of the module's text, name to F1."""
    gold_tokens, gold_spans, gold_text = place(gold)
    system_tokens, system_spans, system_text = place(system)
    if gold_text != system_text:
        at = next(
            (i for i, (a, b) in enumerate(zip(gold_text, system_text)) if a != b),
            min(len(gold_text), len(system_text)),
        )
        fail(
            "the system's text is not gold's: "
            f"{system_text[at:at + 20]!r} where gold has {gold_text[at:at + 20]!r}"
        )
    g = [word for sentence in gold for word in sentence.words]
    s = [word for sentence in system for word in sentence.words]
    pairs = align(g, s)
    partner = {id(b): a for a, b in pairs}

    def head_right(a, b):
        x, y = a.governor(), b.governor()
        return y is None if x is None else y is not None and partner.get(id(y)) is x

    def count(test):
        return f1(sum(1 for a, b in pairs if test(a, b)), len(g), len(s))

    def shared(x, y):
        return f1(len(set(x) & set(y)), len(x), len(y))

    return {
        "Tokens": shared(gold_tokens, system_tokens),
        "Sentences": shared(gold_spans, system_spans),
        "Words": count(lambda a, b: True),
        "UPOS": count(lambda a, b: a.upos == b.upos),
        "XPOS": count(lambda a, b: a.xpos == b.xpos),
        "Lemmas": count(lambda a, b: a.lemma == b.lemma),
        "UAS": count(head_right),
        "LAS": count(
            lambda a, b: head_right(a, b) and a.deprel.split(":")[0] == b.deprel.split(":")[0]
        ),
        "LAS:full": count(lambda a, b: head_right(a, b) and a.deprel == b.deprel),
    }


def spans_of(labels):
    """Names (start, end, type) of a list of (start, end, BIO label)."""
    names, current = [], None
    for start, end, label in labels:
        kind = COARSE.get(label[2:]) if len(label) > 2 else None
        if kind is None:
            current = None
        elif label.startswith("I-") and current is not None and current[2] == kind:
            current[1] = end
        else:
            current = [start, end, kind]
            names.append(current)
    return {tuple(name) for name in names}


def gold_label(word):
    return next((x[5:] for x in word.misc.split("|") if x.startswith("Name=")), "O")


def gold_names(gold):
    labels = {}
    for sentence in gold:
        for word in sentence.words:
            labels.setdefault(sentence.document, []).append((*word.points, gold_label(word)))
    return {document: spans_of(rows) for document, rows in labels.items()}


def account_names(path):
    names = {}
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                account = json.loads(line)
                if "tokens" not in account:
                    fail("the accounts have no tokens: write them with --tokens")
                names[account["id"]] = spans_of(
                    [(t["start"], t["end"], t.get("ner", "O")) for t in account["tokens"]]
                )
    return names


def score_names(gold, system):
    """Type to (precision, recall, F1, number in gold)."""
    result = {}
    for label, kinds in [
        ("PER", "PER"), ("ORG", "ORG"), ("LOC", "LOC"), ("MISC", "MISC"),
        ("PER ORG LOC", "PER ORG LOC"), ("all", "PER ORG LOC MISC"),
    ]:
        right = want = have = 0
        for document, names in gold.items():
            a = {n for n in names if n[2] in kinds.split()}
            b = {n for n in system.get(document, set()) if n[2] in kinds.split()}
            right, want, have = right + len(a & b), want + len(a), have + len(b)
        result[label] = (
            right / have if have else 0.0, right / want if want else 0.0,
            f1(right, want, have), want,
        )
    return result


def validate(sentences):
    """What is wrong with gold, one line each."""
    errors, seen = [], set()
    for sentence in sentences:
        name = sentence.comments.get("sent_id", "?")
        if name in seen or name == "?":
            errors.append(f"{name}: sent_id is missing or used twice")
        seen.add(name)
        text = "".join(f + (" " if space else "") for f, space, _ in sentence.tokens).rstrip(" ")
        if text != sentence.comments.get("text"):
            errors.append(f"{name}: # text is not the tokens: {text!r}")
        words = sentence.words
        if [w.number for w in words] != list(range(1, len(words) + 1)):
            errors.append(f"{name}: words are not numbered 1, 2, 3 ...")
        roots = [w for w in words if w.head == 0]
        if len(roots) != 1:
            errors.append(f"{name}: {len(roots)} roots")
        previous = "O"
        for w in words:
            here = f"{name}: word {w.number} {w.form!r}"
            if not 0 <= w.head <= len(words) or w.head == w.number:
                errors.append(f"{here}: head {w.head}")
                continue
            if (w.deprel == "root") != (w.head == 0):
                errors.append(f"{here}: root is not head 0")
            if (w.deprel == "punct") != (w.upos == "PUNCT"):
                errors.append(f"{here}: punct is not PUNCT")
            if "_" in (w.form, w.lemma, w.upos, w.xpos, w.deprel):
                errors.append(f"{here}: an empty column")
            keys = [f.split("=")[0].lower() for f in w.feats.split("|")]
            if keys != sorted(set(keys)) or (w.feats != "_" and "=" not in w.feats):
                errors.append(f"{here}: features {w.feats}")
            steps, up = 0, w
            while up is not None and steps <= len(words):
                steps, up = steps + 1, up.governor()
            if up is not None:
                errors.append(f"{here}: a cycle")
            label = gold_label(w)
            if label != "O" and label[2:] not in ("PER", "ORG", "LOC", "MISC"):
                errors.append(f"{here}: name {label}")
            if label.startswith("I-") and previous[2:] != label[2:]:
                errors.append(f"{here}: {label} after {previous}")
            previous = label
        for form, _, parts in sentence.tokens:
            if len(parts) > 1 and "".join(p.form for p in parts) != form:
                errors.append(f"{name}: {form!r} is not its words")
    return errors


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", default=GOLD, help="the gold CoNLL-U (default: beside this file)")
    parser.add_argument("--conllu", help="the system's CoNLL-U, documents in the order of gold")
    parser.add_argument("--accounts", help="the system's accounts with tokens, for the names")
    parser.add_argument("--emit-jsonl", action="store_true", help="write the texts and stop")
    parser.add_argument("--validate", action="store_true", help="check gold and stop")
    parser.add_argument("--json", action="store_true", help="write the figures as JSON")
    args = parser.parse_args()
    gold = read_conllu(args.gold)
    documents = texts(gold)
    if args.emit_jsonl:
        for key, text in documents.items():
            row = {"id": key, "text": text, "title": None, "published": None}
            print(json.dumps(row, ensure_ascii=False))
        return
    if args.validate:
        errors = validate(gold)
        if not errors:
            perfect = score_trees(gold, read_conllu(args.gold))
            if any(value != 1.0 for value in perfect.values()):
                errors.append(f"gold against itself is not 1: {perfect}")
        print("\n".join(errors) if errors else "no errors")
        words = sum(len(s.words) for s in gold)
        names = sum(len(n) for n in gold_names(gold).values())
        print(f"{len(documents)} documents, {len(gold)} sentences, {words} words, {names} names")
        sys.exit(1 if errors else 0)
    if not args.conllu and not args.accounts:
        parser.error("nothing to do: give --conllu, --accounts, --emit-jsonl or --validate")
    figures = {}
    if args.conllu:
        figures["trees"] = score_trees(gold, read_conllu(args.conllu))
    if args.accounts:
        figures["names"] = score_names(gold_names(gold), account_names(args.accounts))
    if args.json:
        print(json.dumps(figures))
        return
    for name, value in figures.get("trees", {}).items():
        print(f"{name:12}{100 * value:7.2f}")
    if "names" in figures:
        print(f"{'names':12}{'P':>7}{'R':>7}{'F1':>7}{'gold':>6}")
        for name, (p, r, f, n) in figures["names"].items():
            print(f"{name:12}{100 * p:7.2f}{100 * r:7.2f}{100 * f:7.2f}{n:6}")


if __name__ == "__main__":
    main()

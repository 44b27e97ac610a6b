"""GUM's texts and coreference chains out of its CoNLL-U files."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from dateline_train.data import NON_COMMERCIAL  # noqa: E402, F401 (genres whose licence rules out shipping)


def read(path):
    """[{"id", "text", "chains": [[[start, end], ...], ...]}], offsets in code points, singletons among the chains."""
    docs, sentence, paragraph = [], [], True
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                docs.append({"id": line.split("=", 1)[1].strip(), "text": "", "open": {}, "ended": {}})
                paragraph = True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line and line[0] != "#":
                sentence.append(line.split("\t"))
            elif not line and sentence:
                add(docs[-1], sentence, paragraph)
                sentence, paragraph = [], False
    for d in docs:
        d["chains"] = [list(map(list, c)) for c in d.pop("ended").values()]
        d.pop("open")
    return docs


def add(doc, sentence, paragraph):
    """Appends a sentence's words and closes the mentions that end in it."""
    if doc["text"] and paragraph:
        doc["text"] = doc["text"].rstrip(" ") + "\n\n"
    rows = iter(r for r in sentence if "." not in r[0])
    for token in rows:
        words, at = [token], len(doc["text"])
        if "-" in token[0]:  # a multiword token, whose words come next
            first, last = map(int, token[0].split("-"))
            words = [next(rows) for _ in range(first, last + 1)]
        letters = "".join(w[1] for w in words) == token[1]  # else every word has the whole token's place
        for word in words:
            start, end = at, at + len(word[1] if letters else token[1])
            at = end if letters else at
            m = re.search(r"(?:^|\|)Entity=([^|]*)", word[9])
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", m[1]) if m else []:
                name = re.match(r"\(?([^-()]+)", part)[1]
                if part.startswith("("):
                    doc["open"].setdefault(name, []).append(start)
                if part.endswith(")"):
                    doc["ended"].setdefault(name, []).append((doc["open"][name].pop(), end))
        doc["text"] += token[1] + ("" if "SpaceAfter=No" in token[9] else " ")

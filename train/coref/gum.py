"""GUM's texts and coreference chains out of its CoNLL-U files."""
import re

NON_COMMERCIAL = ("essay", "fiction", "letter", "podcast", "whow")  # genres whose licence rules out shipping


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
    rows = [r for r in sentence if "." not in r[0]]
    whole = {}  # words of a multiword token to its row
    for r in rows:
        if "-" in r[0]:
            first, last = map(int, r[0].split("-"))
            whole.update({i: r for i in range(first, last + 1)})
    at = len(doc["text"])
    for r in rows:
        if "-" in r[0]:
            continue
        token = whole.get(int(r[0]))
        if token is not None and token[0].startswith(r[0] + "-"):
            begin = len(doc["text"])
            doc["text"] += token[1] + ("" if "SpaceAfter=No" in token[9] else " ")
            at, parts = begin, None
        if token is None:
            start = len(doc["text"])
            end = start + len(r[1])
            doc["text"] += r[1] + ("" if "SpaceAfter=No" in r[9] else " ")
        else:  # the word's own letters where the parts make the token up, else the token's
            begin = doc["text"].rindex(token[1])
            words = [x[1] for x in rows if whole.get(int(x[0]) if "-" not in x[0] else -1) is token]
            if "".join(words) == token[1]:
                start, end = at, at + len(r[1])
                at = end
            else:
                start, end = begin, begin + len(token[1])
        m = re.search(r"(?:^|\|)Entity=([^|]*)", r[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", m[1]) if m else []:
            name = re.match(r"\(?([^-()]+)", part)[1]
            if part.startswith("("):
                doc["open"].setdefault(name, []).append(start)
            if part.endswith(")"):
                doc["ended"].setdefault(name, []).append((doc["open"][name].pop(), end))

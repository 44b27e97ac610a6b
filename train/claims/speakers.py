#!/usr/bin/env python3
"""Whether the one who speaks is known, for gold attributions whose source is a name or a pronoun.

    speakers.py --data DIR ACCOUNTS.jsonl     DIR has text/ and attributions/ (see gold.py)

A source has a name when a word of it that begins no sentence has a capital, and is a pronoun when it is
"he", "she", "they", "I", "we", "you", "it" or "who" alone. Of such attributions whose content is that of
a claim (Dice of a half or more over characters, see gold.py), `known` is the share whose claim has a
speaker that is a person, a group or an organization; `with places` counts countries and cities that
speak as well. `of all` has the attributions without such a claim in its denominator. ACCOUNTS are what
`dateline read` writes for these texts, or `-`; texts without an account are left out and counted.
"""
import argparse
import bisect
import collections
import re

import gold as gold_claims

PRONOUNS = {"he", "she", "they", "i", "we", "you", "it", "who"}
WORD = re.compile(r"[^\W\d_][^\W_]*")
SPEAKERS = ("person", "group", "organization")


def sort_of(text, source, starts):
    """`name`, `pronoun` or None. `starts`: where the sentences begin, in order."""
    words = [m for s, e in source for m in WORD.finditer(text, s, e)]
    if len(words) == 1 and words[0][0].lower() in PRONOUNS:
        return "pronoun"
    for word in words:
        if not word[0][0].isupper() or word[0] == "I":
            continue
        at = bisect.bisect_right(starts, word.start()) - 1
        first = WORD.search(text, starts[at]) if at >= 0 else None
        if first is None or first.start() != word.start():
            return "name"
    return None


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True, metavar="DIR")
    ap.add_argument("accounts", metavar="ACCOUNTS.jsonl")
    args = ap.parse_args()
    gold = gold_claims.read(args.data)
    seen = 0
    every = collections.Counter()
    speakers = {"name": collections.Counter(), "pronoun": collections.Counter()}
    for account, text, known in gold_claims.accounts(args.accounts, gold):
        seen += 1
        starts = [s for s, _ in account["sentences"]]
        claims, entities = account["claims"], account["entities"]
        found = {i: j for i, j, _ in gold_claims.pairs(text, known, claims)}
        for i, attribution in enumerate(known):
            sort = sort_of(text, attribution["source"], starts)
            if sort is None:
                continue
            every[sort] += 1
            if i in found:
                speaker = claims[found[i]]["speaker"]
                speakers[sort]["nobody" if speaker is None else entities[speaker]["kind"]] += 1
    for sorts in (["name"], ["pronoun"], ["name", "pronoun"]):
        kinds = sum((speakers[s] for s in sorts), collections.Counter())
        matched, total = sum(kinds.values()), sum(every[s] for s in sorts)
        right = sum(kinds[kind] for kind in SPEAKERS)
        others = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common() if kind not in SPEAKERS)
        print(f"{' or '.join(sorts):<16} known {right / max(1, matched):.3f} of {matched}, with places "
              f"{(right + kinds['place']) / max(1, matched):.3f}, of all {total}: {right / max(1, total):.3f} "
              f"(otherwise {others or 'none'})")
    print(f"({seen} of {len(gold)} texts)")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Scores quotations alone, the direct and mixed ones, against gold attributions.

    quotations.py --data DIR ACCOUNTS.jsonl     DIR has text/ and attributions/ (see gold.py)

Of gold attributions whose content has or touches a quotation mark, recall is the share whose content
and source were found by any claim. Of the claims whose form is direct or mixed, precision is the share
that is right. ACCOUNTS are what `dateline read` writes for these texts, or `-`; texts without an
account are left out and counted.
"""
import argparse
import re

import gold as gold_claims

MARK = re.compile("[\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u301d\u301e]|``|''")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True, metavar="DIR")
    ap.add_argument("accounts", metavar="ACCOUNTS.jsonl")
    args = ap.parse_args()
    gold = gold_claims.read(args.data)
    quoted = found = quotations = right = seen = 0
    for account, text, known in gold_claims.accounts(args.accounts, gold):
        seen += 1
        claims = account["claims"]
        agrees = {i: j for i, j, same in gold_claims.pairs(text, known, claims) if same}
        marked = [i for i, c in enumerate(known)
                  if any(MARK.search(text, max(0, s - 1), e + 1) for s, e in c["content"])]
        quoted += len(marked)
        found += sum(i in agrees for i in marked)
        spoken = {j for j, c in enumerate(claims) if c["form"] != "indirect"}
        quotations += len(spoken)
        right += len(spoken & set(agrees.values()))
    recall, precision = found / max(1, quoted), right / max(1, quotations)
    print(f"quotations: who recall {recall:.3f} of {quoted}, precision {precision:.3f} of {quotations} "
          f"({seen} of {len(gold)} texts)")


if __name__ == "__main__":
    main()

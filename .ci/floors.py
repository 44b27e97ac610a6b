#!/usr/bin/env python3
"""Holds measured scores against floors.tsv, where both exist.

  floors.py SCORES.json floors.tsv

SCORES.json is what the scoreboard writes with --json. Prints a line a floor,
and exits with 1 when a score is below its floor, missing, or a set failed.
"""
import csv
import json
import sys


def main(scores, floors):
    with open(scores, encoding="utf-8") as f:
        sets = json.load(f)
    with open(floors, encoding="utf-8") as f:
        rows = list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))
    bad = 0
    for name, result in sets.items():
        wrong = result.get("failed") or (result["format_errors"] and f"{result['format_errors']} format errors")
        if wrong:
            bad += 1
            print(f"  BELOW {name}: {wrong}")
    for row in rows:
        value = sets.get(row["set"], {}).get("row", {}).get(row["measure"])
        below = value is None or value < float(row["floor"])
        bad += below
        shown = "missing" if value is None else f"{value:.3f}"
        print(f"  {'BELOW' if below else 'holds'} {row['set']} {row['measure']}: {shown}, floor {row['floor']}")
    return 1 if bad or not rows else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

#!/usr/bin/env python3
"""Holds measured scores against floors.tsv.

  floors.py [--measured-only] SCORES.json... floors.tsv

SCORES.json is what the scoreboard writes with --json, or what the news check's score.py does. Prints a
line a floor, and exits with 1 when a score is below its floor, missing, or a set failed. With
--measured-only the floors of sets that are in none of the files are passed over.
"""
import argparse
import csv
import json
import sys


def read(path):
    """{set: {"format_errors": n, "row": {measure: value}}} of either kind of file."""
    with open(path, encoding="utf-8") as f:
        scores = json.load(f)
    if "trees" not in scores:
        return scores
    row = {**scores["trees"], "names": scores["names"]["all"][2]}
    return {"news-check": {"format_errors": 0, "row": row}}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--measured-only", action="store_true")
    ap.add_argument("scores", nargs="+")
    ap.add_argument("floors")
    args = ap.parse_args()
    sets = {}
    for path in args.scores:
        sets.update(read(path))
    with open(args.floors, encoding="utf-8") as f:
        rows = list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))
    if args.measured_only:
        rows = [row for row in rows if row["set"] in sets]
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
    sys.exit(main())

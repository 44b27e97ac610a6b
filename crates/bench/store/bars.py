#!/usr/bin/env python3
"""The bars of the store, on articles made of any texts.

  bars.py --dateline BIN --work DIR [--articles 10000] [--do STEP,...] TEXTS.jsonl[.gz]...

TEXTS have {"text": ...} a line, best some thousand articles of news. Steps, all of them unless some are named:
  copies   wire copies of 500 texts (one word in ten changed, a new headline, the last paragraphs cut): recall and
           precision of articles.copy_of. Texts that reprint each other before anything is copied are left out.
  speed    1,000 made articles: words a second of add beside those of read, on as many threads, both twice in turn
  whole    all made articles in one store: time, memory beside that of the 1,000, size of the store by that of the text
  ask      find and who on that store: 95th percentile of the time of the command, each the best of three
  kill     kill -9 at 50 random moments of an add of 60 articles, resumed each time: do the stores differ?

Articles are made by shuffling paragraphs of three texts together and giving names to other names. Everything is made
from a seed. Stores and articles stay in DIR, so that a step can be done again alone.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import time

NAME = re.compile(r"\b[A-Z][a-z]{4,}\b")
BETWEEN = re.compile(r"\n\s*\n|\n")


def texts(paths):
    """Texts as lists of paragraphs."""
    out = []
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
            for line in f:
                paragraphs = [p for p in BETWEEN.split(json.loads(line)["text"]) if p.strip()]
                if paragraphs:
                    out.append(paragraphs)
    return out


def made(all_texts, count):
    """Articles of shuffled paragraphs and exchanged names."""
    chance = random.Random(11)
    names = sorted({n for t in all_texts for p in t[:3] for n in NAME.findall(p[1:])})
    for number in range(count):
        one, two, three = (chance.choice(all_texts) for _ in range(3))
        paragraphs = (one + two[: len(two) // 2] + three[: len(three) // 2])[:14]
        chance.shuffle(paragraphs)
        other = {n: chance.choice(names) for n in chance.sample(names, min(400, len(names)))}
        text = NAME.sub(lambda m: other.get(m.group(), m.group()), "\n\n".join(paragraphs))
        day = f"20{chance.randrange(15, 22)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        outlet = chance.choice(["Wire A", "Post B", "Ledger C", "Times D"])
        yield {"id": f"x{number:05}", "text": text, "published": day, "outlet": outlet}


def wire_copy(chance, paragraphs, words):
    """What another outlet prints: one word in ten another, left out or put in, up to a third of the end cut."""
    kept = paragraphs[: len(paragraphs) - chance.randrange(len(paragraphs) // 3 + 1)]
    copy = [" ".join(chance.choice(words) for _ in range(7)).capitalize()]
    for paragraph in kept:
        out = []
        for word in paragraph.split(" "):
            edit = chance.randrange(30)
            out += {0: [], 1: [chance.choice(words)], 2: [word, chance.choice(words)]}.get(edit, [word])
        copy.append(" ".join(out))
    return "\n\n".join(copy)


def write(path, rows):
    with open(path, "w", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row) + "\n")


def run(command):
    """Seconds, seconds of all processors, and most memory in MB, of a command."""
    begun = time.time()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: status {status}")
    return time.time() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


class Bench:
    def __init__(self, args):
        self.dateline, self.work = str(args.dateline.resolve()), args.work
        self.threads = args.threads
        self.texts = texts(args.texts)
        self.many, self.some = self.work / "many.jsonl", self.work / "1000.jsonl"
        self.store = self.work / "many.db"
        if not self.many.exists():
            rows = list(made(self.texts, args.articles))
            write(self.some, rows[:1000])
            write(self.many, rows)

    def add(self, store, articles):
        for end in ("", "-wal", "-shm"):
            pathlib.Path(f"{store}{end}").unlink(missing_ok=True)
        return run([self.dateline, "add", "--threads", str(self.threads), "--store", str(store), str(articles)])

    def copies(self):
        chance = random.Random(3)
        long = [t for t in self.texts if len(t) > 3 and 100 < len(" ".join(t).split()) < 1500]
        long = list({" ".join(t): t for t in long}.values())
        originals = chance.sample(long, min(1500, len(long)))
        rows = [{"id": f"o{n}", "text": "\n\n".join(t)} for n, t in enumerate(originals)]
        store, file = self.work / "copies.db", self.work / "copies.jsonl"
        write(file, rows)
        self.add(store, file)
        linked = "SELECT c.key, r.key FROM articles c JOIN articles r ON r.id = c.copy_of"
        twins = {key for pair in sqlite3.connect(store).execute(linked) for key in pair}
        single = [(row["id"], t) for row, t in zip(rows, originals) if row["id"] not in twins]
        words = [w for t in originals[:50] for w in t[0].split()]
        made = [{"id": f"{n}-copy", "text": wire_copy(chance, t, words)} for n, t in single[:500]]
        write(file, [{"id": n, "text": "\n\n".join(t)} for n, t in single] + made)
        self.add(store, file)
        found = sqlite3.connect(store).execute(linked).fetchall()
        there = sqlite3.connect(store).execute("SELECT count(*) FROM articles WHERE key LIKE '%-copy'").fetchone()[0]
        right = sum(copy == f"{root}-copy" for copy, root in found)
        print(f"copies: recall {right / there:.3f}, precision {right / len(found):.3f}; {there} copies among "
              f"{len(single)} texts, {len(twins)} that reprint each other left out")

    def speed(self):
        read = [self.dateline, "read", "--threads", str(self.threads), "--format", "jsonl", str(self.some)]
        reads, adds = [], []
        for _ in range(2):
            reads.append(run(read))
            adds.append(self.add(self.work / "1000.db", self.some))
        for at, what in enumerate(["time", "processor time"]):
            by = min(r[at] for r in reads), min(a[at] for a in adds)
            print(f"speed: {what} of read {by[0]:.2f} s, of add {by[1]:.2f} s: {by[0] / by[1]:.0%} of its speed")
        (self.work / "1000.mb").write_text(f"{max(a[2] for a in adds):.1f}")

    def whole(self):
        took, _, memory = self.add(self.store, self.many)
        db = sqlite3.connect(self.store)
        count, text = db.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM articles").fetchone()
        size = self.store.stat().st_size
        some = float((self.work / "1000.mb").read_text())
        print(f"whole: {count} articles in {took:.0f} s, {count / took:.0f} a second")
        print(f"whole: memory {memory:.0f} MB, of 1,000 articles {some:.0f} MB: {memory / some - 1:+.0%}")
        print(f"whole: size {size / 1e6:.1f} MB, text {text / 1e6:.1f} MB: {size / text:.2f} times")

    def ask(self):
        db = sqlite3.connect(self.store)
        known = "SELECT o.name, count(*) n FROM entities e JOIN actors o ON o.id = e.actor WHERE o.kind = ? \
                 GROUP BY o.id ORDER BY n DESC LIMIT 40"
        people = [name for name, _ in db.execute(known, ["person"])]
        bodies = [name for name, _ in db.execute(known, ["organization"])]
        questions = [["who", name] for name in people + bodies[:10]]
        questions += [["find", "claims", "--by", name] for name in people[:20]]
        questions += [["find", "claims", "--about", word] for word in ("government", "war", "tax", "talks")]
        questions += [["find", "claims", "--by", name, "--about", "government"] for name in people[:10]]
        questions += [["find", what, "--type", kind] for what in ("events", "incidents")
                      for kind in ("assault", "coerce", "agree", "retreat", "aid")]
        questions += [["find", "events", "--actor", "USA", "--recipient", code] for code in ("IRQ", "CHN", "RUS")]
        questions += [["find", "claims", "--stance", "deny"], ["find", "articles", "--text", "election AND vote"],
                      ["find", "people", "--about", "minister"], ["find", "people", "--about", people[0].split()[-1]],
                      ["find", "incidents", "--place", "Iraq"], ["find", "events", "--place", "London"],
                      ["find", "claims", "--outlet", "Post B"], ["find", "people"]]
        took = []
        for question in questions:
            command = [self.dateline, *question, "--store", str(self.store)]
            took.append((min(run(command)[0] for _ in range(3)) * 1000, " ".join(question)))
        took.sort()
        at = lambda part: took[min(len(took) - 1, int(part * len(took)))][0]
        print(f"ask: {len(took)} questions, median {at(0.5):.0f} ms, 95th percentile {at(0.95):.0f} ms; "
              f"slowest: {', '.join(f'{q} {ms:.0f}' for ms, q in took[-4:])}")

    def kill(self):
        file, whole, killed = (self.work / name for name in ("60.jsonl", "60.db", "killed.db"))
        write(file, [json.loads(line) for line, _ in zip(open(self.some, encoding="utf-8"), range(60))])
        took, chance, differ = self.add(whole, file)[0], random.Random(5), 0
        for _ in range(50):
            for end in ("", "-wal", "-shm"):
                pathlib.Path(f"{killed}{end}").unlink(missing_ok=True)
            command = [self.dateline, "add", "--threads", str(self.threads), "--store", str(killed), str(file)]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * took)
            process.send_signal(signal.SIGKILL)
            process.wait()
            run(command)
            differ += contents(killed) != contents(whole)
        print(f"kill: 50 of an add of {took:.1f} s, {differ} stores differ")


def contents(store):
    """All rows of all tables; the full-text index is held against its texts."""
    db = sqlite3.connect(store)
    db.execute("INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)")
    db.rollback()
    tables = [t for (t,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                                       "'article_words%' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    return [(t, db.execute(f"SELECT * FROM {t}").fetchall()) for t in tables]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = ["copies", "speed", "whole", "ask", "kill"]
    ap.add_argument("--dateline", type=pathlib.Path, required=True)
    ap.add_argument("--work", type=pathlib.Path, required=True)
    ap.add_argument("--articles", type=int, default=10_000)
    ap.add_argument("--threads", type=int, default=os.cpu_count())
    ap.add_argument("--do", default=",".join(steps))
    ap.add_argument("texts", nargs="+", metavar="TEXTS")
    args = ap.parse_args()
    if unknown := set(args.do.split(",")) - set(steps):
        ap.error(f"no such step: {', '.join(sorted(unknown))}")
    args.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(args)
    for step in args.do.split(","):
        getattr(bench, step)()


if __name__ == "__main__":
    main()

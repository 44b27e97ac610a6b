#!/usr/bin/env python3
"""The bars of the store, on articles made of any texts.

  bars.py --dateline BIN --work DIR [--articles 10000] [--do STEP,...] TEXTS.jsonl[.gz]...

TEXTS have {"text": ...} a line, best some thousand articles of news. Steps, all of them unless some are named:
  copies   wire copies of 500 texts (one word in ten changed, a new headline, the last paragraphs cut): recall and
           precision of articles.copy_of. Texts that reprint each other before anything is copied are left out.
  speed    1,000 made articles: the speed of add beside that of read, on as many threads, both twice in turn
  whole    all made articles, read and then added: the same once, memory beside that of the 1,000, size of the store by
           that of the text
  ask      find and who on that store: 95th percentile of the time of the command, each the best of three
  kill     kill -9 at 50 random moments of an add of 60 articles, resumed each time: do the stores differ?

Articles are made by shuffling paragraphs of three texts together and giving names to other names. Everything is made
from a seed. Stores and articles stay in DIR, so that a step can be done again alone. A table of what is asked and what
was measured ends the run. Times by the clock mean something only where nothing else runs: the table says how much of
the processors add got, and the load when it began and ended.
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
    """Writes rows into a file, which is there only when it is whole."""
    begun = path.with_suffix(".begun")
    with open(begun, "w", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row) + "\n")
    begun.replace(path)


def clear(store):
    for end in ("", "-wal", "-shm"):
        pathlib.Path(f"{store}{end}").unlink(missing_ok=True)


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
        self.threads, self.rows = args.threads, []
        self.texts = texts(args.texts)
        self.many, self.some = self.work / f"{args.articles}.jsonl", self.work / "1000.jsonl"
        self.store = self.work / f"{args.articles}.db"
        if not self.texts:
            raise SystemExit("no texts")
        if not self.many.exists() or not self.some.exists():
            rows = list(made(self.texts, max(args.articles, 1000)))
            write(self.some, rows[:1000])
            write(self.many, rows[: args.articles])

    def tell(self, what, asked, measured, holds):
        """A row of the table, and a line at once for who waits."""
        self.rows.append((what, asked, measured, {True: "yes", False: "NO", None: ""}[holds]))
        print(f"{what}: {measured}", flush=True)

    def table(self):
        head = ("what", "asked", "measured", "holds")
        wide = [max(len(row[at]) for row in [head, *self.rows]) for at in range(4)]
        for row in [head, tuple("-" * n for n in wide), *self.rows]:
            print("| " + " | ".join(cell.ljust(n) for cell, n in zip(row, wide)) + " |")

    def read(self, articles):
        return run([self.dateline, "read", "--threads", str(self.threads), "--format", "jsonl", str(articles)])

    def add(self, store, articles):
        clear(store)
        return run([self.dateline, "add", "--threads", str(self.threads), "--store", str(store), str(articles)])

    def compare(self, count, reads, adds, judged):
        """What add takes beside read, by the clock and of all processors."""
        for at, what in enumerate(["by the clock", "of processors"]):
            read, add = min(r[at] for r in reads), min(a[at] for a in adds)
            share, asked = read / add, judged and at == 0
            self.tell(f"speed of add, {count:,} articles, {what}", "75 % of read" if asked else "",
                      f"{share:.0%} (read {read:.1f} s, add {add:.1f} s)", share >= 0.75 if asked else None)
        got = max(a[1] / a[0] for a in adds)
        load = " ".join(f"{load:.1f}" for load in os.getloadavg())
        self.tell(f"processors that add got, of {self.threads} threads", "", f"{got:.2f}; load {load}", None)

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
        recall, precision = right / max(1, there), right / max(1, len(found))
        self.tell(f"recall of copies, {there} among {len(single)} texts", "0.95", f"{recall:.3f}", recall >= 0.95)
        self.tell(f"precision of copies, {len(twins)} texts that reprint each other left out", "0.98",
                  f"{precision:.3f}", precision >= 0.98)

    def speed(self):
        reads, adds = [], []
        for _ in range(2):
            reads.append(self.read(self.some))
            adds.append(self.add(self.work / "1000.db", self.some))
        self.compare(1000, reads, adds, False)
        (self.work / "1000.mb").write_text(f"{max(a[2] for a in adds):.1f}")

    def whole(self):
        kept = self.work / "1000.mb"
        if not kept.exists():
            kept.write_text(f"{self.add(self.work / '1000.db', self.some)[2]:.1f}")
        load = os.getloadavg()[0]
        read, add = self.read(self.many), self.add(self.store, self.many)
        db = sqlite3.connect(self.store)
        count, text = db.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM articles").fetchone()
        self.tell("load when it began", "", f"{load:.1f}", None)
        self.compare(count, [read], [add], True)
        some, size = float(kept.read_text()), self.store.stat().st_size
        more = add[2] / some - 1
        self.tell(f"memory, {count:,} articles by 1,000", "+20 %", f"{more:+.0%} ({add[2]:.0f} MB, {some:.0f} MB)",
                  more <= 0.2)
        self.tell("size of the store by the text", "6 times",
                  f"{size / text:.2f} times ({size / 1e6:.1f} MB, {text / 1e6:.1f} MB)", size <= 6 * text)

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
        questions += [["find", "people", "--about", name.split()[-1]] for name in people[:1]]
        questions += [["find", "claims", "--stance", "deny"], ["find", "articles", "--text", "election AND vote"],
                      ["find", "people", "--about", "minister"], ["find", "incidents", "--place", "Iraq"],
                      ["find", "events", "--place", "London"],
                      ["find", "claims", "--outlet", "Post B"], ["find", "people"]]
        took = []
        for question in questions:
            command = [self.dateline, *question, "--store", str(self.store)]
            took.append((min(run(command)[0] for _ in range(3)) * 1000, " ".join(question)))
        took.sort()
        at = lambda part: took[min(len(took) - 1, int(part * len(took)))][0]
        self.tell(f"time of find and who, {len(took)} questions, 95th percentile", "50 ms",
                  f"{at(0.95):.0f} ms (median {at(0.5):.0f} ms)", at(0.95) <= 50)
        self.tell("slowest questions", "", "; ".join(f"{q} {ms:.0f} ms" for ms, q in took[-4:]), None)

    def kill(self):
        file, whole, killed = (self.work / name for name in ("60.jsonl", "60.db", "killed.db"))
        write(file, [json.loads(line) for line, _ in zip(open(self.some, encoding="utf-8"), range(60))])
        took, chance, differ, hit = self.add(whole, file)[0], random.Random(5), 0, 0
        expected = contents(whole)
        for _ in range(50):
            clear(killed)
            command = [self.dateline, "add", "--threads", str(self.threads), "--store", str(killed), str(file)]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * took)
            process.send_signal(signal.SIGKILL)
            hit += process.wait() == -signal.SIGKILL
            run(command)
            differ += contents(killed) != expected
        self.tell(f"stores that differ after kill -9, 50 of an add of {took:.1f} s ({hit} before it ended)", "0",
                  str(differ), differ == 0)


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
    bench.table()


if __name__ == "__main__":
    main()

"""Spark, on this machine: needs PySpark and Java 17."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("no Java here", allow_module_level=True)

import archives
import dateline
import dateline.spark

from conftest import TEXT
from sparks import NAMES, SETTINGS, collected, dicts, expected, rows, session, until, write_input, written

@pytest.fixture(scope="module")
def spark():
    session_ = session("local[2]")
    yield session_
    session_.stop()


def test_the_tables_of_the_package(spark):
    frame = spark.createDataFrame(rows(20), "id string, body string, published string").repartition(3)
    accounts = dateline.spark.read(frame, text="body").persist()
    ours = dateline.read_many(dicts(rows(20))).tables()
    for name in NAMES:
        assert getattr(accounts, name).columns == ours[name].column_names
    mine = expected(dateline.read_many(dicts(rows(20))))
    for name in ["claims", "entities"]:
        assert collected(accounts, name) == mine[name]
    accounts.unpersist()
    with pytest.raises(KeyError, match="there is no column 'text'; the columns are id, body"):
        dateline.spark.read(frame)
    with pytest.raises(TypeError, match="an article has no field 'headline'"):
        dateline.spark.read(frame, text="body", headline="id")
    with pytest.raises(AttributeError, match="read with json=True"):
        accounts.json


def test_the_same_bytes_as_the_command_and_the_package(spark, articles, command):
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    run = subprocess.run([command, "read", "-"], input=lines, capture_output=True, text=True, check=True)
    fields = sorted({name for article in articles for name in article})
    schema = ", ".join(f"{name} {'array<string>' if name == 'byline' else 'string'}" for name in fields)
    frame = spark.createDataFrame([[article.get(name) for name in fields] for article in articles], schema)
    read = {row.article: row.json for row in dateline.spark.read(frame, json=True).json.collect()}
    assert [read[article["id"]] for article in articles] == run.stdout.splitlines()
    assert [a.to_json() for a in dateline.read_many(articles)] == run.stdout.splitlines()


def test_bad_texts_and_ids(spark):
    given = [("a", None, None), (None, TEXT, "soon"), ("", "Troops left.", "2024-05-08")]
    frame = spark.createDataFrame(given, "id string, text string, published string").coalesce(1)
    found = dateline.spark.read(frame, json=True).json.collect()
    notes = {row.article: json.loads(row.json).get("notes", []) for row in found}
    assert notes["a"] == ["the text is empty"] and "'soon' is no certain day" in notes["1"][0]
    assert len(found) == 3


def archive_folder(folder):
    """Three archives, one of them with a broken record, in a name with odd characters."""
    good = archives.pages("a", 6)
    broken = [*good[:2], archives.record("short", "<html>", length=10), archives.record("fr", archives.FRENCH)]
    return [
        archives.write(folder / "a 50%#1.warc.gz", [*broken, *good[2:]]),
        archives.write(folder / "b.warc.gz", archives.pages("b", 4)),
        archives.write(folder / "more" / "b.warc", archives.pages("c", 5)),
    ]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_archives(spark, tmp_path):
    files = archive_folder(tmp_path)
    accounts = dateline.spark.read_warc(spark, str(tmp_path), json=True).persist()
    assert accounts.frame.rdd.getNumPartitions() == 3
    read = {row.article: row.json for row in accounts.json.collect()}
    ours = [account.to_json() for account in dateline.read_files(*files)]
    assert [read.get(json.loads(account)["id"]) for account in ours] == ours and len(read) == len(ours) == 15
    accounts.unpersist()
    some = dateline.spark.read_warc(spark, [str(tmp_path / "b*"), str(tmp_path / "more")])
    assert some.articles.count() == 9
    with pytest.raises(Exception, match="record 4"):
        dateline.spark.read_warc(spark, str(files[0]), on_error="raise").articles.collect()
    with pytest.raises(Exception, match="does not exist|PATH_NOT_FOUND"):
        dateline.spark.read_warc(spark, str(tmp_path / "missing.warc"))


def test_archives_in_a_store(tmp_path, monkeypatch):
    """What lies in a store is copied to the executor's disk, and leaves it again."""
    pyarrow_fs = pytest.importorskip("pyarrow.fs")
    from dateline.spark import _batches

    path = archives.write(tmp_path / "b.warc.gz", archives.pages("b", 4))
    local = pyarrow_fs.LocalFileSystem()
    asked = []

    def from_uri(uri):
        asked.append(uri)
        return local, str(path)

    monkeypatch.setattr(_batches, "_store", from_uri)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    batches = list(_batches.read_file("s3a://bucket/b.warc.gz", "raise", ["part"]))
    assert sum(batch.num_rows for batch in batches) == 4 and asked == ["s3a://bucket/b.warc.gz"]
    assert set(batches[0].column("part").to_pylist()) == {_batches.part_of("s3a://bucket/b.warc.gz")}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_task_a_part(spark):
    from dateline.spark._job import _spread
    from pyspark.sql import functions as f

    parts = [str(n) for n in range(17)]
    frame = spark.createDataFrame([(part,) for part in parts * 3], "part string")
    tasks = _spread(spark, frame, parts).select("part", f.spark_partition_id().alias("task")).distinct().collect()
    assert sorted((row.task, row.part) for row in tasks) == [(n, str(n)) for n in range(17)]


class Job:
    """``python -m dateline.spark`` in a process of its own."""

    def __init__(self, folder, *options, master="local[2]"):
        self.command = [sys.executable, "-m", "dateline.spark", "--output", str(folder / "out"), *options]
        settings = " ".join(f"--conf '{key}={value}'" for key, value in SETTINGS.items())
        self.surroundings = dict(
            os.environ, PYSPARK_SUBMIT_ARGS=f"--master {master} {settings} pyspark-shell"
        )

    def begin(self, *more):
        return subprocess.Popen(
            [*self.command, *more], env=self.surroundings, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )

    def run(self, *more):
        process = self.begin(*more)
        _, told = process.communicate(timeout=1200)
        return process.returncode, told


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_job_on_archives_reads_each_once(tmp_path):
    files = archive_folder(tmp_path / "in")
    job = Job(tmp_path, "--format", "warc", "--input", str(tmp_path / "in"), "--at-once", "2")
    status, told = job.run()
    assert status == 0 and "3 of 3 parts read" in told, told[-2000:]
    assert written(tmp_path / "out") == expected(dateline.read_files(*files))
    files.append(archives.write(tmp_path / "in" / "d.warc.gz", archives.pages("d", 2)))
    status, told = job.run()
    assert status == 0 and "1 of 4 parts read" in told, told[-2000:]
    assert written(tmp_path / "out") == expected(dateline.read_files(*files))
    status, told = Job(tmp_path, "--format", "warc", "--input", str(tmp_path / "no")).run()
    assert status == 2 and "dateline: " in told and "Traceback" not in told


def test_a_killed_job_goes_on_where_it_was(tmp_path):
    given = rows(200, 12)
    write_input(tmp_path, given)
    job = Job(tmp_path, "--input", str(tmp_path / "in.parquet"), "--parts", "5", "--at-once", "2")
    process = job.begin()
    marks = tmp_path / "out" / "_done"
    try:
        until(lambda: marks.exists() and list(marks.glob("part=*")), process)
        time.sleep(1)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    kept = {path.name for path in marks.glob("part=*")}
    assert 0 < len(kept) < 5, "it was killed too late"
    stamps = {path: path.stat().st_mtime_ns for name in kept for path in (tmp_path / "out").glob(f"*/{name}/*.parquet")}
    status, told = job.run()
    assert status == 0 and f"{5 - len(kept)} of 5 parts read" in told, told[-2000:]
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in stamps.items()), "read again"
    assert written(tmp_path / "out") == expected(dateline.read_many(dicts(given)))
    status, told = job.run()
    assert status == 0 and "0 of 5 parts read" in told
    status, told = job.run("--text", "body")
    assert status == 2 and "there is no column 'body'" in told

"""Spark, on this machine: needs PySpark and Java 17."""

import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest

pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("no Java here", allow_module_level=True)

import dateline
import dateline.spark

from conftest import TEXT

# Workers have the interpreter, and so the packages, of the tests.
os.environ["PYSPARK_PYTHON"] = sys.executable

#: So many articles, a few seconds of reading.
COUNT = 240


def session(master):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("dateline's tests")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "600m",
        "spark.task.maxFailures": "8",
    }.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def rows(count):
    return [
        (f"a{n}", f"The minister of country {n} said on Monday that talks would resume. {TEXT}", "2024-05-08")
        for n in range(count)
    ]


def tables(output):
    import pyarrow.dataset

    read = {}
    for name in ["articles", "claims", "events", "entities"]:
        table = pyarrow.dataset.dataset(output / name, partitioning="hive").to_table()
        keys = ["article"] + ([name[:-1] if name != "entities" else "entity"] if name != "articles" else [])
        read[name] = table.drop_columns(["part"]).sort_by([(key, "ascending") for key in keys])
    return read


def test_the_tables_of_the_package():
    spark = session("local[2]")
    try:
        frame = spark.createDataFrame(rows(20), "id string, body string, published string").repartition(3)
        accounts = dateline.spark.read(frame, text="body").persist()
        ours = dateline.read_many(
            [{"id": i, "text": t, "published": p} for i, t, p in rows(20)], progress=False
        ).tables()
        for name in ["articles", "claims", "events", "entities"]:
            found = getattr(accounts, name).toPandas()
            mine = ours[name].to_pandas()
            assert list(found.columns) == list(mine.columns)
            keys = list(mine.columns)[:2] if name != "articles" else ["article"]
            found = found.sort_values(keys).reset_index(drop=True)
            mine = mine.sort_values(keys).reset_index(drop=True)
            for column in mine.columns:
                left, right = (frame[column].map(repr if name != "x" else str) for frame in (found, mine))
                if column in keys or mine[column].map(type).isin([str, int, float]).all():
                    assert left.tolist() == right.tolist(), (name, column)
        with pytest.raises(KeyError, match="there is no column 'text'; the columns are id, body"):
            dateline.spark.read(frame)
    finally:
        spark.stop()


def write_input(folder):
    import pyarrow
    import pyarrow.parquet

    columns = dict(zip(["id", "text", "published"], map(list, zip(*rows(COUNT)))))
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "in.parquet")


@pytest.mark.skipif(not os.environ.get("DATELINE_CLUSTER"), reason="set DATELINE_CLUSTER=1: it takes minutes and two executors of 1 GB")
def test_a_killed_executor_loses_nothing(tmp_path):
    write_input(tmp_path)
    spark = session("local-cluster[2,1,1024]")
    killed, over = [], threading.Event()

    def kill():
        while not killed and not over.wait(0.2):
            if (tmp_path / "out" / "articles").exists():
                found = executors()
                if len(found) == 2:
                    os.kill(found[0], signal.SIGKILL)
                    killed.append(found[0])

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        frame = spark.read.parquet(str(tmp_path / "in.parquet"))
        assert dateline.spark.run(spark, frame, str(tmp_path / "out"), parts=8, at_once=4) == 8
        assert killed, "no executor was killed"
        assert dateline.spark.run(spark, frame, str(tmp_path / "out"), parts=8, at_once=4) == 0
    finally:
        over.set()
        thread.join()
        spark.stop()
    ours = dateline.read_many(
        [{"id": i, "text": t, "published": p} for i, t, p in rows(COUNT)], progress=False
    ).tables()
    for name, table in tables(tmp_path / "out").items():
        mine = ours[name].to_arrow()
        keys = mine.column_names[:2] if name != "articles" else ["article"]
        mine = mine.sort_by([(key, "ascending") for key in keys])
        assert table.num_rows == mine.num_rows, name
        assert table.to_pylist() == mine.to_pylist(), name


def executors():
    """Processes of executors that this test started: children of its JVM."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
    parents, found = {}, []
    for line in listed.splitlines()[1:]:
        pid, parent, args = line.split(None, 2)
        parents[int(pid)] = int(parent)
        if "CoarseGrainedExecutorBackend" in args:
            found.append(int(pid))

    def ours(pid):
        while pid > 1:
            if pid == os.getpid():
                return True
            pid = parents.get(pid, 0)
        return False

    return [pid for pid in found if ours(pid)]


def test_the_job_goes_on_where_it_was(tmp_path):
    write_input(tmp_path)
    job = [
        sys.executable, "-m", "dateline.spark", "--input", str(tmp_path / "in.parquet"),
        "--output", str(tmp_path / "out"), "--parts", "4", "--at-once", "2",
    ]
    surroundings = dict(
        os.environ,
        SPARK_LOCAL_IP="127.0.0.1",
        PYSPARK_SUBMIT_ARGS="--master local[2] --conf spark.ui.enabled=false pyspark-shell",
    )
    first = subprocess.run(job, env=surroundings, capture_output=True, text=True)
    assert first.returncode == 0, first.stderr[-2000:]
    assert "4 of 4 parts read" in first.stderr
    before = tables(tmp_path / "out")
    assert before["articles"].num_rows == COUNT
    shutil.rmtree(tmp_path / "out" / "_done" / "part=2")
    second = subprocess.run(job, env=surroundings, capture_output=True, text=True)
    assert "1 of 4 parts read" in second.stderr, second.stderr[-2000:]
    assert tables(tmp_path / "out") == before
    wrong = subprocess.run([*job, "--text", "body"], env=surroundings, capture_output=True, text=True)
    assert wrong.returncode == 2 and "there is no column 'body'" in wrong.stderr

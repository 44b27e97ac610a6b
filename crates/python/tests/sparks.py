"""What tests on Spark have in common."""

import os
import sys
import time

from conftest import TEXT

# Workers have the interpreter, and so the packages, of the tests.
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")

# Little is run, so that the JVM need not compile it well.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "600m",
    "spark.task.maxFailures": "8",
}
NAMES = ["articles", "claims", "events", "entities"]


def session(master):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("dateline's tests")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def rows(count, length=1):
    text = " ".join([TEXT] * length)
    return [
        (f"a{n}", f"The minister of country {n} said on Monday that talks would resume. {text}", "2024-05-08")
        for n in range(count)
    ]


def dicts(given):
    return [{"id": i, "text": t, "published": p} for i, t, p in given]


def keys(name):
    return ["article"] + ([{"entities": "entity"}.get(name, name[:-1])] if name != "articles" else [])


def written(output):
    """The tables of a job, sorted."""
    import pyarrow.dataset

    read = {}
    for name in NAMES:
        table = pyarrow.dataset.dataset(output / name, partitioning="hive").to_table()
        order = [(key, "ascending") for key in keys(name)]
        read[name] = table.drop_columns(["part"]).sort_by(order).to_pylist()
    return read


def expected(accounts):
    """The tables of the package, sorted."""
    tables = accounts.tables()
    return {
        name: tables[name].to_arrow().sort_by([(key, "ascending") for key in keys(name)]).to_pylist()
        for name in NAMES
    }


def collected(accounts, name):
    """A table of a frame, sorted."""
    found = [row.asDict(recursive=True) for row in getattr(accounts, name).collect()]
    return sorted(found, key=lambda row: [row[key] for key in keys(name)])


def write_input(folder, given):
    import pyarrow
    import pyarrow.parquet

    columns = dict(zip(["id", "text", "published"], map(list, zip(*given))))
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "in.parquet")


def until(true, process=None, seconds=1200):
    """Waits until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        assert process is None or process.poll() is None, process.communicate()[1][-2000:]
        time.sleep(0.05)

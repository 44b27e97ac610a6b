"""The job: articles into folders of Parquet, going on where it was killed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Optional, Union

from dateline._articles import FIELDS
from dateline._reader import TABLES
from dateline.spark._batches import part_of
from dateline.spark._frames import Accounts, check_columns, listed, of_files, of_frame

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def run(
    spark: "SparkSession",
    frame: "DataFrame",
    output: str,
    parts: int = 256,
    at_once: int = 16,
    columns: Optional[dict[str, str]] = None,
) -> int:
    """Reads a frame into ``output/articles``, ``claims``, ``events`` and
    ``entities``, parted by a hash of the id; gives how many parts it read.

    A part is there wholly or not at all: its mark in ``output/_done`` is written
    last, and a part without one is written anew. So a job that was killed is run
    again and goes on where it was, and run a third time it does nothing.
    """
    from pyspark.sql import functions as f

    named = {"text": "text", "id": "id", "published": "published", **(columns or {})}
    check_columns(frame, named, "--text, --id or --published")
    done = _done(spark, output)
    todo = [part for part in map(str, range(parts)) if part not in done]
    key = f.pmod(f.crc32(f.coalesce(f.col(named["id"]).cast("string"), f.lit(""))), f.lit(parts))
    parted = frame.withColumn("part", key.cast("int").cast("string"))
    for begin in range(0, len(todo), at_once):
        some = todo[begin : begin + at_once]
        chosen = _spread(spark, parted.where(f.col("part").isin(some)), some)
        ordered = chosen.sortWithinPartitions(named["id"])
        _keep(spark, of_frame(ordered, named, ["part"]), output, some)
    return len(todo)


def _spread(spark: "SparkSession", frame: "DataFrame", parts: list[str]) -> "DataFrame":
    """A task a part: Spark spreads rows by the hash of a column, so each part gets a
    number whose hash is that of its own task."""
    from pyspark.sql import functions as f

    count = len(parts)
    tasks = spark.range(64 * count + 64).select("id", f.pmod(f.hash("id"), f.lit(count)).alias("task"))
    number = {row.task: f.lit(row.id).cast("bigint") for row in tasks.collect()}
    pairs = [column for task, part in enumerate(parts) for column in (f.lit(part), number[task])]
    return frame.repartition(count, f.create_map(*pairs)[f.col("part")])


def run_warc(
    spark: "SparkSession",
    paths: Union[str, Iterable[str]],
    output: str,
    at_once: int = 16,
    on_error: str = "warn",
) -> tuple[int, int]:
    """Reads web archives into the tables of :func:`run`, a part a file; gives how
    many files it read, and how many there are.

    A file that was read is not read again, so the job can be run each time that
    files have been added. A file is known by its path.
    """
    done = _done(spark, output)
    files = listed(spark, paths)
    todo = [file for file in files if part_of(file) not in done]
    for begin in range(0, len(todo), at_once):
        some = todo[begin : begin + at_once]
        parts = [part_of(file) for file in some]
        _keep(spark, of_files(spark, some, on_error, ["part"]), output, parts)
    return len(todo), len(files)


def _keep(spark: "SparkSession", accounts: Accounts, output: str, parts: list[str]) -> None:
    """Writes the tables of some parts, and then their marks."""
    accounts.persist()
    try:
        for name in TABLES:
            _overwrite(accounts.table(name, "part"), f"{output}/{name}")
    finally:
        accounts.unpersist()
    marks = spark.createDataFrame([(part, part) for part in parts], "part string, done string")
    _overwrite(marks.coalesce(1), f"{output}/_done")


def _overwrite(frame: "DataFrame", folder: str) -> None:
    """Writes the parts that a frame has, and leaves the others as they are."""
    writer = frame.write.mode("overwrite").partitionBy("part")
    writer.option("partitionOverwriteMode", "dynamic").parquet(folder)


def _done(spark: "SparkSession", output: str) -> set[str]:
    """The parts that have their marks."""
    from pyspark.errors import AnalysisException

    try:
        return {row.done for row in spark.read.parquet(f"{output}/_done").select("done").collect()}
    except AnalysisException:
        return set()


def main(arguments: Optional[list[str]] = None) -> int:
    """The job."""
    parser = argparse.ArgumentParser(
        prog="python -m dateline.spark",
        description="Reads articles into tables of claims, events and entities, on Spark.",
        epilog="Killed and run again, it goes on where it was; docs/spark.md says more.",
    )
    parser.add_argument("--input", required=True, help="files or folders", nargs="+")
    parser.add_argument("--output", required=True, help="the folder of the tables")
    parser.add_argument("--format", choices=["parquet", "json", "csv", "warc"], default="parquet")
    parser.add_argument(
        "--parts", type=int, default=256, help="parts of the output (the same in every run); of warc, a part a file"
    )
    parser.add_argument("--at-once", type=int, default=16, help="parts that are read before they are kept")
    for field in FIELDS:
        parser.add_argument(f"--{field}", default=field, metavar="COLUMN", help=f"the column of the {field}")
    given = parser.parse_args(arguments)
    if given.parts < 1 or given.at_once < 1:
        parser.error("--parts and --at-once are at least 1")
    try:
        from pyspark.errors import AnalysisException
        from pyspark.sql import SparkSession
    except ImportError:
        parser.error("PySpark is not installed; pip install 'dateline[spark]'")
    spark = SparkSession.builder.appName("dateline").getOrCreate()
    try:
        if given.format == "warc":
            count, of = run_warc(spark, given.input, given.output, given.at_once)
        else:
            count, of = _run_frame(spark, given), given.parts
    except KeyError as error:
        print(f"dateline: {error.args[0]}", file=sys.stderr)
        return 2
    except AnalysisException as error:
        # a path that is not there, a pattern that fits nothing
        print("dateline:", str(error).partition("\n")[0], file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(f"dateline: {count} of {of} parts read into {given.output}", file=sys.stderr)
    return 0


def _run_frame(spark: "SparkSession", given: argparse.Namespace) -> int:
    reader = spark.read
    if given.format == "csv":
        reader = reader.option("header", True).option("multiLine", True).option("escape", '"')
    frame = reader.format(given.format).load(given.input)
    columns = {
        field: getattr(given, field)
        for field in FIELDS
        if getattr(given, field) in frame.columns or getattr(given, field) != field or field in ("text", "id")
    }
    return run(spark, frame, given.output, given.parts, given.at_once, columns)

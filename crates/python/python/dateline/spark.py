"""Reading on a Spark cluster, and the job that does it for a year of news.

>>> accounts = dateline.spark.read(frame, text="body", id="uri")  # doctest: +SKIP
>>> accounts.claims.groupBy("speaker").count().show()             # doctest: +SKIP

As a job, for spark-submit::

    python -m dateline.spark --input articles.parquet --output accounts

The tables have the columns of ``docs/export.md``. Every task reads with one
thread, since Spark runs a task a core; the model is in the package, so a worker
needs nothing but the package.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Optional

from dateline import _dateline
from dateline._articles import FIELDS, of
from dateline._reader import TABLES, default_reader
from dateline._tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Most articles whose accounts are in memory at a time, in each task.
_BATCH = 64

#: The tables below an account; the article's own columns stand beside them.
_NESTED = ("claims", "events", "entities")


class Accounts:
    """Accounts on a cluster: a frame with an article a row, and its claims, events
    and entities in it, of which the other tables are made.

    Each table that is asked for reads the articles again, unless the accounts are
    persisted or were written: :meth:`persist` first to ask for several.
    """

    def __init__(self, frame: "DataFrame") -> None:
        self.frame = frame

    def persist(self) -> "Accounts":
        """Keeps what is read, in memory and on the workers' disks."""
        self.frame = self.frame.persist()
        return self

    def unpersist(self) -> None:
        """Lets go of what was kept."""
        self.frame.unpersist()

    @property
    def articles(self) -> "DataFrame":
        return self.frame.drop(*(f"{name}_rows" for name in _NESTED))

    @property
    def claims(self) -> "DataFrame":
        return self._rows("claims")

    @property
    def events(self) -> "DataFrame":
        return self._rows("events")

    @property
    def entities(self) -> "DataFrame":
        return self._rows("entities")

    def _rows(self, name: str) -> "DataFrame":
        from pyspark.sql import functions as f

        return self.frame.select(f.explode(f"{name}_rows").alias("row")).select("row.*")


def read(
    df: "DataFrame",
    text: str = "text",
    id: str = "id",
    published: str = "published",
    **columns: str,
) -> Accounts:
    """Reads the articles of a frame. ``title``, ``outlet``, ``url`` and ``byline``
    are read where there are columns of these names, or of those that you name.

    Give an ``id`` that stays the same however often a task runs.
    """
    named = {"text": text, "id": id, "published": published, **columns}
    unknown = [field for field in named if field not in FIELDS]
    if unknown:
        raise TypeError(
            f"an article has no field '{unknown[0]}'; name the columns of {', '.join(FIELDS)}"
        )
    for field, column in named.items():
        needed = field in ("text", "id") or column != field
        if needed and column not in df.columns:
            raise KeyError(
                f"there is no column '{column}'; the columns are {', '.join(df.columns)}; "
                "name the right one with text=..., id=..., published=..."
            )
    named = {field: named.get(field, field) for field in FIELDS}
    present = {field: column for field, column in named.items() if column in df.columns}
    picked = df.select(*dict.fromkeys(present.values()))

    def task(batches: Iterable[Any]) -> Iterator[Any]:
        return _read_batches(batches, present)

    from pyspark.sql.pandas.types import from_arrow_schema

    return Accounts(picked.mapInArrow(task, from_arrow_schema(_schema())))


def _schema() -> Any:
    """The columns of articles, and the rows of the other tables in lists."""
    import pyarrow as pa

    articles = pa.schema(_dateline.schema("articles"))
    nested = [
        pa.field(f"{name}_rows", pa.list_(pa.struct(list(pa.schema(_dateline.schema(name))))))
        for name in _NESTED
    ]
    return pa.schema([*articles, *nested]).remove_metadata()


def _read_batches(batches: Iterable[Any], columns: dict[str, str]) -> Iterator[Any]:
    """Record batches of accounts of record batches of articles; few in memory."""
    import pyarrow as pa

    named = {field: columns.get(field, f"no column for {field}") for field in FIELDS}

    def rows() -> Iterator[Any]:
        for batch in batches:
            for at in range(0, batch.num_rows, _BATCH):
                part = batch.slice(at, _BATCH)
                fields = {field: column for field, column in named.items() if column in part.schema.names}
                values = [part.column(column).to_pylist() for column in fields.values()]
                yield from (dict(zip(fields, row)) for row in zip(*values))

    accounts: list[_dateline.Account] = []
    schema = _schema()
    plain = {field: field for field in FIELDS}
    for account in default_reader().read_many(rows(), threads=1, progress=False, **plain):
        accounts.append(account._native)
        if len(accounts) >= _BATCH:
            yield _batch(accounts, schema, pa)
            accounts = []
    if accounts:
        yield _batch(accounts, schema, pa)


def _batch(accounts: list[_dateline.Account], schema: Any, pa: Any) -> Any:
    gathered = _dateline.Tables(list(TABLES))
    for account in accounts:
        gathered.add(account)
    tables = {name: pa.table(Table(table)).combine_chunks() for name, table in gathered.finish()}
    counts = dict(zip(_NESTED, zip(*(account.counts for account in accounts))))
    columns = [column.combine_chunks() for column in tables["articles"].columns]
    for name in _NESTED:
        fields = list(schema.field(f"{name}_rows").type.value_type)
        rows = [column.combine_chunks() for column in tables[name].columns]
        ends = [0]
        for count in counts[name]:
            ends.append(ends[-1] + count)
        struct = pa.StructArray.from_arrays([_whole(c, pa) for c in rows], fields=fields)
        columns.append(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), struct))
    arrays = [_whole(column, pa).cast(field.type) for column, field in zip(columns, schema)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _whole(column: Any, pa: Any) -> Any:
    """A column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


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
    if named["id"] not in frame.columns:
        raise KeyError(
            f"there is no column '{named['id']}'; the columns are {', '.join(frame.columns)}; "
            "name the right one with --id"
        )
    done = _done(spark, output)
    todo = [part for part in range(parts) if part not in done]
    key = f.pmod(f.crc32(f.coalesce(f.col(named["id"]).cast("string"), f.lit(""))), f.lit(parts))
    parted = frame.withColumn("part", key.cast("int"))
    for begin in range(0, len(todo), at_once):
        some = todo[begin : begin + at_once]
        # a part is one task, so that what is read does not depend on the cluster
        chosen = parted.where(f.col("part").isin(some)).repartition(len(some), "part")
        accounts = read(chosen.sortWithinPartitions("part", named["id"]), **named).persist()
        mark = f.pmod(f.crc32(f.col("article")), f.lit(parts)).cast("int").alias("part")
        try:
            for name in TABLES:
                table = getattr(accounts, name).select("*", mark)
                writer = table.write.mode("overwrite").partitionBy("part")
                writer.option("partitionOverwriteMode", "dynamic").parquet(f"{output}/{name}")
        finally:
            accounts.unpersist()
        marks = spark.createDataFrame([(part,) for part in some], "part int")
        writer = marks.selectExpr("part", "part AS done").coalesce(1).write.mode("overwrite")
        writer.partitionBy("part").option("partitionOverwriteMode", "dynamic").parquet(f"{output}/_done")
    return len(todo)


def _done(spark: "SparkSession", output: str) -> set[int]:
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
    parser.add_argument("--input", required=True, help="Parquet, JSON lines or CSV: files or folders", nargs="+")
    parser.add_argument("--output", required=True, help="the folder of the tables")
    parser.add_argument("--format", choices=["parquet", "json", "csv"], default="parquet")
    parser.add_argument("--parts", type=int, default=256, help="parts of the output (the same in every run)")
    parser.add_argument("--at-once", type=int, default=16, help="parts that are read before they are kept")
    for field in FIELDS:
        parser.add_argument(f"--{field}", default=field, metavar="COLUMN", help=f"the column of the {field}")
    given = parser.parse_args(arguments)
    if given.parts < 1 or given.at_once < 1:
        parser.error("--parts and --at-once are at least 1")
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        parser.error("PySpark is not installed; pip install 'dateline[spark]'")
    spark = SparkSession.builder.appName("dateline").getOrCreate()
    reader = spark.read
    if given.format == "csv":
        reader = reader.option("header", True).option("multiLine", True).option("escape", '"')
    frame = reader.format(given.format).load(given.input)
    columns = {
        field: getattr(given, field)
        for field in FIELDS
        if getattr(given, field) in frame.columns or getattr(given, field) != field or field in ("text", "id")
    }
    try:
        count = run(spark, frame, given.output, given.parts, given.at_once, columns)
    except KeyError as error:
        print(f"dateline: {error.args[0]}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(f"dateline: {count} of {given.parts} parts read into {given.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Frames of accounts: what people call on a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Union

from dateline._articles import FIELDS
from dateline.spark._batches import read_batches, read_file, schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


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
        return self.table("articles")

    @property
    def claims(self) -> "DataFrame":
        return self.table("claims")

    @property
    def events(self) -> "DataFrame":
        return self.table("events")

    @property
    def entities(self) -> "DataFrame":
        return self.table("entities")

    @property
    def json(self) -> "DataFrame":
        """Accounts as ``dateline read`` writes them: ``article`` and ``json``."""
        if "json" not in self.frame.columns:
            raise AttributeError("the accounts' JSON was not asked for; read with json=True")
        return self.frame.select("article", "json")

    def table(self, name: str, *beside: str) -> "DataFrame":
        """A table, and columns of the frame after its own."""
        from pyspark.sql import functions as f

        if name == "articles":
            names = [field.name for field in schema() if not field.name.endswith("_rows")]
            return self.frame.select(*names, *beside)
        rows = self.frame.select(f.explode(f"{name}_rows").alias("row"), *beside)
        return rows.select("row.*", *beside)


def read(
    df: "DataFrame",
    text: str = "text",
    id: str = "id",
    published: str = "published",
    json: bool = False,
    **columns: str,
) -> Accounts:
    """Reads the articles of a frame. ``title``, ``outlet``, ``url`` and ``byline``
    are read where there are columns of these names, or of those that you name. With
    ``json`` there are the whole accounts, too (:attr:`Accounts.json`).

    Give an ``id`` that stays the same however often a task runs.
    """
    named = {"text": text, "id": id, "published": published, **columns}
    return of_frame(df, named, ["json"] if json else [])


def check_columns(df: "DataFrame", named: dict[str, str], how: str = "text=..., id=..., published=...") -> None:
    """Finds out before anything is read whether the columns are there: those of text and
    id, and all that were named otherwise than the field."""
    for field, column in named.items():
        needed = field in ("text", "id") or column != field
        if needed and column not in df.columns:
            raise KeyError(
                f"there is no column '{column}'; the columns are {', '.join(df.columns)}; "
                f"name the right one with {how}"
            )


def of_frame(df: "DataFrame", named: dict[str, str], beside: Sequence[str]) -> Accounts:
    """The accounts of a frame's articles. Beside them ``json``, if wanted, and the
    frame's column ``part``."""
    unknown = [field for field in named if field not in FIELDS]
    if unknown:
        raise TypeError(
            f"an article has no field '{unknown[0]}'; name the columns of {', '.join(FIELDS)}"
        )
    check_columns(df, named)
    named = {field: named.get(field, field) for field in FIELDS}
    present = {field: column for field, column in named.items() if column in df.columns}
    handed_on = [name for name in beside if name == "part"]
    picked = df.select(*dict.fromkeys(present.values()), *handed_on)

    def task(batches: Iterable[Any]) -> Iterator[Any]:
        return read_batches(batches, present, beside)

    return Accounts(picked.mapInArrow(task, spark_schema(*beside)))


def read_warc(
    spark: "SparkSession",
    paths: Union[str, Iterable[str]],
    on_error: str = "warn",
    json: bool = False,
) -> Accounts:
    """Reads the pages of web archives, packed or not: a task a file.

    ``paths`` are files, folders and patterns as Spark has them, which every
    executor must see. An executor opens a file of its own machine or of a shared
    folder where it is; one of a store (``s3a://``, ``hdfs://``, ``gs://``) is copied
    to its disk first, through ``pyarrow.fs``. What is read of a page, and what is
    left out, is that of ``dateline read``; the id of an article is its record's.

    A record that is broken is a warning in the executor's log, and what comes after
    it is read; with ``on_error="raise"`` it fails the task.
    """
    return of_files(spark, listed(spark, paths), on_error, ["json"] if json else [])


def listed(spark: "SparkSession", paths: Union[str, Iterable[str]]) -> list[str]:
    """The files of some paths, in order. Spark lists them; their bytes are not read."""
    wanted = [paths] if isinstance(paths, str) else [str(path) for path in paths]
    listed = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(wanted)
    return sorted({row.path for row in listed.select("path").collect()})


def of_files(
    spark: "SparkSession", files: list[str], on_error: str, beside: Sequence[str]
) -> Accounts:
    """The accounts of archives; beside them ``json`` and ``part``, if wanted."""
    if on_error not in ("warn", "raise"):
        raise ValueError(f"on_error is 'warn' or 'raise', and not {on_error!r}")

    def task(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield from read_file(files[number], on_error, beside)

    # as many partitions as numbers: each has one
    numbers = spark.range(0, len(files), 1, max(len(files), 1))
    return Accounts(numbers.mapInArrow(task, spark_schema(*beside)))


def spark_schema(*beside: str) -> Any:
    """The columns of the frame below, as Spark's."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema(*beside))

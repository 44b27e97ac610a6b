"""Articles of whatever Python has: strings, dictionaries, frames, files."""

from __future__ import annotations

import datetime
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Optional, Union

from dateline._dateline import Article, DatelineError, Draft, Files

#: The fields of an article, and the columns that have them unless others are named.
FIELDS = ("text", "id", "title", "outlet", "url", "byline", "published")


class Articles(Iterator[Article]):
    """The articles of files and folders. See :func:`dateline.articles`."""

    def __init__(self, files: Files, on_error: str) -> None:
        self._files = files
        self._warns = on_error == "warn"
        #: How many were left out so far, by reason: ``foreign``, ``empty``, ``other``.
        self.left_out: dict[str, int] = {}

    def __iter__(self) -> "Articles":
        return self

    def __next__(self) -> Article:
        for draft in self.drafts():
            try:
                article, left = draft.article()
            except DatelineError as error:
                self.unread(error)
                continue
            if article is not None:
                return article
            self.left_out[left] = self.left_out.get(left, 0) + 1
        raise StopIteration

    def drafts(self) -> Iterator[Draft]:
        """The articles as they stand in their files, to be made elsewhere."""
        while True:
            try:
                yield next(self._files)
            except StopIteration:
                return
            except DatelineError as error:
                self.unread(error)

    def unread(self, error: DatelineError) -> None:
        """Warns of what could not be read, or raises it."""
        if not self._warns:
            raise error
        warnings.warn(str(error), stacklevel=3)


def articles(
    *paths: Union[str, "os.PathLike[str]"],
    format: Optional[str] = None,
    on_error: str = "warn",
    **columns: str,
) -> Articles:
    """The articles of files and folders, as ``dateline read`` takes them: texts,
    HTML pages, JSON, tables, feeds and web archives, packed or not.

    ``format`` says what all of them are, where neither content nor name tells it:
    ``text``, ``html``, ``jsonl``, ``json``, ``csv``, ``tsv``, ``feed``, ``warc``. Fields
    have other names in JSON and tables if you name them: ``articles("table.csv",
    text="body")``. Of folders and archives, what is not English or no article is
    left out, and counted in ``left_out``.

    What cannot be read is a warning, with the command's sentence, and the
    articles after it still come; with ``on_error="raise"`` it ends the reading.

    >>> list(articles("missing.jsonl", on_error="raise"))
    Traceback (most recent call last):
        ...
    dateline.DatelineError: missing.jsonl: there is no such file; check the spelling, or give '-' to read standard input
    """
    if on_error not in ("warn", "raise"):
        raise ValueError(f"on_error is 'warn' or 'raise', and not {on_error!r}")
    files = Files([os.fspath(path) for path in paths], format, list(columns.items()))
    return Articles(files, on_error)


def article(fields: Mapping[str, Any], number: int) -> Article:
    """The article of some fields; without an id, its number is its id."""
    given = {name: _plain(fields.get(name)) for name in FIELDS}
    identity = given["id"]
    text = given["text"]
    if text is not None and not isinstance(text, str):
        raise TypeError(
            f"the text of article {identity if identity is not None else number} is a str, "
            f"and not a {type(text).__name__}"
        )
    return Article(
        text,
        str(number) if identity is None else str(identity),
        title=given["title"],
        outlet=given["outlet"],
        url=given["url"],
        byline=_names(given["byline"]),
        published=_date(given["published"]),
    )


def _plain(value: Any) -> Any:
    """``None`` for everything that means nothing: NaN, NaT, NA."""
    if value is None or isinstance(value, (str, list, tuple)):
        return value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    try:
        return None if value != value else value
    except (TypeError, ValueError):
        return value


def _names(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [name for name in value if isinstance(name, str) and name.strip()]


def _date(value: Any) -> Optional[str]:
    if value is None:
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime.datetime):
        # without a zone it is a day, since nobody knows which moment it was
        return value.isoformat() if value.tzinfo else value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    return text if text.strip() else None


def of(source: Any, columns: Mapping[str, str]) -> Iterator[Article]:
    """The articles of a frame or an iterable, one by one.

    ``columns`` says where each field stands, where it has another name.
    """
    rows = _frame(source, columns)
    if rows is not None:
        for number, row in enumerate(rows):
            yield article(row, number)
        return
    if isinstance(source, (str, bytes, Mapping, Article)):
        raise TypeError(
            f"read_many reads a frame or an iterable of articles, and not one {type(source).__name__}; "
            "put it in a list, or take read"
        )
    for number, item in enumerate(source):
        if isinstance(item, Article):
            yield item
        elif isinstance(item, Mapping):
            yield article(_renamed(item, columns, number), number)
        elif item is None or isinstance(item, str) or item != item:
            yield article({"text": item}, number)
        else:
            raise TypeError(
                f"article {number} is a str, a dict with 'text' or an Article, and not a "
                f"{type(item).__name__}"
            )


def _renamed(item: Mapping[str, Any], columns: Mapping[str, str], number: int) -> dict[str, Any]:
    if columns["text"] not in item:
        raise KeyError(
            f"article {number} has no '{columns['text']}'; it has "
            f"{', '.join(map(str, item)) or 'nothing'}; name the text's key with text=..."
        )
    return {field: item.get(column) for field, column in columns.items()}


def _wanted(names: Iterable[Any], columns: Mapping[str, str]) -> dict[str, str]:
    """The columns that are there, by field."""
    names = list(names)
    explicit = [column for field, column in columns.items() if field == "text" or column != field]
    for column in explicit:
        if column not in names:
            raise KeyError(
                f"there is no column '{column}'; the columns are {', '.join(map(str, names)) or 'none'}; "
                "name the right one with text=..., id=..., published=..."
            )
    return {field: column for field, column in columns.items() if column in names}


def _frame(source: Any, columns: Mapping[str, str]) -> Optional[Iterator[dict[str, Any]]]:
    """Rows of a frame as fields; ``None`` where the source is no frame."""
    module = type(source).__module__.partition(".")[0]
    if module == "pandas" and hasattr(source, "itertuples"):
        wanted = _wanted(source.columns, columns)
        return _zipped(wanted, (source[column] for column in wanted.values()))
    if module == "polars" and hasattr(source, "collect_schema"):
        frame = source.collect() if type(source).__name__ == "LazyFrame" else source
        wanted = _wanted(frame.columns, columns)
        picked = frame.select(list(wanted.values()))
        return (dict(zip(wanted, row)) for row in picked.iter_rows())
    if module == "dateline" and hasattr(source, "__arrow_c_stream__"):
        source = source.to_arrow()
        module = "pyarrow"
    if module == "pyarrow" or hasattr(source, "__arrow_c_stream__"):
        return _arrow(source, columns)
    return None


def _zipped(wanted: Mapping[str, str], series: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for row in zip(*series):
        yield dict(zip(wanted, row))


def _arrow(source: Any, columns: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    import pyarrow

    if isinstance(source, pyarrow.RecordBatch):
        source = pyarrow.Table.from_batches([source])
    if not isinstance(source, (pyarrow.Table, pyarrow.RecordBatchReader)):
        if hasattr(source, "to_batches"):  # a dataset
            wanted = _wanted(source.schema.names, columns)
            return _batches(source.to_batches(columns=list(wanted.values())), wanted)
        source = pyarrow.RecordBatchReader.from_stream(source)
    wanted = _wanted(source.schema.names, columns)
    batches = source.to_batches(max_chunksize=256) if isinstance(source, pyarrow.Table) else source
    return _batches(batches, wanted)


def _batches(batches: Iterable[Any], wanted: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for batch in batches:
        picked = [batch.column(column).to_pylist() for column in wanted.values()]
        for row in zip(*picked):
            yield dict(zip(wanted, row))

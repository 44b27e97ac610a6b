"""What a task does: articles in, record batches of their accounts out."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from dateline import _dateline
from dateline._reader import TABLES, default_reader
from dateline._tables import Table

#: Most articles whose accounts are in memory at a time, in each task.
_BATCH = 64

#: The tables below an account; the article's own columns stand beside them.
_NESTED = ("claims", "events", "entities")


def schema(*beside: str) -> Any:
    """The columns of articles, the rows of the other tables in lists, and beside them
    ``json``, the whole account, and ``part``, which part of a job's output it is of."""
    import pyarrow as pa

    articles = pa.schema(_dateline.schema("articles"))
    nested = [
        pa.field(f"{name}_rows", pa.list_(pa.struct(list(pa.schema(_dateline.schema(name))))))
        for name in _NESTED
    ]
    more = [pa.field(name, pa.string()) for name in beside]
    return pa.schema([*articles, *nested, *more]).remove_metadata()


def read_batches(
    batches: Iterable[Any], columns: dict[str, str], beside: Sequence[str]
) -> Iterator[Any]:
    """Record batches of accounts of record batches of articles; few in memory. The
    column ``part`` is handed on, where it is among those beside."""
    parts: deque[str] = deque()

    def rows() -> Iterator[Any]:
        for batch in batches:
            for at in range(0, batch.num_rows, _BATCH):
                some = batch.slice(at, _BATCH)
                values = [some.column(column).to_pylist() for column in columns.values()]
                if "part" in beside:
                    parts.extend(some.column("part").to_pylist())
                yield from (dict(zip(columns, row)) for row in zip(*values))

    accounts = default_reader().read_many(rows(), threads=1, progress=False)
    # there is one account a row, in the order of the rows
    yield from _batches(accounts, beside, parts.popleft)


def read_file(file: str, on_error: str, beside: Sequence[str]) -> Iterator[Any]:
    """Record batches of the accounts of an archive."""
    part = part_of(file)
    with _local(file) as path:
        accounts = default_reader().read_files(
            path, threads=1, progress=False, format="warc", on_error=on_error
        )
        yield from _batches(accounts, beside, lambda: part)


def _batches(
    read: Iterable[Any], beside: Sequence[str], part: Callable[[], str]
) -> Iterator[Any]:
    """Accounts in record batches; ``part`` says of the next one which part it is of."""
    accounts: list[_dateline.Account] = []
    more: dict[str, list[str]] = {name: [] for name in beside}
    for account in read:
        accounts.append(account._native)
        if "json" in more:
            more["json"].append(account.to_json())
        if "part" in more:
            more["part"].append(part())
        if len(accounts) >= _BATCH:
            yield _batch(accounts, more)
            accounts, more = [], {name: [] for name in beside}
    if accounts:
        yield _batch(accounts, more)


def _batch(accounts: list[_dateline.Account], more: dict[str, list[str]]) -> Any:
    import pyarrow as pa

    wanted = schema(*more)
    gathered = _dateline.Tables(list(TABLES))
    for account in accounts:
        gathered.add(account)
    tables = {name: pa.table(Table(table)).combine_chunks() for name, table in gathered.finish()}
    counts = dict(zip(_NESTED, zip(*(account.counts for account in accounts))))
    columns = [column.combine_chunks() for column in tables["articles"].columns]
    for name in _NESTED:
        fields = list(wanted.field(f"{name}_rows").type.value_type)
        rows = [column.combine_chunks() for column in tables[name].columns]
        ends = [0]
        for count in counts[name]:
            ends.append(ends[-1] + count)
        struct = pa.StructArray.from_arrays([_whole(c, pa) for c in rows], fields=fields)
        columns.append(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), struct))
    columns += [pa.array(values, pa.string()) for values in more.values()]
    arrays = [_whole(column, pa).cast(field.type) for column, field in zip(columns, wanted)]
    return pa.RecordBatch.from_arrays(arrays, schema=wanted)


def _whole(column: Any, pa: Any) -> Any:
    """A column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


@contextmanager
def _local(file: str) -> Iterator[str]:
    """The path of a file where it can be opened: a copy, if it lies in a store."""
    scheme, _, inside = file.partition(":")
    if scheme == "file":
        path = re.sub("^/+", "/", inside)
        # a task must fail where the file is not to be seen, and not read nothing
        open(path, "rb").close()
        yield path
        return
    store, inside = _store(file)
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        path = os.path.join(folder, inside.rpartition("/")[2])
        with store.open_input_stream(inside, compression=None) as source, open(path, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        yield path


def _store(file: str) -> tuple[Any, str]:
    """The store that a file lies in, and its path there."""
    import pyarrow.fs

    return pyarrow.fs.FileSystem.from_uri(re.sub("^s3[an]:", "s3:", file))


def part_of(file: str) -> str:
    """What the part of the output is called that an archive is read into: its name
    and a sum of its path, so that files of one name in two folders are two."""
    name = re.sub(r"(\.warc)?(\.gz|\.zst)?$", "", file.rpartition("/")[2])
    return f"{re.sub('[^A-Za-z0-9._-]', '_', name)[:120]}-{zlib.crc32(file.encode()):08x}"

"""Tables, shared with pyarrow, pandas, polars and DuckDB without a copy."""

from __future__ import annotations

from typing import Any, Optional

from dateline import _dateline


class Table:
    """A table in memory, with the columns of ``docs/export.md``.

    Anything that takes Arrow streams takes it: ``pyarrow.table(table)``,
    ``polars.DataFrame(table)``, ``duckdb.sql("FROM table")`` after
    :meth:`to_arrow`.

    >>> import dateline
    >>> table = dateline.read_many(["Troops withdrew from the border on Monday."]).tables().events
    >>> len(table), table.column_names[:3]
    (1, ['article', 'event', 'day'])
    """

    def __init__(self, native: _dateline.Table) -> None:
        self._native = native

    def __len__(self) -> int:
        return len(self._native)

    @property
    def column_names(self) -> list[str]:
        return self._native.column_names

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table`` that shares this table's memory."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self, **options: Any) -> Any:
        """A ``pandas.DataFrame``."""
        return self.to_arrow().to_pandas(**options)

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.column_names)}>"


class Tables:
    """The tables of some accounts: ``articles``, ``claims``, ``events``, ``entities``."""

    def __init__(self, tables: dict[str, Table]) -> None:
        self._tables = tables

    def __getattr__(self, name: str) -> Table:
        try:
            return self.__dict__["_tables"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    def __repr__(self) -> str:
        return f"<Tables: {', '.join(f'{name} ({len(t)})' for name, t in self._tables.items())}>"


def schema(name: str) -> Any:
    """The ``pyarrow.Schema`` of a table: articles, claims, events, entities,
    incidents or polecat.

    >>> schema("claims").names[:2]
    ['article', 'claim']
    """
    import pyarrow

    return pyarrow.schema(_dateline.schema(name))

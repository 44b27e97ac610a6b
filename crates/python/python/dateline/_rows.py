"""Rows of answers: dictionaries whose keys are attributes, too."""

from __future__ import annotations

import json
from typing import Any


class Row(dict):
    """A row of an answer.

    >>> row = Row(name="Ana Lind", code=None)
    >>> row.name, row["code"]
    ('Ana Lind', None)
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(
                f"this row has no '{name}'; it has {', '.join(self)}"
            ) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self]


def rows(text: str) -> Any:
    """JSON with rows for objects."""
    return json.loads(text, object_hook=Row)

"""Stores: many accounts in one SQLite file, and what is the same across them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Optional, Union

from dateline import _dateline
from dateline._account import Account
from dateline._articles import FIELDS, Articles, of
from dateline._reader import Reader, default_reader
from dateline._rows import Row, rows
from dateline._tables import Table

#: Most accounts of one transaction.
_BATCH = 32


@dataclass
class Added:
    """What came of :meth:`Store.add`, in numbers of articles."""

    #: Added, or put in the place of others.
    added: int = 0
    #: In the store already.
    known: int = 0
    #: Not added: other articles have their ids.
    kept: int = 0
    #: Not added: not English.
    foreign: int = 0
    #: Not added: empty, too long, or a page without an article.
    unread: int = 0


class Store:
    """A store, one SQLite file; the same that ``dateline add`` makes.

    Readers do not wait while somebody adds. Questions have the names of the
    command's options: ``by``, ``about``, ``type``, ``actor``, ``recipient``,
    ``stance``, ``since``, ``until``, ``place``, ``outlet``, ``text``.

    >>> import tempfile, os
    >>> folder = tempfile.mkdtemp()
    >>> store = Store(os.path.join(folder, "news.db"))
    >>> store.add([{"id": "a", "text": "It is over, Ana Lind said.", "published": "2024-05-08"}])
    Added(added=1, known=0, kept=0, foreign=0, unread=0)
    >>> claim = store.find("claims", by="lind")[0]
    >>> claim.speaker.name, claim.quote
    ('Ana Lind', 'It is over')
    """

    def __init__(self, path: Union[str, "os.PathLike[str]"], *, reader: Optional[Reader] = None) -> None:
        self.path = os.fspath(path)
        self._native = _dateline.Store(self.path)
        self._reader = reader

    def add(
        self,
        articles: Any,
        threads: Optional[int] = None,
        progress: bool = True,
        replace: bool = False,
        **columns: str,
    ) -> Added:
        """Reads articles and adds their accounts; makes the file if it is not there.

        ``articles`` is what :func:`dateline.read_many` reads, or accounts. It may
        be stopped at any moment and run again: what is there is not read again.
        An article whose id another one has is not added, unless ``replace``.
        """
        self._native.make()
        done = Added()
        batch: list[_dateline.Account] = []

        def flush() -> None:
            for known in self._native.add(batch, replace):
                self._count(done, known, replace)
            batch.clear()

        for account in self._read(articles, threads, progress, replace, columns, done):
            if not account._native.was_read:
                if account.language in ("en", "und"):
                    done.unread += 1
                else:
                    done.foreign += 1
                continue
            batch.append(account._native)
            if len(batch) >= _BATCH:
                flush()
        flush()
        if isinstance(articles, Articles):
            done.foreign += articles.left_out.get("foreign", 0)
            done.unread += articles.left_out.get("empty", 0)
        self._native.join()
        return done

    def _read(
        self, articles: Any, threads: Any, progress: bool, replace: bool, columns: Any, done: Added
    ) -> Any:
        if isinstance(articles, Account):
            articles = [articles]
        if isinstance(articles, (list, tuple)) and all(isinstance(a, Account) for a in articles):
            return iter(articles)
        named = {field: columns.get(field, field) for field in FIELDS}

        def unknown() -> Any:
            for article in of(articles, named):
                known = self._native.known(article)
                if known == "new" or (known == "other" and replace):
                    yield article
                else:
                    self._count(done, known, replace)

        reader = self._reader or default_reader()
        return reader.read_many(unknown(), threads, progress)

    @staticmethod
    def _count(done: Added, known: str, replace: bool) -> None:
        if known == "new" or (known == "other" and replace):
            done.added += 1
        elif known == "same":
            done.known += 1
        else:
            done.kept += 1

    def find(self, what: str, limit: int = 50, **wanted: Any) -> list[Row]:
        """Claims, events, incidents, people (or ``actors``: bodies and places, too)
        or articles, newest first: the rows of ``dateline find --format json``."""
        return rows(self._native.find(what, limit, _strings(wanted)))

    def who(self, name: str, limit: int = 10) -> Optional[Row]:
        """A page on one person or body: ``actor``, ``said``, ``did``, ``done_to``,
        ``said_of``, ``co_actors``, ``namesakes``; ``None`` where nobody bears the name."""
        page = self._native.who(name, limit)
        return None if page is None else rows(page)

    def timeline(self, limit: int = 50, **wanted: Any) -> list[Row]:
        """The incidents by day."""
        return rows(self._native.find("timeline", limit, _strings(wanted)))

    def disputes(self, limit: int = 50, **wanted: Any) -> list[Row]:
        """Claims that contradict each other, the surest pairs first."""
        return rows(self._native.find("disputes", limit, _strings(wanted)))

    def sql(self, sql: str) -> list[Row]:
        """The rows of a SELECT; ``docs/schema.md`` describes the tables."""
        columns, found = rows(self._native.sql(sql))
        return [Row(zip(columns, row)) for row in found]

    def table(
        self,
        what: str,
        limit: Optional[int] = None,
        *,
        lexicon: Optional[str] = None,
        ontology: Optional[str] = None,
        **wanted: Any,
    ) -> Table:
        """All rows of claims, events, entities, incidents, articles or polecat as a
        table; ``docs/export.md`` lists the columns."""
        native = self._native.table(what, limit, _strings(wanted), lexicon, ontology)
        return Table(native)

    def export(
        self,
        what: str,
        to: Union[str, "os.PathLike[str]"],
        format: Optional[str] = None,
        limit: Optional[int] = None,
        *,
        lexicon: Optional[str] = None,
        ontology: Optional[str] = None,
        **wanted: Any,
    ) -> None:
        """Writes a table, or the network of actors (``graphml``, ``gexf``), as a file:
        ``dateline export``. The file is there only when it is whole."""
        self._native.export(
            what, os.fspath(to), format, limit, _strings(wanted), lexicon, ontology
        )

    def account(self, id: str) -> Optional[Account]:
        """The account of an article as it was added, but for tokens and explanations."""
        native = self._native.account(id)
        return None if native is None else Account(native)

    def remove(self, id: str) -> bool:
        """Takes an article out; says whether it was there."""
        return self._native.remove(id)

    def check(self) -> list[str]:
        """What is wrong with the store: nothing, where every span quotes its text."""
        return self._native.check()[0]

    def __len__(self) -> int:
        """How many articles there are."""
        return self._native.articles()

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<Store {self.path!r}>"


def _strings(wanted: dict[str, Any]) -> dict[str, Optional[str]]:
    """Arguments as strings: days may be dates."""
    return {name: None if value is None else str(value) for name, value in wanted.items()}

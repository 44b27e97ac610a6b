"""Reading: one article, or many."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional, Union

from dateline import _dateline
from dateline._account import Account
from dateline._articles import FIELDS, Articles, article, of
from dateline._articles import articles as of_files
from dateline._tables import Table, Tables

Path = Union[str, "os.PathLike[str]"]

#: The tables that accounts have.
TABLES = ("articles", "claims", "events", "entities")


class Reader:
    """A reader with settings of your own; made once, used from any thread.

    ``model`` is ``"swift"``, ``"fine"`` (a larger network, many times slower) or
    the path of a model file; ``lexicon`` and ``ontology`` are folders to lay over
    the built-in tables, ``gazetteer`` a file of ``dateline gazetteer build``.
    With ``tokens`` accounts list their words, with ``explain`` their rows say
    what decided them; ``notations`` are among ``cameo``, ``quad``, ``intensity``.

    >>> reader = Reader(notations=["quad"])
    >>> reader.read("Troops withdrew from the border on Monday.").events[0].quad
    'material-cooperation'
    """

    def __init__(
        self,
        *,
        model: Path = "swift",
        lexicon: Optional[Path] = None,
        ontology: Optional[Path] = None,
        gazetteer: Optional[Path] = None,
        tokens: bool = False,
        explain: bool = False,
        notations: Sequence[str] = (),
    ) -> None:
        folders = [None if path is None else os.fspath(path) for path in (lexicon, ontology, gazetteer)]
        self._native = _dateline.Reader(
            os.fspath(model), *folders, tokens, explain, list(notations)
        )
        self._lexicon, self._ontology = folders[:2]

    def read(
        self,
        text: Any,
        published: Any = None,
        *,
        id: str = "article",
        title: Optional[str] = None,
        outlet: Optional[str] = None,
        url: Optional[str] = None,
        byline: Union[str, Sequence[str]] = (),
    ) -> Account:
        """Reads one article. See :func:`dateline.read`."""
        if isinstance(text, _dateline.Article):
            return Account(self._native.read(text))
        fields = dict(
            text=text, id=id, title=title, outlet=outlet, url=url, byline=byline, published=published
        )
        one = article(fields, 0)
        if published is not None and one.published is None and str(published).strip():
            raise ValueError(
                f"article '{id}': the publication date '{published}' is not a day like 2018-12-20 "
                "nor an RFC 3339 time"
            )
        return Account(self._native.read(one))

    def read_many(
        self,
        articles: Any,
        threads: Optional[int] = None,
        progress: bool = True,
        **columns: str,
    ) -> "Accounts":
        """Reads many articles. See :func:`dateline.read_many`."""
        unknown = [name for name in columns if name not in FIELDS]
        if unknown:
            raise TypeError(
                f"an article has no field '{unknown[0]}'; name the columns of {', '.join(FIELDS)}"
            )
        if threads is not None and threads < 1:
            raise ValueError(f"threads is at least 1, and not {threads}")
        named = {field: columns.get(field, field) for field in FIELDS}
        total = len(articles) if hasattr(articles, "__len__") else None
        return Accounts(self, articles, named, threads or processors(), progress, total)

    def read_files(
        self,
        *paths: Path,
        threads: Optional[int] = None,
        progress: bool = True,
        format: Optional[str] = None,
        on_error: str = "warn",
        **columns: str,
    ) -> "Accounts":
        """Reads files and folders. See :func:`dateline.read_files`."""
        files = of_files(*paths, format=format, on_error=on_error, **columns)
        return self.read_many(files, threads, progress)


class Accounts(Iterator[Account]):
    """The accounts of many articles, in their order, read as they are asked for.

    At most four articles a thread are in memory. Go through it once, or take
    :meth:`tables`.
    """

    def __init__(
        self,
        reader: Reader,
        articles: Any,
        columns: dict[str, str],
        threads: int,
        progress: bool,
        total: Optional[int],
    ) -> None:
        self._reader = reader
        # articles of files are made where they are read
        self._files = articles if isinstance(articles, Articles) else None
        source = self._files.drafts() if self._files else of(articles, columns)
        self._native = _dateline.Reading(reader._native, source, threads)
        self._progress = _Progress(total) if progress and sys.stderr.isatty() else None

    def __iter__(self) -> "Accounts":
        return self

    @property
    def left_out(self) -> dict[str, int]:
        """How many articles of files were left out so far, by reason: ``foreign``
        (not English), ``empty`` (no article), ``other`` (files of other kinds)."""
        return self._native.left_out

    def __next__(self) -> Account:
        try:
            account = self._next()
        except BaseException:
            if self._progress:
                self._progress.done()
            raise
        if self._progress:
            self._progress.one()
        return Account(account)

    def _next(self) -> _dateline.Account:
        while True:
            try:
                return next(self._native)
            except _dateline.DatelineError as error:
                if self._files is None:
                    raise
                self._files.unread(error)

    def tables(self, names: Iterable[str] = TABLES) -> Tables:
        """Reads all that is left into tables; the accounts are not kept.

        >>> import dateline
        >>> tables = dateline.read_many(["It is over, Ana Lind said."]).tables()
        >>> tables.claims.to_arrow().column("speaker").to_pylist()
        ['Ana Lind']
        """
        gathered = _dateline.Tables(list(names), self._reader._lexicon, self._reader._ontology)
        for account in self:
            gathered.add(account._native)
        return Tables({name: Table(table) for name, table in gathered.finish()})


class _Progress:
    """A line on the terminal: articles, and how many a second."""

    def __init__(self, total: Optional[int]) -> None:
        self.total, self.count, self.begun, self.shown = total, 0, time.monotonic(), 0.0

    def one(self) -> None:
        self.count += 1
        now = time.monotonic()
        if now - self.shown < 0.25:
            return
        self.shown = now
        speed = self.count / max(now - self.begun, 0.001)
        line = f"{self.count:,} articles, {speed:.0f} articles/s"
        if self.total:
            left = (self.total - self.count) / max(speed, 0.001)
            line = f"{100 * self.count // self.total} %  {line}, {left:.0f} s left"
        sys.stderr.write(f"\r{line}\x1b[K")
        sys.stderr.flush()

    def done(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = 0.0


def processors() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(len(os.sched_getaffinity(0)), 1)
    return os.cpu_count() or 1


_default: Optional[Reader] = None
_left_behind: list[Reader] = []


def default_reader() -> Reader:
    """The reader of :func:`read` and :func:`read_many`, made when it is first needed."""
    global _default
    if _default is None:
        _default = Reader()
    return _default


def _after_fork() -> None:
    """A child makes a reader of its own: a thread of the parent's may have held
    a lock of the old one, which is left alone."""
    global _default
    if _default is not None:
        _left_behind.append(_default)
        _default = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def read(
    text: Any,
    published: Any = None,
    *,
    id: str = "article",
    title: Optional[str] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
    byline: Union[str, Sequence[str]] = (),
) -> Account:
    """Reads one article into an account.

    ``published`` is the day of publication, against which "Monday" is resolved:
    a string (``2018-12-20`` or an RFC 3339 time), a ``date`` or a ``datetime``.
    Other threads run meanwhile.

    >>> account = read("Talks opened in Geneva on Monday.", published="2024-05-08")
    >>> account.times[0].value, account.places[0].country
    ('2024-05-06', 'CHE')
    """
    return default_reader().read(
        text, published, id=id, title=title, outlet=outlet, url=url, byline=byline
    )


def read_many(
    articles: Any, threads: Optional[int] = None, progress: bool = True, **columns: str
) -> Accounts:
    """Reads many articles in parallel; gives their accounts in order.

    ``articles`` is a pandas or polars frame, anything with an Arrow stream, or an
    iterable of strings, dictionaries or :class:`Article`. Its columns or keys are
    ``text``, ``id``, ``title``, ``outlet``, ``url``, ``byline`` and ``published``,
    or those that you name: ``read_many(frame, text="body", id="uri")``. All but
    the text may be missing; without an id, articles are numbered from 0.

    Nothing is read before it is asked for, at most four articles a thread are in
    memory, and Ctrl-C stops it at once. With ``progress``, a terminal shows how
    far it is.

    >>> [len(account.claims) for account in read_many(["It is over, he said.", "", None])]
    [1, 0, 0]
    """
    return default_reader().read_many(articles, threads, progress, **columns)


def read_files(
    *paths: Path,
    threads: Optional[int] = None,
    progress: bool = True,
    format: Optional[str] = None,
    on_error: str = "warn",
    **columns: str,
) -> Accounts:
    """Reads files and folders in parallel; gives the accounts of their articles in
    order, as ``dateline read`` does. :func:`dateline.articles` says what they may be;
    this is ``read_many(articles(...))``.

    >>> import pathlib
    >>> _ = pathlib.Path("a.txt").write_text("It is over, Ana Lind said.")
    >>> [(account.id, account.claims[0].quote) for account in read_files("a.txt")]
    [('a', 'It is over')]
    """
    return default_reader().read_files(
        *paths, threads=threads, progress=progress, format=format, on_error=on_error, **columns
    )

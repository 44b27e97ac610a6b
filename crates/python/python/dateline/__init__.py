"""Reads the news into a record that can be checked.

>>> import dateline
>>> account = dateline.read(
...     "Norway's prime minister visited Sweden on Monday.", published="2024-05-08")
>>> event = account.events[0]
>>> event.type, event.mode, event.date
('CONSULT', 'visit', '2024-05-06')
>>> event.quote
"Norway's prime minister visited Sweden on Monday."

:func:`read` reads one article, :func:`read_many` a frame or any iterable of
them, :func:`read_files` files and folders, in parallel and in order; :class:`Store` keeps accounts in one SQLite file
and puts together what is the same across them. Spans count code points of the
text, as Python slices strings. ``dateline.spark`` does it on a cluster.
"""

from dateline._account import Account, Claim, Entity, Event, Mention, Place, Span, Time
from dateline._articles import Articles, articles
from dateline._dateline import Article, DatelineError, StoreError, __version__
from dateline._reader import Accounts, Reader, read, read_files, read_many
from dateline._rows import Row
from dateline._store import Added, Store
from dateline._tables import Table, schema

__all__ = [
    "Account",
    "Accounts",
    "Added",
    "Article",
    "Articles",
    "Claim",
    "DatelineError",
    "Entity",
    "Event",
    "Mention",
    "Place",
    "Reader",
    "Row",
    "Span",
    "Store",
    "StoreError",
    "Table",
    "Time",
    "__version__",
    "articles",
    "read",
    "read_files",
    "read_many",
    "schema",
]

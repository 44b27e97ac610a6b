"""Accounts and their rows.

The account itself stays in the native half until somebody asks for its rows, so
that many accounts cost no more than their reading.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, NamedTuple, Optional

from dateline import _dateline


class Span(NamedTuple):
    """A range of code points of the article's text: ``text[start:end]``."""

    start: int
    end: int


class _Row:
    """A row of an account, with its fields as :meth:`to_dict` has them."""

    __slots__ = ("_account", "_fields")
    _shown: tuple[str, ...] = ()

    def __init__(self, account: "Account", fields: dict[str, Any]) -> None:
        self._account = account
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._fields[name]
        except KeyError:
            raise AttributeError(
                f"{type(self).__name__} has no '{name}'; it has {', '.join(self._fields)}"
            ) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._fields]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._fields == other._fields  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._account.id, self._fields.get("id", str(self._fields))))

    def __repr__(self) -> str:
        shown = ((name, getattr(self, name)) for name in self._shown)
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in shown if v not in (None, []))})"

    def to_dict(self) -> dict[str, Any]:
        """The row as the account's JSON has it, with indexes for other rows."""
        return dict(self._fields)

    def _words(self, spans: Any) -> str:
        text = self._account.text
        return " … ".join(" ".join(text[start:end].split()) for start, end in spans)

    def _spans(self, name: str) -> list[Span]:
        return [Span(*span) for span in self._fields[name]]

    def _one(self, of: str, name: str) -> Any:
        at = self._fields[name]
        return None if at is None else getattr(self._account, of)[at]


class Mention(_Row):
    """One place in the text that refers to an entity."""

    __slots__ = ()
    _shown = ("text", "form", "span")

    @property
    def span(self) -> Span:
        return Span(*self._fields["span"])

    @property
    def text(self) -> str:
        return self._words([self._fields["span"]])


class Entity(_Row):
    """Somebody or something the article speaks of, with every mention of it."""

    __slots__ = ()
    _shown = ("name", "kind", "code", "roles")

    @property
    def mentions(self) -> list[Mention]:
        return [Mention(self._account, mention) for mention in self._fields["mentions"]]

    @property
    def code(self) -> Optional[str]:
        """The PLOVER code, such as ``RUSGOV``."""
        actor = self._fields["actor"]
        return None if actor is None else actor["code"]

    @property
    def country(self) -> Optional[str]:
        actor = self._fields["actor"]
        return None if actor is None else actor["country"]

    @property
    def place(self) -> Optional["Place"]:
        return self._one("places", "place")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.code else self.name


class Time(_Row):
    """A time expression, after TIMEX3."""

    __slots__ = ()
    _shown = ("text", "type", "value", "mod")

    @property
    def span(self) -> Span:
        return Span(*self._fields["span"])

    @property
    def text(self) -> str:
        return self._words([self._fields["span"]])


class Place(_Row):
    """A toponym or demonym, and the place that it means."""

    __slots__ = ()
    _shown = ("text", "name", "country", "lat", "lon")

    @property
    def span(self) -> Span:
        return Span(*self._fields["span"])

    @property
    def text(self) -> str:
        return self._words([self._fields["span"]])


class Claim(_Row):
    """An attribution: who said, thought, felt or knew what.

    ``speaker``, ``addressee`` and ``via`` are entities, ``said`` a time,
    ``within`` the claim that this one is part of; each may be ``None``.
    """

    __slots__ = ()
    _shown = ("speaker", "stance", "quote", "form", "confidence")

    @property
    def source(self) -> list[Span]:
        return self._spans("source")

    @property
    def cue(self) -> list[Span]:
        return self._spans("cue")

    @property
    def content(self) -> list[Span]:
        return self._spans("content")

    @property
    def quote(self) -> str:
        """What is said; pieces parted by `` … ``."""
        return self._words(self._fields["content"])

    @property
    def cue_text(self) -> str:
        """The words that tie source to content."""
        return self._words(self._fields["cue"])

    @property
    def source_text(self) -> str:
        """The words that name the source."""
        return self._words(self._fields["source"])

    @property
    def speaker(self) -> Optional[Entity]:
        return self._one("entities", "speaker")

    @property
    def addressee(self) -> Optional[Entity]:
        return self._one("entities", "addressee")

    @property
    def via(self) -> Optional[Entity]:
        return self._one("entities", "via")

    @property
    def said(self) -> Optional[Time]:
        return self._one("times", "said")

    @property
    def place(self) -> Optional[Place]:
        return self._one("places", "place")

    @property
    def within(self) -> Optional["Claim"]:
        return self._one("claims", "within")


class Event(_Row):
    """Who did what to whom: a PLOVER event, unless by an ontology of one's own.

    Said is not done: look at ``claim``. Not happened is not happened: look at
    ``polarity`` and ``modality``, or at ``happened`` for both.
    """

    __slots__ = ()
    _shown = ("type", "mode", "actor", "recipient", "date", "polarity", "modality")

    @property
    def actor(self) -> list[Entity]:
        return [self._account.entities[at] for at in self._fields["actor"]]

    @property
    def recipient(self) -> list[Entity]:
        return [self._account.entities[at] for at in self._fields["recipient"]]

    @property
    def trigger(self) -> list[Span]:
        return self._spans("trigger")

    @property
    def trigger_text(self) -> str:
        """The words that express it."""
        return self._words(self._fields["trigger"])

    @property
    def sentence(self) -> Span:
        return self._account.sentences[self._fields["sentence"]]

    @property
    def quote(self) -> str:
        """Its sentence."""
        return self._words([self.sentence])

    @property
    def time(self) -> Optional[Time]:
        return self._one("times", "time")

    @property
    def place(self) -> Optional[Place]:
        return self._one("places", "place")

    @property
    def claim(self) -> Optional[Claim]:
        """The claim that reports it; ``None`` where the article itself does."""
        return self._one("claims", "claim")

    @property
    def happened(self) -> bool:
        """Whether it is told as one that happened or goes on."""
        return self.polarity == "positive" and self.modality in ("actual", "ongoing")


class Account:
    """What was read in one article.

    >>> import dateline
    >>> account = dateline.read('"We will not leave," Ana Lind said.')
    >>> account.claims[0].speaker.name, account.claims[0].quote
    ('Ana Lind', '"We will not leave,"')
    >>> start, end = account.claims[0].content[0]
    >>> account.text[start:end]
    '"We will not leave,"'
    """

    def __init__(self, native: _dateline.Account) -> None:
        self._native = native

    @classmethod
    def from_json(cls, text: str) -> "Account":
        """An account of the JSON that ``dateline read`` or :meth:`to_json` wrote."""
        return cls(_dateline.Account.from_json(text))

    def to_json(self) -> str:
        """The account as JSON: the very bytes of ``dateline read``."""
        return self._native.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The account as dictionaries and lists; a copy."""
        return json.loads(self.to_json())

    @cached_property
    def _fields(self) -> dict[str, Any]:
        return json.loads(self.to_json())

    @property
    def id(self) -> str:
        return self._native.id

    @property
    def text(self) -> str:
        """The article, untouched."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return self._native.text

    @property
    def language(self) -> str:
        return self._native.language

    @property
    def title(self) -> Optional[str]:
        return self._fields["title"]

    @property
    def outlet(self) -> Optional[str]:
        return self._fields["outlet"]

    @property
    def url(self) -> Optional[str]:
        return self._fields["url"]

    @property
    def byline(self) -> list[str]:
        return self._fields["byline"]

    @property
    def published(self) -> Optional[str]:
        return self._fields["published"]

    @property
    def notes(self) -> list[str]:
        """Sentences on how the article was read."""
        return self._fields.get("notes", [])

    @property
    def tokens(self) -> Optional[list[dict[str, Any]]]:
        """Words with lemma, tags and head, when read with ``tokens=True``."""
        return self._fields.get("tokens")

    @cached_property
    def sentences(self) -> list[Span]:
        return [Span(*span) for span in self._fields["sentences"]]

    @cached_property
    def paragraphs(self) -> list[Span]:
        return [Span(*span) for span in self._fields["paragraphs"]]

    @cached_property
    def claims(self) -> list[Claim]:
        return [Claim(self, claim) for claim in self._fields["claims"]]

    @cached_property
    def events(self) -> list[Event]:
        return [Event(self, event) for event in self._fields["events"]]

    @cached_property
    def entities(self) -> list[Entity]:
        return [Entity(self, entity) for entity in self._fields["entities"]]

    @cached_property
    def times(self) -> list[Time]:
        return [Time(self, time) for time in self._fields["times"]]

    @cached_property
    def places(self) -> list[Place]:
        return [Place(self, place) for place in self._fields["places"]]

    def __repr__(self) -> str:
        claims, events, entities = self._native.counts
        words = len(self.text.split())
        what = f"{words} words, {claims} claims, {events} events, {entities} entities"
        if not self._native.was_read and self.notes:
            what = self.notes[0]
        return f"<Account {self.id!r}: {what}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.id, self.text))

    def __reduce__(self) -> Any:
        return Account.from_json, (self.to_json(),)

    def _repr_html_(self) -> str:
        from dateline._html import page

        return page(self)

"""An account as HTML for notebooks: the text with its evidence in colour."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline._account import Account

_STYLE = """<style>
.dateline{max-width:60em;line-height:1.5}
.dateline .text{white-space:pre-wrap}
.dateline .content{background:#fdf1c7;color:#222}
.dateline .source{background:#cfe5fb;color:#222}
.dateline .cue{background:#e3d4f5;color:#222}
.dateline .trigger{background:#f9cfc8;color:#222;font-weight:600}
.dateline .time{border-bottom:2px solid #3a8f5c}
.dateline table{font-size:90%;margin-top:1em}
.dateline td{text-align:left;vertical-align:top}
</style>"""

#: Most rows of a table; the rest are counted.
_MOST = 200


def page(account: "Account") -> str:
    """The text, its claims and its events. Everything from the article is escaped."""
    title = account.title or account.id
    facts = [fact for fact in (account.outlet, account.published) if fact]
    notes = "".join(f"<p><em>{escape(note)}</em></p>" for note in account.notes)
    return (
        f'{_STYLE}<div class="dateline"><h3>{escape(title)}</h3><p>{escape(" · ".join(facts))}</p>'
        f'{notes}<div class="text">{_coloured(account)}</div>{_claims(account)}{_events(account)}</div>'
    )


def _coloured(account: "Account") -> str:
    """The text, cut where a span begins or ends."""
    changes: dict[int, list[tuple[str, int]]] = {}

    def mark(spans: list, kind: str) -> None:
        for start, end in spans:
            changes.setdefault(start, []).append((kind, 1))
            changes.setdefault(end, []).append((kind, -1))

    for claim in account.claims:
        mark(claim.content, "content")
        mark(claim.source, "source")
        mark(claim.cue, "cue")
    for event in account.events:
        mark(event.trigger, "trigger")
    mark([time.span for time in account.times], "time")
    text, at, pieces = account.text, 0, []
    open_now: dict[str, int] = {}
    for place in [*sorted(changes), len(text)]:
        words = escape(text[at:place])
        kinds = " ".join(sorted(kind for kind, count in open_now.items() if count > 0))
        if words:
            pieces.append(f'<span class="{kinds}">{words}</span>' if kinds else words)
        for kind, by in changes.get(place, []):
            open_now[kind] = open_now.get(kind, 0) + by
        at = place
    return "".join(pieces)


def _table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    if not rows:
        return ""
    line = lambda tag, cells: "<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in cells) + "</tr>"
    shown = "".join(line("td", row) for row in rows[:_MOST])
    more = f"<p>and {len(rows) - _MOST} more</p>" if len(rows) > _MOST else ""
    return f"<table>{line('th', head)}{shown}</table>{more}"


def _claims(account: "Account") -> str:
    rows = [
        [str(claim.speaker or claim.source_text or "nobody named"), claim.stance, claim.quote]
        for claim in account.claims
    ]
    return _table(("speaker", "stance", "claim"), rows)


def _events(account: "Account") -> str:
    def reading(event: object) -> str:
        words = ["not"] if event.polarity == "negative" else []  # type: ignore[attr-defined]
        words += [event.modality] if event.modality != "actual" else []  # type: ignore[attr-defined]
        claim = event.claim  # type: ignore[attr-defined]
        words += [f"told by {claim.speaker or 'somebody'}"] if claim else []
        return ", ".join(words)

    rows = [
        [
            event.date or "",
            f"{event.type} {event.mode or ''}".strip(),
            "; ".join(map(str, event.actor)),
            "; ".join(map(str, event.recipient)),
            reading(event),
        ]
        for event in account.events
    ]
    return _table(("date", "event", "who", "to whom", "reading"), rows)

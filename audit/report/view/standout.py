"""Differences, copies and disputes in, at most a handful of sentences out: what a page says first.

Nothing is picked by hand: differences that hold after correction come first where they hold within shared stories,
then those of the source whose value nobody else passes, then the widest; copies by the articles they touch; disputes
by the sources they divide; last, what single articles of small sources read like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from audit.extract.base import Quantity
from audit.report import names, wording
from audit.report.data import Book, Row
from audit.report.view.compared import DISPUTED, Compared, Taken
from audit.report.view.headline import anchor, done, headline
from audit.report.view.say import Run, Sentence, named, say, strong

HOLDS = ("both", "within", "plain")

NOTABLE = 0.1
"""A value within a tenth of the others' median is no news to a reader, however sure the difference is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, where it leads, and the words of that link."""

    sentence: Sentence
    href: str
    where: str


def stands_out(book: Book, compared: Compared, most: int) -> list[Finding]:
    """The first of each kind in turn, up to `most`."""
    kinds = (_copies(book, compared), _differences(book), _disputes(book, compared), _few(book))
    in_turn = (finding for turn in zip_longest(*kinds) for finding in turn if finding is not None)
    return [finding for finding, _ in zip(in_turn, range(most), strict=False)]


def ranked(book: Book, source: str | None = None) -> list[Row]:
    """Differences of headline numbers that hold, the surest first."""
    shown = {quantity.feature for quantity in headline(book)}
    holding = [
        row
        for (name, feature), row in book.differences.items()
        if row["holds"] in HOLDS and feature in shown and source in (None, name) and _seen(book, row)
    ]
    order = [(_tier(row), not _extreme(book, row), -_gap(row), row["source"], row["feature"], row) for row in holding]
    return [entry[-1] for entry in sorted(order, key=lambda entry: entry[:-1])]


def _tier(row: Row) -> int:
    """Differences that hold within shared stories come first, since the topic is taken out of them."""
    return int(row["holds"] not in ("both", "within"))


def _extreme(book: Book, row: Row) -> bool:
    """Whether no other source's value lies beyond this one."""
    return _beyond(book, row) is not None


def _beyond(book: Book, row: Row) -> Row | None:
    """The score of the next source, where this one's is the highest or the lowest of three or more."""
    rest = [score for source, score in book.valued[row["feature"]].items() if source != row["source"]]
    if len(rest) < 2 or row["others"] is None:
        return None
    top = row["value"] > row["others"]
    nearest: Row = (max if top else min)(rest, key=lambda score: score["value"])
    outside = row["value"] > nearest["value"] if top else row["value"] < nearest["value"]
    return nearest if outside else None


def _seen(book: Book, row: Row) -> bool:
    """Whether the value has an interval, and differs from the others' by enough to be worth a sentence."""
    score = book.score(row["source"], row["feature"])
    if score is None or score["low"] is None or row["others"] is None:
        return False
    quantity = book.quantities[row["feature"]]
    told = wording.short(row["value"], quantity) != wording.short(row["others"], quantity)
    return told and abs(row["value"] - row["others"]) >= NOTABLE * abs(row["others"])


def _gap(row: Row) -> float:
    """The difference in units of its own interval."""
    width = (row["plain_high"] or 0) - (row["plain_low"] or 0)
    return abs(row["plain"] or 0) / width if width else 0.0


def _differences(book: Book) -> Iterator[Finding]:
    """Each number once, and each source once before any comes again."""
    rows = ranked(book)
    numbers: set[str] = set()
    sources: set[str] = set()
    for again in (False, True):
        for row in rows:
            if row["feature"] in numbers or (not again and row["source"] in sources):
                continue
            numbers.add(row["feature"])
            sources.add(row["source"])
            yield _difference(book, row)


def _difference(book: Book, row: Row) -> Finding:
    link = book.source_link(row["source"], anchor(row["feature"]))
    return Finding(difference(book, row), link, "the words")


def difference(book: Book, row: Row, *, subject: bool = True) -> Sentence:
    """`North Ledger names its source for 9 of 10 statements (90 %); the median of the others is 60 %.`

    Without its subject it stands on the source's own page, where the figure leads to its section.
    """
    quantity = book.quantities[row["feature"]]
    score = book.score(row["source"], row["feature"])
    count, base = (score["count"], score["base"]) if score else (0, 0)
    value = wording.value(row["value"], quantity)
    who: list[str | Run] = [named(book.source_name(row["source"])), " "] if subject else []
    what = done(count, base, quantity)
    shown = strong(value, "" if subject else f"#{anchor(quantity.feature)}")
    middle: list[str | Run] = [" ", shown] if quantity.kind == "grade" else [" (", shown, ")"]
    if not subject:
        what = wording.capital(what)
    return say(*who, what, *middle, _against(book, row, quantity), _within(row), ".")


def _against(book: Book, row: Row, quantity: Quantity) -> str:
    """The value beside the others': `; no other source passes 23 %`, or their median."""
    if row["others"] is None:
        return ""
    middle = wording.short(row["others"], quantity)
    nearest = _beyond(book, row)
    if nearest is None:
        return f"; the median of the others is {middle}"
    verb = "passes" if row["value"] > row["others"] else "is below"
    return f"; no other source {verb} {wording.short(nearest['value'], quantity)}, the median of the others is {middle}"


def _within(row: Row) -> str:
    if row["holds"] not in ("both", "within"):
        return ""
    return f"; the difference holds within {wording.plural(row['stories'], 'shared story', 'shared stories')}"


def _few(book: Book) -> Iterator[Finding]:
    """Articles that read as machine-made of sources with too few articles for an interval: a count, no comparison."""
    for quantity in headline(book):
        if quantity.kind != "probability":
            continue
        scores = book.valued[quantity.feature]
        some = [name for name, score in scores.items() if score["low"] is None and score["count"]]
        for name in sorted(some, key=lambda name: (-scores[name]["value"], name)):
            told = done(scores[name]["count"], scores[name]["base"], quantity)
            link = book.source_link(name, anchor(quantity.feature))
            yield Finding(say(named(book.source_name(name)), " ", told, "."), link, "the words")


def _copies(book: Book, compared: Compared) -> Iterator[Finding]:
    """Copies by which a text counts as no second voice; a passage in common is not yet one."""
    for taken in compared.taken:
        if not any(_repeats(book, later, pair) for later, pair in taken.pairs.items()):
            continue
        link = book.source_link(taken.taker, "taken")
        yield Finding(copied(book, taken), link, "the passages")


def copied(book: Book, taken: Taken) -> Sentence:
    """`Meridian Daily took 61 % of its text from Harbour Wire (4 of 4 articles); it counts as no second voice.`"""
    of = f"{len(taken.pairs)} of {wording.plural(book.sources[taken.taker]['articles'], 'article')}"
    same = sum(_repeats(book, later, pair) for later, pair in taken.pairs.items())
    end = (
        ""
        if not same
        else "; it counts as no second voice"
        if same == len(taken.pairs)
        else (f"; {same} of these count as no second voice")
    )
    return say(
        named(book.source_name(taken.taker)),
        " took ",
        strong(wording.percent(taken.share)),
        " of its text from ",
        named(book.source_name(taken.origin)),
        f" ({of}){end}.",
    )


def _repeats(book: Book, later: str, pair: Row) -> bool:
    """Whether the later article of a pair counts as the voice of the earlier one, or as one voice with it."""
    first = book.first(pair)
    voice = book.articles[later]["voice"]
    return voice not in (None, "", later) and first is not None and voice in (first, book.articles[first]["voice"])


def _disputes(book: Book, compared: Compared) -> Iterator[Finding]:
    found = [(story, topic) for story, topics in compared.topics.items() for topic in topics if topic.state == DISPUTED]
    found.sort(key=lambda pair: (-len(pair[1].sources), pair[0], pair[1].claims[0]["id"]))
    for story, topic in found:
        pair = next(pair for pair in topic.pairs if pair["relation"] == "disputes")
        others = len(topic.sources) - len({book.source_of(pair["a"]), book.source_of(pair["b"])})
        told_too = "tells it too" if others == 1 else "tell it too"
        rest = f" ({wording.plural(others, 'other source')} {told_too})" if others else ""
        told: list[str | Run] = (
            ["In “", named(wording.name(book.stories[story]["title"])), "”, "] if story in book.stories else []
        )
        sentence = say(
            *told,
            named(book.source_name(book.source_of(pair["a"]))),
            " and ",
            named(book.source_name(book.source_of(pair["b"]))),
            " differ: ",
            named(wording.name(pair["reason"])),
            rest,
            ".",
        )
        href = names.story_page(story) + "#disputed" if story in book.stories else book.article_link(pair["a"])
        yield Finding(sentence, href, "the story")

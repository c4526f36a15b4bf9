"""Updates of one article. In: articles; out: the same, near-duplicates of one source joined to the latest of them.

Two texts of a source are versions when nearly all words of either stand in the other in the same runs of three; or
most of them, published within days, with a title or an opening in common. The latest keeps its place and counts once,
dated as the first was, since who copied whom hangs on it; what was before it is kept in its `meta["versions"]`
(`Earlier`, as JSON), its own date in `meta["updated"]`. Texts of two sources are never joined.

Candidates are neighbours: for each sentence that several texts of a source hold, each text and the next by date. Their
number grows with the sentences and not with the pairs of articles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise

import msgspec

from audit.load.finish import MADE_ID
from audit.records import Article, Earlier

KEY = "versions"
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"\w+")
# Shorter sentences ("He declined to comment") stand in unrelated articles: some seven words.
_SENTENCE_CHARS = 40
# A sieve before texts are compared word by word: what two versions have in whole sentences, of the shorter one.
_SIEVE = 0.25
# Texts with fewer words hold too little to tell an update from a headline in a series.
_MIN_WORDS = 30
# What two versions have in common, as shares of their runs of three words; `_SHORTER` and `_LONGER` name the text that
# the share is of. Articles of one outlet and day share captions, boxes and background up to .79 and .44 of a text; all
# pairs above a quarter in allsides_10k were read, and tests/load/versions_read.json keeps what they are.
_SAME = 0.9
_SHORTER, _LONGER = 0.7, 0.5
_WHOLE = 0.9
_DAYS = 3
# The opening is what an update keeps and what a box of background is not; and half of a title survives its rewording.
_OPENING = 60
_IN_OPENING = 0.5
_IN_TITLE = 0.6


def join_versions(articles: Sequence[Article], *, given_ids: bool = False) -> list[Article]:
    """The articles in their order, each group of versions as its latest. The order of the input decides nothing.

    Who gives ids has decided what an article is, so such articles stay apart unless `given_ids` says otherwise.
    """
    sources: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        if given_ids or MADE_ID.fullmatch(article.id):
            sources[article.source].append(number)
    earlier: dict[int, list[int]] = {}
    for numbers in sources.values():
        if len(numbers) > 1:
            earlier |= _groups(articles, sorted(numbers, key=lambda number: _age(articles[number])))
    gone = {number for group in earlier.values() for number in group}
    return [
        _with_versions(article, [articles[other] for other in earlier.get(number, ())])
        for number, article in enumerate(articles)
        if number not in gone
    ]


def earlier_versions(article: Article) -> tuple[Earlier, ...]:
    """The earlier versions of an article, oldest first."""
    return msgspec.json.decode(article.meta.get(KEY, "[]"), type=tuple[Earlier, ...])


def _with_versions(article: Article, earlier: Sequence[Article]) -> Article:
    if not earlier:
        return article
    kept = _runs(article.text)
    listed = []
    for one in earlier:
        mine = _runs(one.text)
        share = round((mine & kept).total() / max(mine.total(), 1), 4)
        listed.append(Earlier(one.id, one.published, one.title, one.url, len(_WORD.findall(one.text)), share))
    meta = {**article.meta, KEY: msgspec.json.encode(listed).decode()}
    first = min(filter(_time, (one.published for one in (*earlier, article))), key=_moment, default=article.published)
    if article.published and first != article.published:
        meta["updated"] = article.published
    return msgspec.structs.replace(article, published=first, meta=meta)


def _groups(articles: Sequence[Article], numbers: Sequence[int]) -> dict[int, list[int]]:
    """Latest -> its earlier versions, oldest first. `numbers` are the articles of one source, oldest first."""
    latest: dict[int, int] = {}
    rank = {number: place for place, number in enumerate(numbers)}
    for one, two in sorted(_candidates(articles, numbers), key=lambda pair: (rank[pair[1]], rank[pair[0]])):
        if _is_version(articles[one], articles[two]):
            old, new = sorted((_root(latest, one), _root(latest, two)), key=rank.__getitem__)
            if old != new:
                latest[old] = new
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        if number in latest:
            groups[_root(latest, number)].append(number)
    return dict(groups)


def _root(latest: Mapping[int, int], number: int) -> int:
    while number in latest:
        number = latest[number]
    return number


def _candidates(articles: Sequence[Article], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs (older, newer) that share a quarter of the shorter one in whole sentences."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    chars: dict[int, int] = {}
    for number in numbers:
        found = {one for part in _SENTENCE.findall(articles[number].text) if len(one := part.strip()) > _SENTENCE_CHARS}
        chars[number] = sum(map(len, found))
        for sentence in found:
            holders[sentence].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for sentence, group in holders.items():
        for pair in pairwise(group):
            shared[pair] += len(sentence)
    for (one, two), size in shared.items():
        if size >= _SIEVE * min(chars[one], chars[two]):
            yield one, two


def _is_version(one: Article, two: Article) -> bool:
    a, b = _runs(one.text), _runs(two.text)
    shorter, longer = sorted((a.total(), b.total()))
    if shorter < _MIN_WORDS:
        return one.text.split() == two.text.split()
    same = (a & b).total()
    if same >= _SAME * longer:
        return True
    if same < _SHORTER * shorter or not _near(one.published, two.published):
        return False
    if same >= _WHOLE * shorter and _titled_alike(one.title, two.title):
        return True
    return same >= _LONGER * longer and (_titled_alike(one.title, two.title) or _opened_alike(one.text, two.text))


def _opened_alike(one: str, two: str) -> bool:
    """Whether half of the opening of either text stands in the other."""
    return any(_share(_WORD.findall(a.lower())[:_OPENING], b) >= _IN_OPENING for a, b in ((one, two), (two, one)))


def _share(words: list[str], text: str) -> float:
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return (runs & _runs(text)).total() / max(runs.total(), 1)


def _titled_alike(one: str | None, two: str | None) -> bool:
    """Whether most words of the shorter title stand in the other."""
    a, b = set(_WORD.findall((one or "").lower())), set(_WORD.findall((two or "").lower()))
    return bool(a and b) and len(a & b) >= _IN_TITLE * min(len(a), len(b))


def _runs(text: str) -> Counter[tuple[str, str, str]]:
    """Runs of three words, case and marks left out."""
    words = _WORD.findall(text.lower())
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _near(one: str | None, two: str | None) -> bool:
    """Whether two dates are known and at most `_DAYS` apart."""
    first, second = _time(one), _time(two)
    return first is not None and second is not None and abs((first - second).total_seconds()) <= _DAYS * 86_400


def _age(article: Article) -> tuple[float, int, str, str]:
    """Sorts by date, articles without one first; then by length and id, so that the order of the input is nothing."""
    return (_moment(article.published), len(article.text), article.id, article.text)


def _moment(published: str | None) -> float:
    time = _time(published)
    return time.timestamp() if time else float("-inf")


def _time(published: str | None) -> datetime | None:
    """A date as midnight, a time without a zone as UTC: close enough to put two versions in order."""
    try:
        time = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)

"""Records in, tidy tables out: one row per thing, columns documented here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from audit.load.versions import KEY as VERSIONS
from audit.load.versions import earlier_versions
from audit.records import Article, Evidence, Measure

CONTEXT = 90
"""Characters of context on each side of a piece of evidence: about one line of print."""

AT_ONCE = 10_000
"""Rows of one table that lie open at one time; also the most in a row group of what is not written by partition."""

COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "id": "the id that the input gave, else 12 hexadecimal digits of a SHA-256",
        "source": "id of the source",
        "title": "title, empty if unknown",
        "url": "address of the page, if known",
        "published": "date of (first) publication, ISO 8601, as precise as the page was",
        "author": "author, if known",
        "credit": "the outlet that the page itself names as its origin",
        "language": "language code",
        "words": "words in the text",
        "sentences": "sentences in the text",
        "story": "id of the story that the article belongs to; empty when no other article tells it",
        "voice": "id of the article whose text this one repeats; its own id when it stands for itself",
        "versions": "JSON list of earlier versions of the article that were read, oldest first; this one counts once",
        "version_of": "id of the article that counts in place of this earlier version; such rows are in the CSV only",
        "notes": "JSON object of what reading the article noted: columns mapped, characters removed or mended",
        "text": "the text that offsets refer to (Parquet only)",
    },
    "sources": {
        "id": "id of the source",
        "name": "name shown on pages",
        "slug": "file name of its report, without ending",
        "url": "address, if the manifest gives one",
        "owner": "owner, if the manifest gives one; sources of one owner are not independent",
        "articles": "articles read",
        "words": "words read",
        "stories": "stories with at least one other source",
        "first": "earliest date of publication",
        "last": "latest date of publication",
    },
    "evidence": {
        "article": "id of the article",
        "source": "id of the source",
        "feature": "the signal",
        "rule": "the rule that found it",
        "start": "first code point in the article's text",
        "end": "code point after the last",
        "text": "the words",
        "before": "up to 90 characters of text before (Parquet only)",
        "after": "up to 90 characters of text after (Parquet only)",
        "reason": "why the rule fired, in a sentence (Parquet only)",
        "weight": "how much it counts; 1 for a plain rule",
        "quoted": "true when it stands inside a quotation, so it is the speaker's",
        "parts": "JSON list of role, start, end (Parquet only)",
        "attributes": "JSON object of details",
    },
    "measures": {
        "article": "id of the article",
        "source": "id of the source",
        "feature": "the measure",
        "count": "how many",
        "base": "in how many",
        "unit": "unit of the base",
        "rate": "count / base; empty when absent",
        "absent": "why the measure does not apply",
    },
    "scores": {
        "subject": "id of the article or of the source",
        "level": "article or source",
        "feature": "the measure",
        "value": "rate, probability or grade",
        "low": "lower end of the 95 % interval",
        "high": "upper end of the 95 % interval",
        "n": "articles that the value rests on",
        "count": "sum of counts",
        "base": "sum of bases",
        "percentile": "share of reference news at or below the value, 0 to 100",
        "rank": "place among the sources where intervals part; empty otherwise",
        "absent": "why there is no value, or no interval",
    },
    "differences": {
        "source": "id of the source",
        "feature": "the measure",
        "value": "the source's value",
        "others": "median of the other sources' values",
        "plain": "value minus the pooled value of the other sources",
        "plain_low": "lower end of its 95 % interval",
        "plain_high": "upper end of its 95 % interval",
        "plain_p": "probability of a difference this large by chance",
        "within": "mean paired difference within shared stories",
        "within_low": "lower end of its 95 % interval",
        "within_high": "upper end of its 95 % interval",
        "within_p": "probability of a difference this large by chance",
        "stories": "shared stories that the paired difference rests on",
        "holds": "which differences hold after correction (Benjamini and Hochberg 1995): both, within, plain or empty",
    },
    "stories": {
        "id": "id of the story",
        "title": "title of its earliest article",
        "first": "earliest date of publication",
        "last": "latest date",
        "articles": "JSON list of article ids",
        "sources": "JSON list of source ids",
    },
    "pairs": {
        "a": "id of one article",
        "b": "id of the other",
        "kind": "copy, derived or same-story",
        "share": "part of the later text's words that stand in the earlier one, 0 to 1",
        "first": "id of the article that came first, if known",
        "reason": "how we know",
    },
    "passages": {
        "a": "id of the earlier article",
        "b": "id of the later article",
        "a_start": "first code point in a",
        "a_end": "code point after the last in a",
        "b_start": "first code point in b",
        "b_end": "code point after the last in b",
        "a_text": "the passage in a",
        "b_text": "the passage in b",
        "changes": "JSON list of [a start, a end, b start, b end] where the words differ",
    },
    "claims": {
        "id": "id of the claim",
        "article": "id of the article",
        "source": "id of the source",
        "story": "id of the story",
        "kind": "number, date, role, quotation or statement",
        "key": "what the claim is about",
        "value": "what it says",
        "start": "first code point",
        "end": "code point after the last",
        "text": "the words",
    },
    "claim_pairs": {
        "a": "id of one article",
        "b": "id of the other article",
        "claim_a": "id of the claim in a",
        "claim_b": "id of the claim in b",
        "relation": "agrees, disputes or updated",
        "similarity": "0 to 1",
        "reason": "why, with the two values",
    },
    "framing": {
        "story": "id of the story; empty for all shared stories together",
        "source": "id of the source",
        "way": "way of naming: described, said, counted or kind",
        "key": "what is named, within its way and story",
        "name": "what is named, as pages show it",
        "word": "the word, in its most frequent form",
        "count": "times that the source uses it for the thing, in its own voice",
        "base": "all words that the source uses for the thing in this way",
        "others": "times that the other sources of the story use it, texts that repeat another left out",
        "others_base": "all words of the other sources for the thing in this way",
        "quoted": "times that it stands in quotations of the source, not counted",
        "log_odds": "log-odds ratio against the others with an informative prior (Monroe et al. 2008)",
        "low": "lower end of its 95 % interval",
        "high": "upper end of its 95 % interval",
        "places": "JSON list of article, start, end of its first uses (Parquet only)",
        "shown": "the word as it stands in the first of them (Parquet only)",
        "before": "up to 90 characters of text before it (Parquet only)",
        "after": "up to 90 characters of text after it (Parquet only)",
    },
    "balance": {
        "story": "id of the story; empty for all shared stories together",
        "source": "id of the source",
        "kind": "group or party",
        "name": "the group, or the party as the text names it",
        "count": "statements of its speakers in the source",
        "base": "all statements with a speaker in the source",
        "others": "statements of its speakers in the other sources of the same stories, each text once",
        "others_base": "all statements with a speaker there",
        "articles": "articles of the source that it rests on",
        "low": "lower end of the 95 % interval of the share",
        "high": "upper end of the 95 % interval of the share",
        "difference": "share minus the others' share, every story weighted as in the source",
        "difference_low": "lower end of its 95 % interval, from resampling the articles",
        "difference_high": "upper end of its 95 % interval",
    },
    "quoted": {
        "story": "id of the story",
        "speaker": "name of the speaker, the longest form in the story",
        "source": "id of a source that lets the speaker speak",
        "kind": "named or organisation",
        "group": "the group that the speaker stands for, by the words of the source",
        "party": "party, where the source's text names one",
        "statements": "statements of the speaker in the source",
        "direct": "of these, with the speaker's own words in quotation marks",
        "sources": "independent texts of the story that let the speaker speak",
        "tellers": "independent texts of the story",
        "articles": "JSON list of the source's articles with the statements",
    },
    "speakers": {
        "source": "id of the source",
        "speaker": "name or description of the speaker",
        "kind": "named, organisation, role, anonymous, vague or document",
        "statements": "attributed statements",
        "direct": "of these, with the speaker's own words in quotation marks",
        "articles": "articles that the speaker stands in",
        "stories": "JSON list of story ids",
    },
}
"""Every table that a run writes, and what each of its columns holds."""

TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(
        ("words", "sentences", "start", "end", "articles", "n", "rank", "statements", "direct", "a_start", "a_end",
         "b_start", "b_end", "others_base", "tellers"), pa.int64()),
    **dict.fromkeys(
        ("weight", "count", "base", "rate", "value", "low", "high", "percentile", "others", "plain", "plain_low",
         "plain_high", "plain_p", "within", "within_low", "within_high", "within_p", "share", "similarity",
         "log_odds", "difference", "difference_low", "difference_high"),
        pa.float64()),
    "quoted": pa.bool_(),
}
"""Types of columns that are not text. A name has one type in all tables but those in `EXCEPTIONS`."""

EXCEPTIONS: dict[tuple[str, str], pa.DataType] = {
    ("sources", "stories"): pa.int64(),
    ("differences", "stories"): pa.int64(),
    ("stories", "articles"): pa.string(),
    ("claims", "value"): pa.string(),
    ("framing", "quoted"): pa.int64(),
    ("quoted", "articles"): pa.string(),
    ("quoted", "sources"): pa.int64(),
    **{(table, column): pa.int64() for table in ("framing", "balance") for column in ("count", "base", "others")},
}

Row = Mapping[str, Any]
Item = TypeVar("Item")


@cache
def schema(name: str) -> pa.Schema:
    """The Arrow schema of a table, from its columns."""
    kinds = {column: EXCEPTIONS.get((name, column), TYPES.get(column, pa.string())) for column in COLUMNS[name]}
    return pa.schema(list(kinds.items()))


def table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table with the columns of that name; a missing key is an error, None is empty."""
    some = list(rows)
    return _of_columns(name, {column: list(map(itemgetter(column), some)) for column in COLUMNS[name]})


def listed(name: str, items: Sequence[Any], **columns: Any) -> pa.Table:
    """Records as an Arrow table with the columns of that name, those that are not given being fields of the records."""
    return _of_columns(name, {column: columns[column] if column in columns else list(map(attrgetter(column), items))
                              for column in COLUMNS[name]})


def _of_columns(name: str, columns: Mapping[str, Any]) -> pa.Table:
    return pa.table([column if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column, field.type)
                     for field in schema(name) for column in (columns[field.name],)], schema=schema(name))


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, `AT_ONCE` at a time; once none where there are none, so that an empty table has its columns."""
    following = iter(items)
    some = list(islice(following, AT_ONCE))
    yield some
    while some := list(islice(following, AT_ONCE)):
        yield some


def cut(table: pa.Table) -> Iterator[pa.Table]:
    """Pieces of a table of at most `AT_ONCE` rows, one even of an empty table."""
    return (table.slice(first, AT_ONCE) for first in range(0, max(1, table.num_rows), AT_ONCE))


def article_rows(
    articles: Sequence[Article], words: Sequence[int], sentences: Sequence[int], stories: Mapping[str, str],
    voices: Mapping[str, str],
) -> Iterator[Row]:
    """One row per article, in order."""
    for article, count, number in zip(articles, words, sentences, strict=True):
        yield {
            "id": article.id, "source": article.source, "title": article.title or "", "url": article.url,
            "published": article.published, "author": article.author, "credit": article.credit,
            "language": article.language, "words": count, "sentences": number, "story": stories.get(article.id, ""),
            "voice": voices.get(article.id, article.id), "versions": json(earlier_versions(article)),
            "version_of": "", "text": article.text,
            "notes": json({key: value for key, value in sorted(article.meta.items()) if key != VERSIONS}),
        }


def evidence(articles: Sequence[Article], found: Sequence[Evidence]) -> pa.Table:
    """Pieces of evidence with their words and their surroundings, each beside the article that it stands in."""
    texts = [article.text for article in articles]
    places = list(zip(texts, map(attrgetter("start"), found), map(attrgetter("end"), found), strict=True))
    return listed(
        "evidence", found, source=[article.source for article in articles],
        text=[text[start:end] for text, start, end in places],
        before=[text[max(0, start - CONTEXT):start] for text, start, _ in places],
        after=[text[end:end + CONTEXT] for text, _, end in places],
        weight=[round(item.weight, 3) for item in found],
        parts=[json(item.parts) if item.parts else "[]" for item in found],
        attributes=[json(item.attributes) if item.attributes else "{}" for item in found],
    )  # fmt: skip


def measures(sources: Sequence[str], found: Sequence[Measure]) -> pa.Table:
    """Measures of articles, each beside the article's source."""
    return listed("measures", found, source=sources, count=[round(measure.count, 6) for measure in found],
                  rate=[_rounded(measure.rate) for measure in found])


def absences(measured: pa.Table) -> pa.Table:
    """Why measures are absent, each reason of a source once: source, feature, absent."""
    keys = ["source", "feature", "absent"]
    return measured.filter(pc.is_valid(measured["absent"])).group_by(keys).aggregate([]).select(keys)


def reasons(absences: pa.Table) -> dict[tuple[str, str], str]:
    """The reason by source and feature, where all articles of a source have the same."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in absences.to_pylist():
        found.setdefault((row["source"], row["feature"]), set()).add(row["absent"])
    return {key: next(iter(reason)) for key, reason in found.items() if len(reason) == 1}


def article_scores(scores: pa.Table, percentile: Callable[[str, float, str], float | None]) -> pa.Table:
    """Scores of articles (subject, feature, value, low, high, n), with the place of each among reference articles."""
    rows = scores.num_rows
    places = zip(scores["feature"].to_pylist(), scores["value"].to_pylist(), strict=True)
    columns: dict[str, Any] = {
        **{field.name: pa.nulls(rows, field.type) for field in schema("scores")},
        **{name: scores[name] for name in ("subject", "feature", "n")}, "level": ["article"] * rows,
        **{name: list(map(_rounded, scores[name].to_pylist())) for name in ("value", "low", "high")},
        "percentile": [percentile(feature, value, "article") for feature, value in places],
    }
    return _of_columns("scores", columns)


def speakers(statements: pa.Table) -> pa.Table:
    """One row per source and speaker, from a row per statement: source, speaker, kind, mode, article, story."""
    keys = ["source", "speaker"]
    order = [(key, "ascending") for key in keys]
    direct = pc.cast(pc.not_equal(statements["mode"], "indirect"), pa.int64())
    counted = statements.append_column("direct", direct).group_by(keys).aggregate(
        [("mode", "count"), ("direct", "sum"), ("article", "count_distinct")]).sort_by(order)
    kinds = statements.group_by([*keys, "kind"]).aggregate([("mode", "count")]).sort_by(
        [*order, ("mode_count", "descending"), ("kind", "ascending")])
    kinds = kinds.filter(_begins(kinds, keys))
    told = statements.filter(pc.not_equal(statements["story"], "")).group_by([*keys, "story"]).aggregate([])
    stories: dict[tuple[str, str], list[str]] = {}
    for source, speaker, story in zip(*(told[key].to_pylist() for key in (*keys, "story")), strict=True):
        stories.setdefault((source, speaker), []).append(story)
    named = zip(counted["source"].to_pylist(), counted["speaker"].to_pylist(), strict=True)
    return _of_columns("speakers", {
        **{key: counted[key] for key in keys}, "kind": kinds["kind"], "statements": counted["mode_count"],
        "direct": counted["direct_sum"], "articles": counted["article_count_distinct"],
        "stories": [json(sorted(stories.get(name, ()))) for name in named],
    }).sort_by([("source", "ascending"), ("statements", "descending"), ("speaker", "ascending")])


def _begins(ordered: pa.Table, keys: Sequence[str]) -> pa.ChunkedArray:
    """Which rows are the first with their two keys."""
    changed = pc.or_(*(pc.not_equal(ordered[key][1:], ordered[key][:-1]) for key in keys))
    return pa.chunked_array([pa.array([True][:ordered.num_rows], pa.bool_()), *changed.chunks])


def _rounded(value: float | None) -> float | None:
    """Six digits: what is beyond differs between processors."""
    return None if value is None else round(value, 6)


def json(value: Any) -> str:
    """How lists and objects stand in a column."""
    return msgspec.json.encode(value).decode()

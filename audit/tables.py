"""Records in, tidy tables out: one row per thing, columns documented here and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from audit.load.versions import KEY as VERSIONS
from audit.load.versions import earlier_versions
from audit.records import Article, Balance, Claim, ClaimPair, Evidence, Framed, Measure, Pair, Quoted, Score, Story

CONTEXT = 90
"""Characters of context on each side of a piece of evidence: about one line of print."""

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


def schema(name: str) -> pa.Schema:
    """The Arrow schema of a table, from its columns."""
    kinds = {column: EXCEPTIONS.get((name, column), TYPES.get(column, pa.string())) for column in COLUMNS[name]}
    return pa.schema(list(kinds.items()))


def table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table with the columns of that name; a missing key is an error, None is empty."""
    listed = list(rows)
    columns = {field.name: pa.array([row[field.name] for row in listed], field.type) for field in schema(name)}
    return pa.table(columns, schema=schema(name))


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
            "voice": voices.get(article.id, article.id), "versions": _json(earlier_versions(article)),
            "version_of": "", "text": article.text,
            "notes": _json({key: value for key, value in sorted(article.meta.items()) if key != VERSIONS}),
        }


def evidence_row(article: Article, evidence: Evidence) -> Row:
    """One piece of evidence with its words and their surroundings."""
    text, start, end = article.text, evidence.start, evidence.end
    return {
        "article": article.id, "source": article.source, "feature": evidence.feature, "rule": evidence.rule,
        "start": start, "end": end, "text": text[start:end], "before": text[max(0, start - CONTEXT):start],
        "after": text[end:end + CONTEXT], "reason": evidence.reason, "weight": round(evidence.weight, 3),
        "quoted": evidence.quoted, "parts": _json(evidence.parts), "attributes": _json(evidence.attributes),
    }


def measure_row(source: str, measure: Measure) -> Row:
    """One measure of one article."""
    return {
        "article": measure.article, "source": source, "feature": measure.feature, "count": round(measure.count, 6),
        "base": measure.base, "unit": measure.unit, "rate": _rounded(measure.rate), "absent": measure.absent,
    }


def absences(measures: pa.Table) -> pa.Table:
    """Why measures are absent, each reason of a source once: source, feature, absent."""
    keys = ["source", "feature", "absent"]
    return measures.filter(pc.is_valid(measures["absent"])).group_by(keys).aggregate([]).select(keys)


def reasons(absences: pa.Table) -> dict[tuple[str, str], str]:
    """The reason by source and feature, where all articles of a source have the same."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in absences.to_pylist():
        found.setdefault((row["source"], row["feature"]), set()).add(row["absent"])
    return {key: next(iter(reason)) for key, reason in found.items() if len(reason) == 1}


def score_row(score: Score, absent: str | None = None) -> Row:
    """One score of one article."""
    return {
        "subject": score.subject, "level": "article", "feature": score.feature, "value": _rounded(score.value),
        "low": _rounded(score.low), "high": _rounded(score.high), "n": score.n, "count": None, "base": None,
        "percentile": score.percentile, "rank": None, "absent": absent,
    }


def story_row(story: Story, sources: Sequence[str]) -> Row:
    """One story with the sources that tell it."""
    return {"id": story.id, "title": story.title, "first": story.first, "last": story.last,
            "articles": _json(story.articles), "sources": _json(sources)}


def pair_row(pair: Pair) -> Row:
    """One pair of articles."""
    return {"a": pair.a, "b": pair.b, "kind": pair.kind, "share": pair.share, "first": pair.first,
            "reason": pair.reason}


def passage_rows(pair: Pair, texts: Mapping[str, Article]) -> Iterator[Row]:
    """The aligned passages of a pair, with their words."""
    for p in pair.passages:
        yield {
            "a": p.a, "b": p.b, "a_start": p.a_start, "a_end": p.a_end, "b_start": p.b_start, "b_end": p.b_end,
            "a_text": texts[p.a].text[p.a_start:p.a_end], "b_text": texts[p.b].text[p.b_start:p.b_end],
            "changes": _json(p.changes),
        }


def claim_row(claim: Claim, article: Article, story: str) -> Row:
    """One claim with its words."""
    return {
        "id": claim.id, "article": claim.article, "source": article.source, "story": story, "kind": claim.kind,
        "key": claim.key, "value": claim.value, "start": claim.start, "end": claim.end,
        "text": article.text[claim.start:claim.end],
    }


def claim_pair_row(pair: ClaimPair, claims: Mapping[str, Claim]) -> Row:
    """Two claims that tell the same thing, or tell it differently."""
    return {"a": claims[pair.a].article, "b": claims[pair.b].article, "claim_a": pair.a, "claim_b": pair.b,
            "relation": pair.relation, "similarity": pair.similarity, "reason": pair.reason}


def framed_row(framed: Framed, texts: Mapping[str, Article]) -> Row:
    """One word that a source uses for something that others name too, with the surroundings of its first place."""
    article, start, end = framed.places[0]
    text = texts[article].text
    return {**msgspec.structs.asdict(framed), "places": _json(framed.places), "shown": text[start:end],
            "before": text[max(0, start - CONTEXT):start] if framed.story else "",
            "after": text[end:end + CONTEXT] if framed.story else ""}


def balance_row(balance: Balance) -> Row:
    """How often one group or party speaks in one source."""
    return msgspec.structs.asdict(balance)


def quoted_row(quoted: Quoted) -> Row:
    """One speaker of a story in one source."""
    return {**msgspec.structs.asdict(quoted), "articles": _json(quoted.articles)}


def speaker_rows(statements: Iterable[Mapping[str, str]]) -> Iterator[Row]:
    """One row per source and speaker, from a row per statement: source, speaker, kind, mode, article, story.

    Statements come sorted by source and speaker.
    """
    rows = []
    for (source, speaker), found in groupby(statements, key=lambda row: (row["source"], row["speaker"])):
        group = list(found)
        kinds = Counter(statement["kind"] for statement in group)
        rows.append({
            "source": source, "speaker": speaker, "kind": min(kinds, key=lambda kind: (-kinds[kind], kind)),
            "statements": len(group), "direct": sum(statement["mode"] != "indirect" for statement in group),
            "articles": len({statement["article"] for statement in group}),
            "stories": _json(sorted({statement["story"] for statement in group} - {""})),
        })
    yield from sorted(rows, key=lambda row: (row["source"], -row["statements"], row["speaker"]))


def _rounded(value: float | None) -> float | None:
    """Six digits: what is beyond differs between processors."""
    return None if value is None else round(value, 6)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()

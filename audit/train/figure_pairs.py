"""Labelled pairs of figures in, how often `audit.compare.standing` stands them right out.

184 pairs of sentences from two articles of one story in `corpus/allsides_10k`, each with one figure that was aligned
with one of the other, were read one by one by one person and labelled: the two figures agree, dispute each other, were
updated between the two reports, or have nothing to do with each other. Half of the aligned pairs have one value, half
have two. The rules of `standing` were corrected on them, so the figures are those of a set that was looked at; stories
of the sets that the rules were first made on are not among them. The labels are kept as hashes of the articles'
texts and offsets; no text is kept. Run with `python -m audit.train.figure_pairs --data DIR`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audit.compare.claims import changed_between
from audit.compare.conflicts import Counterparts
from audit.compare.relate import judge
from audit.compare.sketch import sketch
from audit.compare.standing import standing
from audit.compare.statement import statement
from audit.compare.stories import model
from audit.compare.vectors import space
from audit.parse import parse
from audit.records import Article

LABELS = Path(__file__).with_name("figure_pairs.json")
CORPUS = "corpus/allsides_10k.jsonl"
Spot = tuple[str, int, int, int]
"""A figure: hash of the article's text, start and end of its sentence, and where the figure begins."""


@dataclass(frozen=True)
class Labelled:
    """Two figures and how they stand: `agrees`, `disputes`, `updated` or `unrelated`."""

    a: Spot
    b: Spot
    label: str


def labelled() -> list[Labelled]:
    """The committed labels."""
    return [Labelled(tuple(row[0]), tuple(row[1]), row[2]) for row in json.loads(LABELS.read_text(encoding="utf-8"))]


def digest(text: str) -> str:
    """The name by which a text is known here."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def measure(data: Path) -> dict[str, float | dict[str, int]]:
    """Share of the pairs that come out as labelled, precision and recall of disputes, and the table of all answers."""
    pairs = labelled()
    wanted = {spot[0] for pair in pairs for spot in (pair.a, pair.b)}
    articles: dict[str, Article] = {}
    with (data / CORPUS).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if (name := digest(row["text"])) in wanted:
                articles[name] = Article(name, row["source"], row["text"], published=row["published"])
    found = Counter((pair.label, answer(pair, articles)) for pair in pairs)
    right = sum(count for (label, own), count in found.items() if label == own)
    disputes = found["disputes", "disputes"]
    return {
        "pairs": len(pairs),
        "accuracy": round(right / len(pairs), 4),
        "disputes.p": round(disputes / max(1, sum(n for (_, own), n in found.items() if own == "disputes")), 4),
        "disputes.r": round(disputes / max(1, sum(n for (label, _), n in found.items() if label == "disputes")), 4),
        "answers": {f"{label} -> {own}": count for (label, own), count in sorted(found.items())},
    }


def answer(pair: Labelled, articles: Mapping[str, Article]) -> str:
    """How the two figures stand by the code."""
    texts = [articles[spot[0]].text[spot[1] : spot[2]] for spot in (pair.a, pair.b)]
    a, b = statement(texts[0]), statement(texts[1])
    judged = judge(a, b)
    both = _marked(judged.figures, pair)
    if both is None:
        return "unrelated"
    dates = [articles[spot[0]].published or "" for spot in (pair.a, pair.b)]
    later = changed_between((dates[0], a), (dates[1], b))
    return standing(a, b, both, alike(texts), judged.common, later) or "unrelated"


def _marked(found: Sequence[Counterparts], pair: Labelled) -> Counterparts | None:
    """The counterparts that hold the labelled figures."""
    left, right = pair.a[3] - pair.a[1], pair.b[3] - pair.b[1]
    for both in found:
        if both.one.start <= left < both.one.end and both.two.start <= right < both.two.end:
            return both
    return None


def alike(texts: Sequence[str]) -> float:
    """Cosine of two sentences by the background's weights."""
    sketches = sketch(parse([Article(str(at), "", text) for at, text in enumerate(texts)]), {})
    both = space(sketches, model().rarity)
    return float(both.cosines([0], [np.array([1])])[0, 0])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    print(json.dumps(measure(parser.parse_args().data), indent=1))


if __name__ == "__main__":
    main()

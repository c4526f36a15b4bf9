"""Texts in other languages: what a lexicon alone measures, what needs no language, and what is said of the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit import api, lexicon, pipeline
from audit.extract import extract, extractors
from audit.load.language import detect
from audit.parse import parse
from audit.records import Article, Evidence, Measure

SPANISH = (
    "La alcaldesa de Lorne, Ada Finch, anunció el lunes que el puente viejo cerrará hasta la primavera. «Nadie "
    "quiere el cierre, pero la piedra no espera», dijo Finch ante el pleno.\n\n"
    "Según el informe del Instituto de Ingeniería, dos de los siete arcos podrían ceder si el río vuelve a "
    "crecer. El portavoz de la oposición, Luis Marrero, aseguró que el gobierno local conocía el problema desde "
    "2019. Añadió que pedirá una comisión.\n\n"
    "Fuentes cercanas a la empresa indicaron que las obras costarán 3 millones de euros. Algunos expertos creen "
    "que la cifra se quedará corta. Sin duda, los vecinos esperarán más tiempo. La fábrica anunció el cierre de "
    "una planta."
)
FRENCH = (
    "Le maire de Lorne a annoncé lundi que le vieux pont sera fermé jusqu'au printemps. « Personne ne veut cette "
    "fermeture », a dit Anne Morel devant le conseil. Selon le rapport, deux des sept arches pourraient céder si la "
    "rivière monte encore. Les travaux coûteront 3 millions d'euros et dureront quatre mois."
)
ENGLISH = "The bridge may close in spring, said the mayor, Ada Finch. Nobody knows who will pay for the repairs."
SWEDISH = "Bron stängs till våren, sade borgmästaren på måndagen. Ingen vet vem som ska betala för arbetet med den."


def measured(text: str, language: str, feature: str) -> tuple[dict[str, Measure], tuple[Evidence, ...]]:
    found = extract(parse([Article("a", "s", text, language=language)]), [feature])[feature][0]
    return {measure.feature: measure for measure in found.measures}, found.evidence


def test_detection() -> None:
    assert [detect(text) for text in (SPANISH, FRENCH, ENGLISH, SWEDISH)] == ["es", "fr", "en", "sv"]


def test_spanish_hedges_by_kind() -> None:
    measures, evidence = measured(SPANISH, "es", "hedging")
    found = [(one.rule, SPANISH[one.start : one.end]) for one in evidence]
    assert found == [
        ("epistemic", "podrían"), ("condition", "si"), ("weasel", "Algunos expertos"), ("doxastic", "creen que"),
        ("booster", "Sin duda"),
    ]  # fmt: skip
    assert (measures["hedging"].count, measures["hedging"].base) == (2, 8)
    assert measures["hedging.booster"].count == 1
    assert all("by list, without a model" in one.reason for one in evidence)


def test_spanish_statements_and_speakers() -> None:
    measures, evidence = measured(SPANISH, "es", "attribution")
    assert [(one.attributes["speaker"], one.attributes["speaker_kind"]) for one in evidence] == [
        ("Ada Finch", "named"), ("Ada Finch", "named"), ("Instituto de Ingeniería", "organisation"),
        ("Luis Marrero", "named"), ("Luis Marrero", "named"), ("Fuentes cercanas a la empresa", "anonymous"),
        ("Algunos expertos", "vague"),
    ]  # fmt: skip
    assert [one.attributes["mode"] for one in evidence[:3]] == ["indirect", "direct", "indirect"]
    assert (measures["attribution"].count, measures["attribution.named"].count) == (7, 5)
    for one in evidence:
        parts = {part.role: SPANISH[part.start : part.end] for part in one.parts}
        assert parts["cue"] in SPANISH
        assert parts["content"]


@pytest.mark.parametrize("feature", ["hedging", "attribution", "loaded", "translation", "style"])
def test_what_is_said_without_a_lexicon(feature: str) -> None:
    measures, evidence = measured(FRENCH, "fr", feature)
    assert evidence == ()
    assert {measure.absent for measure in measures.values()} == {"no lexicon for fr"}


@pytest.mark.parametrize(("language", "text"), [("es", SPANISH), ("fr", FRENCH)])
def test_readability_is_textstats_own(language: str, text: str) -> None:
    from audit.extract.readability.dictionary import offline_textstat

    textstat = offline_textstat()
    textstat.set_lang(language)
    try:
        wanted = textstat.flesch_reading_ease(text), textstat.lix(text), textstat.rix(text)
    finally:
        textstat.set_lang("en_US")
    measures, _ = measured(text, language, "readability")
    names = ("flesch_reading_ease", "lix", "rix")
    assert [measures[f"readability.{name}"].rate for name in names] == pytest.approx(list(wanted))
    assert "English" in (measures["readability.gunning_fog"].absent or "")


def test_readability_where_textstat_has_no_formula() -> None:
    measures, _ = measured(SWEDISH, "sv", "readability")
    assert {measure.absent for measure in measures.values()} == {"textstat has no formula for sv"}


def test_no_place_among_english_news() -> None:
    for text, code, placed in ((ENGLISH, "en", True), (SPANISH, "es", False)):
        (row,) = api.scanned([Article("a", "s", text, language=code)])
        places = [score["percentile"] for score in api.scan_object(row)["scores"].values()]
        assert any(place is not None for place in places) is placed


def test_languages_in_one_partition_do_not_mix() -> None:
    articles = [Article(str(n), "s", text, language=code) for n, (text, code) in enumerate(
        ((ENGLISH, "en"), (SPANISH, "es"), (FRENCH, "fr"), (ENGLISH, None), (SPANISH, "es-MX"))
    )]  # fmt: skip
    together = extract(parse(articles))
    for number, article in enumerate(articles):
        alone = extract(parse([article]))
        for name in extractors():
            assert [m.absent for m in together[name][number].measures] == [m.absent for m in alone[name][0].measures]
        assert together["hedging"][number] == alone["hedging"][0]


LEXICON = """
feature = "hedging"
language = "pt"
source = "invented for this test"
licence = "Apache-2.0"
[[rule]]
id = "epistemic"
title = "Possível"
what = "w"
why = "w"
limits = "l"
reason = "\\"{text}\\" marks the statement as possible"
kind = "epistemic"
entries = ["(talvez|porventura)", "é possível que"]
examples = ["[Talvez] chova."]
clean = ["Chove."]
"""


def test_another_language_is_a_data_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Talvez a ponte feche em maio. É possível que chova. O presidente da câmara saiu."
    assert {measure.absent for measure in measured(text, "pt", "hedging")[0].values()} == {"no lexicon for pt"}
    (tmp_path / "hedging.pt.toml").write_text(LEXICON, encoding="utf-8")
    monkeypatch.setattr(lexicon, "_folders", lambda: (lexicon.FOLDER, tmp_path))
    lexicon.load.cache_clear()
    try:
        measures, evidence = measured(text, "pt", "hedging")
    finally:
        lexicon.load.cache_clear()
    assert [text[one.start : one.end] for one in evidence] == ["Talvez", "É possível que"]
    assert (measures["hedging"].count, measures["hedging"].base) == (2, 3)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("languages")
    second = (
        "El puente viejo de Lorne estará cerrado hasta la primavera, anunció la alcaldesa Ada Finch. Las obras "
        "costarán 3 millones de euros, según el Ayuntamiento. Luis Marrero pedirá una comisión."
    )
    rows = [("es1", "Diario", SPANISH), ("es2", "Hoja", second), ("fr1", "Journal", FRENCH)]
    for id, source, text in rows:
        (place / source).mkdir()
        (place / source / f"{id}.txt").write_text(f"{id} el puente cierra\n\n{text}", encoding="utf-8")
    pipeline.run([place], place / "out", workers=1)
    return place / "out"


def test_pages_say_what_is_not_measured(report: Path) -> None:
    pages = [page.read_text(encoding="utf-8") for page in sorted((report / "articles").glob("*.html"))]
    french = next(page for page in pages if "Personne ne veut" in re.sub("<[^>]+>", "", page))
    assert "not measured: no lexicon for fr" in french
    source = next((report / "sources").glob("journal*.html")).read_text(encoding="utf-8")
    assert "no lexicon for fr" in source


def test_agreement_needs_no_lexicon(report: Path) -> None:
    relations = (report / "data" / "claim_pairs.csv").read_text(encoding="utf-8")
    assert '"agrees"' in relations
    assert "3 and 3 for millones" in relations

"""Languages, offline, and only where the words tell."""

from __future__ import annotations

import time

import pytest

from audit.load.language import detect

TEXTS = [
    ("en", "The bridge will be closed until the spring."),
    ("en", "He left."),
    ("en", "Ministers met El País and Le Monde in La Paz, and said that the talks of de la Cruz would go on."),
    ("es", "El puente estará cerrado hasta la primavera, según dijo el alcalde de la ciudad."),
    ("fr", "Le pont sera fermé jusqu'au printemps, a dit le maire, et les habitants ne sont pas contents."),
    ("de", "Die Brücke wird bis zum Frühling geschlossen, sagte der Bürgermeister, und das ist nicht gut."),
    ("it", "Il ponte sarà chiuso fino alla primavera, ha detto il sindaco, ma non è una sorpresa per i cittadini."),
    ("nl", "De brug blijft tot het voorjaar dicht, zei de burgemeester, en dat is niet goed voor de stad."),
    ("pl", "Most będzie zamknięty do wiosny, powiedział burmistrz, i nie jest to dobra wiadomość dla miasta."),
    ("ru", "Мост будет закрыт до весны, сказал мэр, и это не понравилось жителям города."),
    ("uk", "Міст буде закрито до весни, сказав мер, і це не сподобалося мешканцям міста."),
    ("zh", "市长星期一说，这座桥将关闭到春天。"),
    ("ja", "市長は月曜日に、橋は春まで閉鎖されると述べた。"),
    ("el", "Η γέφυρα θα μείνει κλειστή μέχρι την άνοιξη."),
    ("ar", "قال رئيس البلدية إن الجسر سيغلق حتى الربيع."),
    (None, "Bridge closed"),
    (None, "42"),
    (None, ""),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_languages(language: str | None, text: str) -> None:
    assert detect(text) == language


def test_articles_are_english(shared: object) -> None:
    """Of the first 2,000 real articles in English not one may be taken for foreign."""
    import json
    from pathlib import Path

    path = Path(str(shared)) / "data" / "corpus" / "allsides_10k.jsonl"
    with path.open(encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line, _ in zip(stream, range(2_000), strict=False)]
    began = time.process_time()
    assert {detect(text) for text in texts} == {"en"}
    assert time.process_time() - began < 4  # measured: 0.3 s

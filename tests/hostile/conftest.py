"""Reports of hostile articles, written once: whole, and redacted."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.cli import PARTLY, main
from tests.hostile import payloads


@pytest.fixture(scope="session", params=["whole", "redacted"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report; the inputs lie beside it in `in`."""
    place = tmp_path_factory.mktemp("hostile")
    payloads.write(place / "in")
    more = ["--redact-text"] if request.param == "redacted" else []
    with pytest.raises(SystemExit) as done:
        main(["-q", "run", str(place / "in"), "-o", str(place / "out"), "--workers", "1", *more])
    assert done.value.code == PARTLY  # one file of no known kind, with a hostile name
    return place / "out"

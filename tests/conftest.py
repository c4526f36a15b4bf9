"""What all tests share: the data folder when it is there, and no network ever."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with training data and real articles, beside the checkout."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return SHARED


@pytest.fixture(autouse=True, scope="session")
def no_network() -> None:
    """Any attempt to reach another machine fails the test that makes it; loopback is left open for the browser."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    socket.socket.connect = guarded


CHROMIUM = Path(os.environ.get("AUDIT_CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; tests are skipped where it, or Playwright, is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra: test)")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}; AUDIT_CHROMIUM names another")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()

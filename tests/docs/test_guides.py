"""The two guides for those who add something: their files are installed as a package, and audit takes them up."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from audit.docs import __file__ as place

FILE = re.compile(r"```(?:python|toml) (?P<path>[\w./-]+)\n(?P<text>.*?)```", re.S)


def installed(guide: str, site: Path) -> Path:
    """Lay the guide's files where an installer lays them, with the metadata that it makes of pyproject.toml."""
    text = (Path(place).parent / guide).read_text(encoding="utf-8")
    files = {match["path"]: match["text"] for match in FILE.finditer(text)}
    project = tomllib.loads(files.pop("pyproject.toml"))["project"]
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(content, encoding="utf-8")
    about = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir()
    about.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in named.items())
             for group, named in project["entry-points"].items()]
    about.joinpath("entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    return site


def audit(site: Path, root: Path, *words: object) -> str:
    """What the command prints where the package is installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(site), str(root)))}
    done = subprocess.run([sys.executable, "-m", "audit", *map(str, words)], env=environment, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def signal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed("signals.md", tmp_path_factory.mktemp("signal"))


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed("languages.md", tmp_path_factory.mktemp("language"))


def test_without_the_package_there_is_no_such_signal(tmp_path: Path, root: Path) -> None:
    assert "shouting" not in audit(tmp_path, root, "explain")


def test_an_added_signal_is_scanned_and_explained(signal: Path, tmp_path: Path, root: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The harbour NEVER sleeps.\n\n“WHATEVER,” said the NATO officer.\n", encoding="utf-8")
    printed = audit(signal, root, "scan", draft, "--feature", "shouting")
    assert f"{draft}:1:13: shouting.capitals: \"NEVER\"" in printed
    assert "WHATEVER" not in printed
    assert "NATO" not in printed
    assert "Capitals raise the voice." in audit(signal, root, "explain", "shouting")


def test_an_added_signal_stands_in_tables_and_on_pages(signal: Path, tmp_path: Path, root: Path) -> None:
    for source in ("one", "two"):
        (tmp_path / "in" / source).mkdir(parents=True)
        for number in range(2):
            text = f"The harbour of {source} NEVER sleeps, and ship {number} sails tonight with the tide.\n"
            (tmp_path / "in" / source / f"{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    audit(signal, root, "-q", "run", tmp_path / "in", "-o", out, "--workers", "1")
    assert "shouting" in (out / "data" / "measures.csv").read_text(encoding="utf-8")
    assert "words in capitals" in (out / "sources" / "one.html").read_text(encoding="utf-8")
    assert "Capitals raise the voice." in (out / "index.html").read_text(encoding="utf-8")
    digests = json.loads((out / "audit.json").read_text(encoding="utf-8"))["run"]["digests"]
    assert digests["added"] == {"shouting = audit_shouting:extractor": "0.1"}


def test_an_added_language_is_measured(language: Path, tmp_path: Path, root: Path) -> None:
    text = "Da lum torsi kolve. Vel sa moren da ruk. Ba lum omma karesh ruk. Da ruk."
    rows = [{"id": "a", "language": "qva", "text": text}, {"id": "b", "language": "qvb", "text": text}]
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    printed = audit(language, root, "scan", articles, "--feature", "hedging", "--format", "jsonl")
    known, unknown = map(json.loads, printed.splitlines())
    assert [item["text"] for item in known["evidence"]] == ["torsi", "Vel sa moren", "omma karesh"]
    assert {item["rule"] for item in known["evidence"]} == {"epistemic"}
    assert known["measures"]["hedging"]["count"] == 3
    assert known["measures"]["hedging"]["base"] == 4
    assert unknown["measures"]["hedging"]["absent"] == "no lexicon for qvb"


def test_an_added_language_is_explained_listed_and_checked(language: Path, root: Path) -> None:
    assert "qva (word list alone)" in audit(language, root, "explain", "hedging")
    assert "Velmaran" in audit(language, root, "explain", "hedging.epistemic")
    assert "hedging,qva,epistemic,epistemic,torsi" in audit(language, root, "lexicon", "list", "hedging")
    assert "hedging.qva.toml: 1 rules, 3 entries" in audit(language, root, "lexicon", "check")

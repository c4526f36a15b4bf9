"""Trained weights: `<name>.npz` with arrays, `<name>.json` with its card and digest. Never pickle."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.errors import ModelError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by name, and the card: data, licence, figures, limits, the command that made them."""

    name: str
    arrays: dict[str, npt.NDArray[Any]]
    card: dict[str, Any]


def save(name: str, arrays: dict[str, npt.NDArray[Any]], card: dict[str, Any]) -> Path:
    """Write the weights and their card into the package; the same arrays give the same bytes."""
    buffer = io.BytesIO()
    ordered: dict[str, Any] = {key: arrays[key] for key in sorted(arrays)}
    np.savez_compressed(buffer, allow_pickle=False, **ordered)
    path = FOLDER / f"{name}.npz"
    path.write_bytes(buffer.getvalue())
    complete = {**card, "name": name, "sha256": hashlib.sha256(buffer.getvalue()).hexdigest(), "bytes": buffer.tell()}
    text = json.dumps(complete, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    return path


@cache
def load(name: str) -> Model:
    """The model of that name, its bytes checked against the digest on its card.

    Raises ModelError when a file is missing or altered.
    """
    path = FOLDER / f"{name}.npz"
    try:
        data = path.read_bytes()
        card = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path.name}: the model file cannot be read ({error.strerror}); reinstall audit") from error
    if hashlib.sha256(data).hexdigest() != card["sha256"]:
        raise ModelError(f"{path.name}: its digest is not the one on its card; reinstall audit or train it again")
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return Model(name, {key: stored[key] for key in stored.files}, card)


def cards() -> dict[str, dict[str, Any]]:
    """The card of every shipped model, by name."""
    paths = sorted(FOLDER.glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}

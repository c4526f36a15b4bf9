"""What one source adds to each of its stories in, its rows over all of them out: a task of its own."""

from __future__ import annotations

import msgspec

from audit.compare.balance import Side
from audit.compare.balance import overall as balanced
from audit.compare.framing import Usage
from audit.compare.framing import overall as framed
from audit.compare.held import Parts
from audit.records import Balance, Framed
from audit.settings import Scoring


class Shares(msgspec.Struct, frozen=True):
    """What each source adds in one story, in their order."""

    usages: dict[str, list[Usage]]
    sides: dict[str, list[Side]]


class Added(msgspec.Struct, frozen=True):
    """What one source adds in all its stories, in their order."""

    source: str
    usages: list[Usage]
    sides: list[Side]
    settings: Scoring


class Overall(msgspec.Struct, frozen=True, gc=False):
    """The rows of one source over all its stories."""

    framing: list[Framed]
    balance: list[Balance]


def overall(given: Added) -> Parts:
    """The rows of framing and of balance over all stories of a source: an `Overall`."""
    sides = {given.source: given.sides} if given.sides else {}
    return [msgspec.msgpack.encode(Overall(list(framed(given.usages)), list(balanced(sides, given.settings))))]

"""What each signal and rule finds, why it matters, where it errs and how well it does. In: a name; out: text or dicts.

The words come from the extractors, the lexicons and the model cards themselves; `audit explain` prints them and the
method section of a report shows the same.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from audit import lexicon, models
from audit.errors import AuditError
from audit.extract import Extractor, Quantity, extractors
from audit.extract.base import Kind
from audit.lexicon import Rule

WIDTH = 100
NEAR = 0.5
"""Similarity from which a name is offered in place of an unknown one (difflib's ratio); half the letters agree."""

UNITS: dict[Kind, str] = {"count": "count", "probability": "probability, 0 to 1", "grade": "grade"}

COMPARING = ("claims", "reuse", "stories")
"""Models that serve comparing; every other model is named after its signal."""

AGREEMENT = {
    "title": "Agreement with independent sources",
    "what": "Of the claims in an article that can be checked (figures with what they count, dates, names with roles, "
            "quotations), how many an independent source of the same story also tells, tells otherwise, or does not "
            "tell; which claims of two or more others the article leaves out; how much of its text was taken.",
    "why": "Three reprints of one report are one voice. A claim that was told twice independently is firmer ground "
           "than one that stands alone, and a disputed one deserves a look at both texts.",
    "limits": "It does not say who is right. Copies that nobody credits and that were rewritten heavily may pass as "
              "independent; two texts that rest on the same unnamed report do. A claim told in other words may be "
              "missed, and then counts as told by nobody else. Numbers reported at different times are marked as "
              "updated, not as disputed, only where the dates are known.",
}

Method = dict[str, Any]


def explain(name: str | None = None) -> str:
    """Text on a signal (`hedging`) or a rule (`hedging.epistemic`), or the list of signals when no name is given.

    Raises AuditError with the nearest names when there is none of that name.
    """
    methods = {entry["name"]: entry for entry in method()}
    if name is None:
        return "\n".join(_listed(list(methods.values())))
    feature, _, rule = name.partition(".")
    if name in methods:
        return "\n".join(_signal(methods[name]))
    rules = {entry["id"]: entry for entry in methods[feature]["rules"]} if feature in methods else {}
    if rule in rules:
        return "\n".join(_rule(methods[feature], rules[rule]))
    measure = next((one for one in _all(methods, "measures") if one["feature"] == name), None)
    if measure:
        return "\n".join(_measure(methods[feature], measure))
    raise AuditError(f"{name}: no such signal or rule; {_nearest(name, methods)}")


def method() -> list[Method]:
    """All that is known of each signal, as plain dicts: name, title, what, why, limits, measures, rules, models."""
    return [_method(extractor) for extractor in extractors().values()] + [_agreement()]


def _method(extractor: Extractor) -> Method:
    return {
        "name": extractor.name,
        "title": extractor.title,
        "what": extractor.what,
        "why": extractor.why,
        "limits": extractor.limits,
        "languages": list(extractor.languages or ()),
        "measures": [_quantity(quantity) for quantity in extractor.quantities],
        "rules": _rules(extractor.name),
        "models": _models(extractor.name),
    }


def _agreement() -> Method:
    """Comparing is no extractor, yet it yields measures that want the same words."""
    from audit.compare import agreement

    return {
        "name": "agreement",
        **AGREEMENT,
        "languages": [],
        "measures": [_quantity(quantity) for quantity in agreement.quantities],
        "rules": [],
        "models": _models("agreement"),
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    per = quantity.per if quantity.scale == 1 or quantity.per[0].isdigit() else f"{quantity.scale:g} {quantity.per}"
    unit = UNITS.get(quantity.kind) or f"{quantity.counted} per {per}"
    return {"feature": quantity.feature, "title": quantity.title, "unit": unit, "higher": quantity.higher}


def _rules(feature: str) -> list[dict[str, Any]]:
    lexicons = [lexicon.read(path) for path in lexicon.shipped()]
    return [_described(rule, found) for found in lexicons if found.feature == feature for rule in found.rules]


def _described(rule: Rule, found: lexicon.Lexicon) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "what": rule.what,
        "why": rule.why,
        "limits": rule.limits,
        "entries": len(rule.entries),
        "examples": list(rule.examples),
        "clean": list(rule.clean),
        "source": found.source,
        "licence": found.licence,
    }


def _models(feature: str) -> list[Method]:
    """Cards of the signal's models: those whose name opens with the signal's."""
    cards = models.cards()
    return [cards[name] for name in sorted(cards)
            if (feature == "agreement" if name in COMPARING else name.split("_")[0].split("-")[0] == feature)]


def _listed(methods: list[Method]) -> Iterator[str]:
    width = max(len(entry["name"]) for entry in methods)
    for entry in methods:
        yield from textwrap.wrap(f"{entry['name']:<{width}}  {entry['title']}: {entry['what']}", WIDTH,
                                 subsequent_indent=" " * (width + 2))
    yield ""
    yield "audit explain NAME says more, on a signal or on a rule such as " + _example(methods)


def _example(methods: list[Method]) -> str:
    return next((f"{entry['name']}.{entry['rules'][0]['id']}" for entry in methods if entry["rules"]), "SIGNAL.RULE")


def _signal(entry: Method) -> Iterator[str]:
    yield f"{entry['name']}: {entry['title']}"
    yield from _sections(entry)
    yield from _listing("Measures", [f"{one['feature']}: {one['title']} ({one['unit']})" for one in entry["measures"]])
    yield from _listing("Rules", [f"{entry['name']}.{one['id']}: {one['title']}" for one in entry["rules"]])
    yield from _accuracy(entry)


def _rule(entry: Method, rule: Method) -> Iterator[str]:
    yield f"{entry['name']}.{rule['id']}: {rule['title']}"
    yield from _sections(rule)
    yield from _listing("Examples (what is found stands in brackets)", rule["examples"])
    yield from _listing("Not found, on purpose", rule["clean"])
    entries = f"{rule['entries']} entries. " if rule["entries"] else ""
    yield from _section("Where it comes from", f"{entries}{rule['source']} ({rule['licence']})")
    yield from _accuracy(entry)


def _measure(entry: Method, measure: Method) -> Iterator[str]:
    yield f"{measure['feature']}: {measure['title']}"
    yield from _section("Unit", measure["unit"])
    if measure["higher"]:
        yield from _section("A higher value means", measure["higher"])
    yield from _section("Part of", f"{entry['name']}; audit explain {entry['name']} says how it is found")


def _sections(entry: Method) -> Iterator[str]:
    yield from _section("What it finds", entry["what"])
    yield from _section("Why it matters", entry["why"])
    yield from _section("Known limits", entry["limits"])


def _accuracy(entry: Method) -> Iterator[str]:
    for card in entry["models"]:
        figures = [f"{key}: {value}" for key, value in _flat(card.get("figures", {}))]
        yield from _listing(f"How well it does (model {card['name']})", [*map(str, card.get("says", [])), *figures])
        for key in ("data", "limits"):
            if card.get(key):
                yield from _section(f"{key.capitalize()} of the model {card['name']}", _plain(card[key]))


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of nested figures under the path that leads to them."""
    if not isinstance(value, Mapping):
        yield name, _plain(value)
        return
    for key, inner in value.items():
        yield from _flat(inner, f"{name}, {key}" if name else str(key))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {inner}" for key, inner in _flat(value))
    return ", ".join(map(_plain, value)) if isinstance(value, list) else str(value)


def _section(title: str, text: str) -> Iterator[str]:
    if text:
        yield ""
        yield title
        yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _listing(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        for line in lines:
            yield from textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _all(methods: Mapping[str, Method], part: str) -> Iterator[Method]:
    return (one for entry in methods.values() for one in entry[part])


def _nearest(name: str, methods: Mapping[str, Method]) -> str:
    names = [*methods, *(f"{entry['name']}.{rule['id']}" for entry in methods.values() for rule in entry["rules"])]
    names += [one["feature"] for one in _all(methods, "measures")]
    near = difflib.get_close_matches(name, sorted(set(names)), n=3, cutoff=NEAR)
    return f"near it: {', '.join(near)}" if near else f"the signals are {', '.join(methods)}"

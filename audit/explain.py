"""What each signal and rule finds, why it matters, where it errs and how well it does. In: a name; out: text or dicts.

The words come from the extractors, the lexicons and the model cards themselves; `audit explain` prints them and the
method section of a report shows the same.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from audit import lexicon, models
from audit.compare.about import ABOUTS, TOLD
from audit.errors import AuditError
from audit.extract import Extractor, Quantity, extractors
from audit.extract.base import Kind, Told
from audit.lexicon import Rule
from audit.reference import firing
from audit.report.accuracy import sentences

WIDTH = 100
MOST = 8
"""Entries of a rule that are shown with their figures; `audit lexicon list` shows all."""

NEAR = 0.5
"""Similarity from which a name is offered in place of an unknown one (difflib's ratio); half the letters agree."""

UNITS: dict[Kind, str] = {"count": "count", "probability": "probability, 0 to 1", "grade": "grade"}

COMPARING = ("claims", "reuse", "stories")
"""Models that serve comparing; every other model is named after its signal."""

Method = dict[str, Any]


def explain(name: str | None = None) -> str:
    """Text on a signal (`hedging`) or a rule (`hedging.epistemic`), or the list of signals when no name is given.

    Raises AuditError with the nearest names when there is none of that name.
    """
    methods = {entry["name"]: entry for entry in method()}
    if name is None:
        return "\n".join(_listed(list(methods.values())))
    feature, rule = name.partition(".")[0], name.rpartition(".")[2]
    if name in methods:
        return "\n".join(_signal(methods[name]))
    rules = [entry for entry in methods[feature]["rules"] if entry["id"] == rule] if feature in methods else []
    if rules:
        parts = ["\n".join(_rule(feature, entry)) for entry in rules]
        return "\n\n".join(parts) + "\n" + "\n".join(_accuracy(methods[feature]))
    measure = next((one for one in _all(methods, "measures") if one["feature"] == name), None)
    if measure:
        return "\n".join(_measure(methods[feature], measure))
    raise AuditError(f"{name}: no such signal or rule; {_nearest(name, methods)}")


def names() -> list[str]:
    """Everything that can be explained: signals, rules and measures, in alphabetical order."""
    found = set()
    for entry in method():
        found |= {entry["name"], *(f"{entry['name']}.{rule['id']}" for rule in entry["rules"])}
        found |= {one["feature"] for one in entry["measures"]}
    return sorted(found)


def method() -> list[Method]:
    """All that is known of each signal, as plain dicts: name, title, what, why, limits, measures, rules, models."""
    return [_method(extractor) for extractor in extractors().values()] + [_comparing(about) for about in ABOUTS]


def _method(extractor: Extractor) -> Method:
    return {
        "name": extractor.name,
        "title": extractor.title,
        "what": extractor.what,
        "why": extractor.why,
        "limits": extractor.limits,
        "languages": _languages(extractor),
        "measures": [_quantity(quantity) for quantity in extractor.quantities],
        "rules": [*_rules(extractor.name), *map(_told, extractor.rules)],
        "accuracy": sentences().get(extractor.name, []),
        "models": _models(extractor.name),
    }


def _comparing(about: Mapping[str, str]) -> Method:
    """Comparing is no extractor, yet it yields measures that want the same words."""
    from audit import compare

    name = about["name"]
    return {
        **about,
        "languages": [],
        "measures": [_quantity(one) for one in compare.quantities if one.feature.split(".")[0] == name],
        "rules": [_told(rule) for rule in TOLD.get(name, ())],
        "accuracy": sentences().get(name, []),
        "models": _models(name),
    }


def _languages(extractor: Extractor) -> list[str]:
    """Codes of the languages that are measured, those by a word list alone among them; none means any language."""
    if extractor.languages is None:
        return []
    listed = lexicon.languages(extractor.name) if extractor.elsewhere else ()
    alone = (f"{code} (word list alone)" for code in listed if code not in extractor.languages)
    return [*extractor.languages, *alone]


def _quantity(quantity: Quantity) -> dict[str, Any]:
    per = quantity.per if quantity.scale == 1 or quantity.per[0].isdigit() else f"{quantity.scale:g} {quantity.per}"
    unit = UNITS.get(quantity.kind) or f"{quantity.counted} per {per}"
    return {"feature": quantity.feature, "title": quantity.title, "unit": unit, "higher": quantity.higher}


def _rules(feature: str) -> list[dict[str, Any]]:
    lexicons = [lexicon.read(path) for path in lexicon.installed()]
    return [_described(rule, found) for found in lexicons if found.feature == feature for rule in found.rules]


def _described(rule: Rule, found: lexicon.Lexicon) -> dict[str, Any]:
    return {
        "id": rule.id,
        "language": found.language,
        "title": rule.title,
        "what": rule.what,
        "why": rule.why,
        "limits": rule.limits,
        "entries": len(rule.entries),
        "examples": list(rule.examples),
        "clean": list(rule.clean),
        "source": rule.source or found.source,
        "licence": found.licence,
        "figures": _figures(found, rule),
    }


def _told(rule: Told) -> dict[str, Any]:
    """A rule without a word list, in the same form."""
    return {**asdict(rule), "language": "en", "entries": 0, "examples": [], "clean": [], "source": "", "licence": "",
            "figures": []}


def _figures(found: lexicon.Lexicon, rule: Rule) -> list[str]:
    """How often a rule fires in reference news and is right where labels exist, then its most frequent entries."""
    every = firing.of_rule(found.feature, rule.id) if found.language == "en" else None
    if every is None:
        return []
    judged = f" ({', '.join(firing.sets(found.feature))})" if every.judged else ""
    single = firing.of_entries(found.feature, rule.id)
    most = sorted((entry for entry in rule.entries if entry in single), key=lambda entry: (-single[entry].fires, entry))
    stale = firing.digest(found.feature) != lexicon.digest(found.feature)
    note = ["measured on another version of the list"] if stale else []
    shown = (f"{entry}: {_often(single[entry])}" for entry in most[:MOST])
    return [*note, f"all of them: {_often(every)}{judged}", *shown]


def _often(one: firing.Firing) -> str:
    judged = f", {one.right} of {one.judged} right where labelled" if one.judged else ""
    return f"{one.per_million:,.1f}{judged}"


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
    yield from _section("Languages", ", ".join(entry["languages"]))
    yield from _listing("Measures", [f"{one['feature']}: {one['title']} ({one['unit']})" for one in entry["measures"]])
    yield from _listing("Rules", [f"{entry['name']}.{one['id']}: {one['title']}" for one in entry["rules"]
                                  if one["language"] == "en"])
    yield from _accuracy(entry)


def _rule(feature: str, rule: Method) -> Iterator[str]:
    yield f"{feature}.{rule['id']}: {rule['title']}"
    yield from _sections(rule)
    yield from _listing("Examples (what is found stands in brackets)", rule["examples"])
    yield from _listing("Not found, on purpose", rule["clean"])
    count = f"{rule['entries']} entries. " if rule["entries"] else ""
    yield from _section("Where it comes from", f"{count}{rule['source']} ({rule['licence']})" if rule["source"] else "")
    yield from _listing("Hits per million words of reference news, and its most frequent entries", rule["figures"])


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
    yield from _listing("How often it is right", entry["accuracy"])
    for card in entry["models"]:
        figures = [f"{key}: {value}" for key, value in _flat(card.get("figures", {}))]
        yield from _listing(f"Figures of the model {card['name']}", [*map(str, card.get("says", [])), *figures])
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
    near = difflib.get_close_matches(name, names(), n=3, cutoff=NEAR)
    return f"near it: {', '.join(near)}" if near else f"the signals are {', '.join(methods)}"

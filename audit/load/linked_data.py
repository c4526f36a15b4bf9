"""JSON-LD of a page. In: its parsed tree; out: the node of the article, references resolved, and plain values of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:\w{0,20}Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|WebPage|Review)")
_MAX_JSON = 2_000_000
_MAX_NODES = 2_000


def read_linked_data(tree: HtmlElement) -> dict[str, Any]:
    """The first JSON-LD node that is an article, with the names that its @id references point to."""
    nodes: list[dict[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:20]:
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
        if not text or len(text) > _MAX_JSON:
            continue
        try:
            nodes += list(_nodes(json.loads(text, strict=False)))[:_MAX_NODES]
        except (ValueError, RecursionError):
            continue
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    ranked = sorted((node for node in nodes if _rank(node)), key=_rank)
    if not ranked:
        return {}
    return {key: _resolve(value, by_id) for key, value in ranked[0].items()}


def _rank(node: dict[str, Any]) -> int:
    """1 for an article, 2 for a mere web page, 0 for anything else."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    names = [kind for kind in kinds if isinstance(kind, str) and _ARTICLE.fullmatch(kind)]
    return 0 if not names else 2 if all(name in ("WebPage", "Review") for name in names) else 1


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting = item[:_MAX_NODES] + waiting
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]


def _resolve(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, by_id) for item in value[:50]]
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return value


def name_of(value: Any) -> str | None:
    """The name of a person or organisation, however it is written: a text, a node, a list of either."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return text_of(value[0] if isinstance(value, list) and value else value)


def text_of(value: Any) -> str | None:
    """A text with its white space made single, or None for anything else."""
    return " ".join(value.split()) or None if isinstance(value, str) else None

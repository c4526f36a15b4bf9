"""Mends a page's tree before the text is looked for. In: the parsed tree; out: the same tree, changed.

Two things that only the markup tells: tables that lay out a page instead of holding data, and paragraphs inside a
story that are nothing but a link to another one ("READ MORE: ...").
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

# A cell of data holds a figure or a name; a cell with this many characters in paragraphs holds a page.
_PROSE_CELL = 600
_LABEL = re.compile(
    r"(?:read|see|watch|listen)(?: more| also| next)?|also read|more|more on this|related|related story|recommended",
    re.IGNORECASE,
)


def prepare(tree: HtmlElement) -> None:
    """Turns layout tables into plain blocks and takes out paragraphs that only lead elsewhere."""
    for table in tree.xpath("//table"):
        cells = table.xpath("./tr/td | ./tbody/tr/td")
        if any(len(cell.text_content()) > _PROSE_CELL and cell.xpath(".//p | .//br") for cell in cells):
            for node in [table, *table.xpath("./tbody | ./tr | ./tbody/tr"), *cells]:
                node.tag = "div"
    for node in tree.xpath("//p[.//a] | //div[.//a and not(.//p)]"):
        if _leads_elsewhere(node) and node.getparent() is not None:
            node.drop_tree()


def _leads_elsewhere(node: HtmlElement) -> bool:
    """Whether the element's text is a label such as "Read more:" and the text of one link."""
    text = " ".join(node.text_content().split())
    link = " ".join(" ".join(node.xpath("(.//a)[1]//text()")).split())
    if not link or not text.endswith(link) or len(text) > 300:
        return False
    return _LABEL.fullmatch(text[: -len(link)].strip(" :–—-|»>")) is not None

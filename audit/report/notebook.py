"""A run in, a piece of HTML out: what a notebook shows of it, with the way to the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from audit.report import data, render
from audit.report.view.compared import compare
from audit.report.view.headline import headline, scale
from audit.report.view.index import cell, facts
from audit.report.view.standout import stands_out
from audit.report.write import known

MOST = 3
"""Sentences on what stands out; the page has more."""


class Run(data.Results, Protocol):
    """The results of a run that lies in a folder."""

    @property
    def directory(self) -> Path: ...


def shown(results: Run) -> str:
    """What stands out and every source's headline numbers, without style or script: a notebook has its own."""
    book = data.bind(results, known())
    columns = [(quantity, scale(book, quantity)) for quantity in headline(book)]
    return render.page(
        "notebook.html.jinja",
        "",
        facts=facts(book),
        standing_out=stands_out(book, compare(book), MOST),
        columns=[quantity for quantity, _ in columns],
        rows=[
            {"name": book.source_name(id), "cells": [cell(book, id, quantity, drawn) for quantity, drawn in columns]}
            for id in sorted(book.sources, key=book.source_name)
        ],
        page=str(results.directory / "index.html"),
    )

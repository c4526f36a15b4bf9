"""The dated articles of one source in, its headline numbers by day, week or month out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from audit.extract.base import Quantity
from audit.report import charts, wording
from audit.report.data import Book
from audit.report.view.headline import bounded, headline

DAYS, WEEKS = 14, 140
"""Spans, in days, up to which a row stands for a day or for a week; a longer span goes by month."""

MOST = 24
"""Rows, the latest kept: two years of months."""


def over_time(book: Book, source: str) -> dict[str, Any] | None:
    """A row per period with dated articles; None where there are not two periods."""
    dated = {id: day for id in book.order.get(source, ()) if (day := _day(book.articles[id]["published"]))}
    if not dated:
        return None
    span = (max(dated.values()) - min(dated.values())).days
    periods: dict[date, list[str]] = {}
    for id, day in dated.items():
        periods.setdefault(_opening(day, span), []).append(id)
    if len(periods) < 2:
        return None
    kept = sorted(periods)[-MOST:]
    columns = [quantity for quantity in headline(book) if any(_sum(book, periods[day], quantity)[1] for day in kept)]
    return {
        "per": "day" if span <= DAYS else "week" if span <= WEEKS else "month",
        "columns": [_course(book, source, quantity, [periods[day] for day in kept]) for quantity in columns],
        "span": (_label(kept[0], span), _label(kept[-1], span)),
        "rows": [
            {
                "label": _label(day, span),
                "n": len(periods[day]),
                "cells": [_cell(book, periods[day], quantity) for quantity in columns],
            }
            for day in kept
        ],
        "undated": len(book.order[source]) - len(dated),
        "earlier": len(periods) - len(kept),
    }


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _opening(day: date, span: int) -> date:
    if span <= DAYS:
        return day
    return day - timedelta(days=day.weekday()) if span <= WEEKS else day.replace(day=1)


def _label(day: date, span: int) -> str:
    if span > WEEKS:
        return wording.date(day.isoformat()[:7])
    return wording.date(day.isoformat()) if span <= DAYS else f"week of {wording.date(day.isoformat())}"


def _sum(book: Book, ids: list[str], quantity: Quantity) -> tuple[float, float]:
    known = [m for id in ids if (m := book.measures.get(id, {}).get(quantity.feature)) and m[2] is None]
    return sum(m[0] for m in known), sum(m[1] for m in known)


def _course(book: Book, source: str, quantity: Quantity, periods: list[list[str]]) -> dict[str, Any]:
    """One number drawn over the periods, with its least and its greatest value."""
    sums = [_sum(book, ids, quantity) for ids in periods]
    values = [count / base if base else None for count, base in sums]
    known = [value for value in values if value is not None]
    whole = book.score(source, quantity.feature)
    axis = bounded(charts.axis([*known, whole["value"] if whole else None], grade=quantity.kind == "grade"), quantity)
    return {
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "drawn": charts.course(axis, values, whole["value"] if whole else None),
        "range": wording.between(min(known), max(known), quantity),
        "whole": wording.short(whole["value"], quantity) if whole else "",
    }


def _cell(book: Book, ids: list[str], quantity: Quantity) -> dict[str, str]:
    count, base = _sum(book, ids, quantity)
    if not base:
        return {"text": "", "count": ""}
    return {"text": wording.short(count / base, quantity), "count": wording.tally(count, base, quantity)}

"""Every record is equal after a round trip through JSON and through msgpack, and cannot be changed."""

from __future__ import annotations

from typing import get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import records

# JSON knows finite numbers of 64 bits and text without lone surrogates; the loader lets nothing else in.
st.register_type_strategy(int, st.integers(-(2**62), 2**62))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(str, st.text(st.characters(codec="utf-8"), max_size=20))

KINDS = [value for value in vars(records).values()
         if isinstance(value, type) and issubclass(value, records.Record) and value is not records.Record]


def built(kind: type[records.Record]) -> st.SearchStrategy[records.Record]:
    """Records with every field given, those with defaults too."""
    return st.builds(kind, **{name: st.from_type(hint) for name, hint in get_type_hints(kind).items()
                              if name in kind.__struct_fields__})


for each in KINDS:
    st.register_type_strategy(each, built(each))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_round_trip(kind: type[records.Record]) -> None:
    @given(st.from_type(kind))
    def check(record: records.Record) -> None:
        for codec in (msgspec.json, msgspec.msgpack):
            assert codec.decode(codec.encode(record), type=kind) == record

    check()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_records_are_frozen(kind: type[records.Record]) -> None:
    assert kind.__struct_config__.frozen


@pytest.mark.parametrize(("count", "base", "absent", "rate"), [
    (1, 4, None, 0.25), (0, 4, None, 0.0), (0, 0, None, None), (1, 4, "no lexicon for fr", None),
])
def test_rate(count: float, base: float, absent: str | None, rate: float | None) -> None:
    assert records.Measure("a", "x", count, base, "word", absent).rate == rate

"""Results of tasks that are kept: asked for again they are the same, and none is taken for another or half read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audit import kept
from audit.compare.held import Held, Job, Keeper, Parts
from audit.engine import inline, opened
from audit.kept import Damaged, Memory

NUMBERS = [1, 2, 3]
ran: list[int] = []


def times(number: int) -> Parts:
    """A result of three parts."""
    ran.append(number)
    return [bytes([number * by]) * number * 100 for by in (1, 2, 3)]


def other(number: int) -> Parts:
    """Another task with the same jobs."""
    return [b"other"]


def jobs(numbers: list[int]) -> list[Job]:
    return [Job(bytes([number]), lambda number=number: number) for number in numbers]  # type: ignore[misc]


def asked(keeper: Keeper, numbers: list[int], **given: bool) -> list[Parts]:
    """All parts of the results, and which tasks ran for them in `ran`."""
    ran.clear()
    keys = list(keeper.run(times, jobs(numbers), **given))
    return [[keeper.part(key, at) for at in range(3)] for key in keys]


WANTED = [times(number) for number in NUMBERS]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A memory of all the numbers."""
    memory = Memory(tmp_path / "some.memory", "1", inline())
    assert asked(memory, NUMBERS) == WANTED
    assert ran == NUMBERS
    return tmp_path / "some.memory"


def test_what_is_known_does_not_run_again(path: Path) -> None:
    memory = Memory(path, "1", inline())
    assert asked(memory, [3, 1, 3]) == [WANTED[2], WANTED[0], WANTED[2]]
    assert ran == []
    assert asked(memory, [2, 4]) == [WANTED[1], times(4)]
    assert list(memory.run(other, jobs([2]))) != list(memory.run(times, jobs([2])))
    assert asked(Memory(path, "2", inline()), NUMBERS) == WANTED
    assert ran == NUMBERS


@pytest.mark.parametrize("here", [False, True])
def test_other_processes_give_the_same(tmp_path: Path, here: bool) -> None:
    with opened("local", 2) as pool:
        assert asked(Memory(tmp_path / "some.memory", "1", pool), NUMBERS, here=here) == WANTED
    assert ran == (NUMBERS if here else [])
    assert asked(Memory(tmp_path / "some.memory", "1", inline()), NUMBERS) == WANTED
    assert ran == []


def test_what_is_held_is_not_run_twice_for_its_parts() -> None:
    assert asked(Held(), NUMBERS) == WANTED
    assert ran == NUMBERS


@pytest.mark.parametrize("together", [1, 700, 1 << 20])
def test_what_was_not_asked_for_is_dropped(path: Path, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "TOGETHER", together)
    size = path.stat().st_size
    memory = Memory(path, "1", inline())
    assert asked(memory, [3, 1, 4]) == [WANTED[2], WANTED[0], times(4)]
    memory.forget()
    assert sorted(file.name for file in path.parent.iterdir()) == ["some.memory"]
    assert path.stat().st_size == size + 3 * (400 - 200)
    assert asked(memory, [3, 1, 4]) == asked(Memory(path, "1", inline()), [3, 1, 4])
    assert ran == []
    asked(memory, [2])
    assert ran == [2]
    before = path.read_bytes()
    memory.forget()
    assert path.read_bytes() == before


def test_killed_at_any_byte_the_rest_is_as_it_was(path: Path) -> None:
    whole, last = path.read_bytes(), [3 * (kept.FRAME + 100 * number) for number in NUMBERS]
    for cut in (*range(1, 90), *range(90, len(whole), 97)):
        path.write_bytes(whole[:-cut])
        memory = Memory(path, "1", inline())
        assert asked(memory, NUMBERS) == WANTED
        assert ran == ([3] if cut <= last[2] else [2, 3] if cut <= last[1] + last[2] else NUMBERS), cut
        memory.forget()
        assert path.stat().st_size == len(whole)


@pytest.mark.parametrize("harm", [
    lambda data: data[:9] + b"?" + data[10:], lambda data: data[:20] + b"\xff\xff\xff\xff" + data[24:],
    lambda data: data[:700] + b"????" + data[704:], lambda data: b"", lambda data: b"not a memory at all",
])
def test_damage_is_noticed(path: Path, harm: Callable[[bytes], bytes]) -> None:
    path.write_bytes(harm(path.read_bytes()))
    memory = Memory(path, "1", inline())
    assert asked(memory, NUMBERS) == WANTED
    assert ran
    assert asked(Memory(path, "1", inline()), NUMBERS) == WANTED
    assert ran == []


def test_damage_while_it_is_open_is_noticed(path: Path) -> None:
    memory = Memory(path, "1", inline())
    (key,) = memory.run(times, jobs([3]))
    assert memory.knows(key, 3)
    assert not memory.knows(key, 4)
    with pytest.raises(Damaged, match="lacks a result"):
        memory.part(key, 3)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"?")
    with pytest.raises(Damaged, match="is damaged"):
        memory.part(key)
    assert memory.part(key, 2) == WANTED[2][2]
    path.write_bytes(data[:-1])
    with pytest.raises(Damaged, match="is damaged"):
        memory.part(key)


def test_in_memory_lies_only_where_a_result_stands(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "some.memory", "1", inline())
    assert asked(memory, NUMBERS) == WANTED
    assert not any(isinstance(value, bytes) for place in memory.places.values() for value in place)
    assert len(memory.places) == 9
    assert {len(name) for name in memory.places} == {kept.FRAME - kept.HEAD}

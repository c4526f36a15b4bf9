"""Where tasks run, always a `concurrent.futures` executor: this process, local processes, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Literal, TypeVar

from audit.errors import AuditError

Engine = Literal["local", "dask"]
Result = TypeVar("Result")


class Inline(Executor):
    """Runs each task at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of `fn(*args, **kwargs)`; its exception, if any, is raised by `result()`."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed on to whoever asks for the result
            future.set_exception(error)
        return future


@contextmanager
def executor(engine: Engine = "local", workers: int = 0, scheduler: str | None = None) -> Iterator[Executor]:
    """An executor for the length of a `with`. `workers` 0 means one per core; 1 is this process."""
    if engine == "dask":
        yield from _dask(scheduler)
        return
    count = workers or os.cpu_count() or 1
    if count == 1:
        yield Inline()
        return
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # one process per core is enough; the workers read this when they start
    with ProcessPoolExecutor(count, mp_context=get_context("forkserver")) as pool:
        yield pool


def _dask(scheduler: str | None) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise AuditError("--engine dask needs `distributed`; install audit with the extra [dask]") from error
    try:
        client = Client(scheduler) if scheduler else Client(processes=True)
    except OSError as error:
        raise AuditError(f"{scheduler}: no Dask scheduler answers there; start one with `dask scheduler`") from error
    with client:
        yield client.get_executor()


def ordered(pool: Executor, task: Callable[..., Result], rows: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    """Results of `task(*row)` in the order of the rows; a few are under way at once, so memory stays bounded."""
    ahead = 2 * (os.cpu_count() or 1) + 2
    waiting: list[Future[Result]] = []
    for row in rows:
        waiting.append(pool.submit(task, *row))
        if isinstance(pool, Inline) or len(waiting) >= ahead:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()

"""Where tasks run, always a `concurrent.futures` executor: this process, local processes, or a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any, Literal, TypeVar

from audit.errors import AuditError

Engine = Literal["local", "dask"]
Result = TypeVar("Result")

QUEUED = 2
"""Tasks under way per worker: one runs, one waits, so that no worker idles and memory stays bounded."""


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


@dataclass(frozen=True)
class Pool:
    """An executor and how many workers it has at the moment; a cluster may grow or shrink."""

    executor: Executor
    workers: Callable[[], int]

    def submit(self, task: Callable[..., Result], *args: Any) -> Future[Result]:
        """A future of `task(*args)`."""
        return self.executor.submit(task, *args)

    def ahead(self) -> int:
        """How many tasks may be under way before the first result is asked for."""
        return 0 if isinstance(self.executor, Inline) else QUEUED * max(1, self.workers())

    def map(self, task: Callable[..., Result], *columns: Iterable[Any]) -> Iterator[Result]:
        """Like the built-in `map`, results in order, with only a few tasks under way."""
        waiting: deque[Future[Result]] = deque()
        for row in zip(*columns, strict=False):
            waiting.append(self.submit(task, *row))
            if len(waiting) > self.ahead():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def inline() -> Pool:
    """This process."""
    return Pool(Inline(), lambda: 1)


@contextmanager
def opened(engine: Engine = "local", workers: int = 0, scheduler: str | None = None) -> Iterator[Pool]:
    """A pool for the length of a `with`. `workers` 0 means one per core; 1 is this process."""
    if engine == "dask":
        yield from _dask(scheduler)
        return
    count = workers or os.cpu_count() or 1
    if count == 1:
        yield inline()
        return
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # one process per core is enough; the workers read this when they start
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own pool keeps what is free: 50 MB a worker
    processes = ProcessPoolExecutor(count, mp_context=get_context("forkserver"), initializer=_attend)
    try:
        yield Pool(processes, lambda: count)
    except BrokenProcessPool as error:
        raise AuditError("a worker process was ended, perhaps for want of memory; the same command goes on where it "
                         "stopped, --workers 1 or a smaller `partition` in the settings needs less") from error
    except BaseException:
        _end(processes)
        raise
    finally:
        processes.shutdown(cancel_futures=True)


def _attend() -> None:
    """Ctrl-C reaches every process of a terminal; only the first one answers it. A worker ends with its parent, however
    that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _end(processes: ProcessPoolExecutor) -> None:
    """End the workers at once: what they had finished is kept, what they had not begins anew."""
    for process in list((processes._processes or {}).values()):
        process.terminate()


def _dask(scheduler: str | None) -> Iterator[Pool]:
    try:
        from distributed import Client
    except ImportError as error:
        raise AuditError("--engine dask needs `distributed`; install audit with the extra [dask]") from error
    try:
        client = Client(scheduler) if scheduler else Client(processes=True)
    except OSError as error:
        raise AuditError(f"{scheduler}: no Dask scheduler answers there; start one with `dask scheduler`") from error
    with client:
        yield Pool(client.get_executor(), lambda: sum(client.nthreads().values()))

"""How much memory and time reading takes as an input grows: `python -m tests.bench.reading [ROWS]`.

Writes the same invented articles into a file of each format, once as many as ROWS and once ten times as many, reads
each in a process of its own, and prints the peak of its memory (Linux). Web archives hold a hundredth of
the rows, since each is a page that is taken apart.
"""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

ROWS = 10_000
GROWTH = 10
PAGES = 100  # one page in so many rows
TEXT = (
    "The harbour authority closed pier {n} on Tuesday after a crane leaned over the quay in strong wind. Nobody was "
    "hurt, said Ola Brandt, who runs the night shift. Some {n} containers were moved to the southern yard before noon."
    "\n\nThe ferry to Skerry will leave from the fish market until the crane is down, which may take three days."
)
READ = """
import re, sys, time
from pathlib import Path
from audit import settings
from audit.load import load
from audit.records import Article
began = time.perf_counter()
count = sum(isinstance(record, Article) for record in load([sys.argv[1]] if sys.argv[1:] else [], settings.load()))
peak = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())  # getrusage counts the parent's as well
print(count, time.perf_counter() - began, int(peak[1]) // 1024)
"""


def rows(count: int) -> Iterator[dict[str, str]]:
    """The articles, each with a text and an id of its own."""
    for n in range(count):
        yield {"id": f"a{n}", "source": f"Post {n % 7}", "title": f"Pier {n} closed", "published": "2021-05-03",
               "text": TEXT.format(n=n)}


def as_jsonl(folder: Path, count: int) -> str:
    path = folder / f"{count}.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{json.dumps(row)}\n" for row in rows(count))
    return str(path)


def as_csv(folder: Path, count: int) -> str:
    import csv

    path = folder / f"{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["id", "source", "title", "published", "text"])
        writer.writeheader()
        writer.writerows(rows(count))
    return str(path)


def as_parquet(folder: Path, count: int) -> str:
    import pyarrow as pa
    import pyarrow.parquet

    path = folder / f"{count}.parquet"
    schema = pa.schema([(name, pa.string()) for name in ("id", "source", "title", "published", "text")])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for batch in batched(rows(count), 5_000):
            writer.write_table(pa.Table.from_pylist(batch, schema))
    return str(path)


def batched(items: Iterator[dict[str, str]], size: int) -> Iterator[list[dict[str, str]]]:
    while batch := list(islice(items, size)):
        yield batch


def as_sqlite(folder: Path, count: int) -> str:
    path = folder / f"{count}.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (id, source, title, published, text)")
        connection.executemany("INSERT INTO articles VALUES (:id, :source, :title, :published, :text)", rows(count))
    connection.close()
    return f"sqlite:///{path}?table=articles"


def as_warc(folder: Path, count: int) -> str:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = folder / f"{count}.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, row in enumerate(rows(count // PAGES)):
            parts = "".join(f"<p>{part}</p>" for part in row["text"].split("\n\n") * 4)
            page = f"<html><head><title>{row['title']}</title></head><body><article>{parts}</article></body></html>"
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://post.example/{number}"
            body = io.BytesIO(page.encode())
            writer.write_record(writer.create_warc_record(address, "response", payload=body, http_headers=head))
    return str(path)


FORMATS: dict[str, Callable[[Path, int], str]] = {
    "jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet, "sqlite": as_sqlite, "warc": as_warc,
}  # fmt: skip


def measured(address: str) -> tuple[int, float, int]:
    """Articles, seconds and mebibytes at the peak of a process that reads the input and keeps nothing."""
    done = subprocess.run([sys.executable, "-c", READ, address], capture_output=True, text=True, check=True)
    count, seconds, peak = done.stdout.split()
    return int(count), float(seconds), int(peak)


def main(arguments: list[str]) -> None:
    """Print a line for each format and size."""
    small = int(arguments[0]) if arguments else ROWS
    print(f"{'format':8} {'articles':>9} {'seconds':>8} {'peak MiB':>9} {'growth':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            first = 0
            for size in (small, small * GROWTH):
                count, seconds, peak = measured(write(Path(folder), size))
                first = first or peak
                print(f"{name:8} {count:9,} {seconds:8.1f} {peak:9} {peak / first:7.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

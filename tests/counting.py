"""What one way through the code costs, counted: modules, queries, cleanings and parses of bodies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from django.db import connection

from articles.text import cleaning, markup

ROOT = Path(__file__).resolve().parent.parent
CODE = tuple(f"{ROOT / name}/" for name in ("articles", "media", "newsroom"))
# What a transaction says about itself is no question and no answer.
STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass
class Way:
    """files: the modules of ours of which a function ran. queries: the SQL, without savepoints."""

    files: set[str] = field(default_factory=set)
    queries: list[str] = field(default_factory=list)
    cleanings: int = 0
    parses: int = 0


@contextmanager
def counted() -> Iterator[Way]:
    """Count what this thread does inside."""
    way = Way()

    def on_call(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(CODE):
            way.files.add(frame.f_code.co_filename)
            way.cleanings += frame.f_code is cleaning.clean.__code__
            way.parses += frame.f_code is markup.parse.__code__

    def on_query(execute, sql, *arguments):
        if sql.startswith(STATEMENTS):
            way.queries.append(sql)
        return execute(sql, *arguments)

    before = sys.getprofile()
    with connection.execute_wrapper(on_query):
        sys.setprofile(on_call)
        try:
            yield way
        finally:
            sys.setprofile(before)

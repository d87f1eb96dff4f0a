"""Where uploads are decoded and their files made: a process of its own for each, with bounds.

Whatever a hostile file does to its decoder, it does to a child that knows no secret, has bounds
of time and memory, and takes nothing with it when it dies. So a web worker never decodes a
picture: it holds the bytes that came and the files that go out. At most one child at a time
works for each web worker.
"""

import errno
import json
import logging
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from media import metadata, renditions, uploads
from media.metadata import Metadata
from media.renditions import MASTER, Rendered
from media.uploads import Fault, InvalidPicture

# Of the processor: three times what the heaviest good picture takes. A good photo is never refused
# because the machine is busy: who waits longer than the clock's bound may try again.
CPU_SECONDS = 20
SECONDS = 240
# The largest picture allowed, as lossless WebP, takes 0.9 GB of addresses, libraries included.
MEMORY = 1_300_000_000

_MODULES = ("PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_ROOT = Path(__file__).resolve().parent.parent
# Its bound, and a system that was short of memory; else its decoder met what it cannot read.
_DEATHS = {signal.SIGXCPU: Fault.TOO_HEAVY, signal.SIGKILL: Fault.BUSY}
_turn = threading.Lock()

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Developed:
    """What became of an upload. Width and height are the upright master's, in pixels."""

    width: int
    height: int
    tone: int
    animated: bool
    words: Metadata
    files: list[Rendered]


def develop(
    data: bytes,
    *,
    kinds: Collection[str],
    focus: tuple[float, float],
    zone: str,
    language: str = "vi",
) -> Developed:
    """Makes the files of these kinds ("master", "story", "card", "social") from a picture's bytes.

    focus: the point that crops keep, as shares from the top left. zone: the name of the time
    zone of cameras that do not tell theirs. language: the paper's, taken first where a picture
    says something in several. Raises InvalidPicture and nothing else.
    """
    uploads.check(data)
    job = json.dumps({"kinds": list(kinds), "focus": focus, "zone": zone, "language": language})
    with _turn:
        answer = _child(job, data)
    header, _newline, rest = answer.partition(b"\n")
    told = json.loads(header)
    if "fault" in told:
        raise InvalidPicture(Fault(told["fault"]))
    words = told["words"]
    words["taken_at"] = words["taken_at"] and datetime.fromisoformat(words["taken_at"])
    words["unread"] = tuple(words["unread"])
    return Developed(
        *told["size"], told["tone"], told["animated"], Metadata(**words), list(_files(told, rest))
    )


def _files(told: dict[str, list], rest: bytes) -> Iterator[Rendered]:
    start = 0
    for kind, format_, width, height, length in told["files"]:
        yield Rendered(kind, format_, width, height, rest[start : start + length])
        start += length


def _child(job: str, data: bytes) -> bytes:
    """What a fresh process answers; its death is a fault of the picture, its error one of ours."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module, under our own interpreter)
            [sys.executable, "-m", __name__, job],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            cwd=_ROOT,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InvalidPicture(Fault.BUSY) from error
    except OSError as error:
        logger.exception("The darkroom could not be started.")
        short = error.errno in {errno.EAGAIN, errno.ENOMEM}
        raise InvalidPicture(Fault.BUSY if short else Fault.FAILED) from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode > 0:
        logger.error("The darkroom failed: %s", done.stderr.decode(errors="replace"))
        raise InvalidPicture(Fault.FAILED)
    raise InvalidPicture(_DEATHS.get(-done.returncode, Fault.DAMAGED))


def _environment() -> dict[str, str]:
    """What the child knows of ours: where to find its modules, and no secret."""
    kept = {name: os.environ[name] for name in _MODULES if name in os.environ}
    # Several arenas for threads would each take addresses from the bound.
    return kept | {"MALLOC_ARENA_MAX": "1"}


def bound() -> None:
    """Bounds this process, for good, in memory and processor time, and lets readers go first."""
    os.nice(10)
    for kind, most, at_last in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        # At the first the death says why, which at the last it does not.
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        # macOS does not bound addresses.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, at_last))


def _work(
    data: bytes, kinds: list[str], focus: tuple[float, float], zone: str, language: str
) -> tuple[dict[str, object], list[Rendered]]:
    with uploads.opened(data) as picture:
        words = metadata.read(picture, ZoneInfo(zone), language)
        master = renditions.master_of(picture)
        animated = uploads.is_animated(picture)
    files = [renditions.keep(master)] if MASTER in kinds else []
    files += renditions.render(master, focus, [kind for kind in kinds if kind != MASTER])
    return {
        "size": master.size,
        "tone": renditions.tone_of(master),
        "animated": animated,
        "words": asdict(words)
        | {"taken_at": words.taken_at.isoformat() if words.taken_at else None},
        "files": [(*file[:4], len(file.data)) for file in files],
    }, files


def _answer(out: BinaryIO) -> None:
    try:
        header, files = _work(sys.stdin.buffer.read(), **json.loads(sys.argv[1]))
    except (InvalidPicture, MemoryError) as error:
        header, files = {"fault": getattr(error, "fault", Fault.TOO_HEAVY)}, []
    out.write(json.dumps(header).encode() + b"\n")
    out.writelines(file.data for file in files)


if __name__ == "__main__":
    bound()
    _answer(sys.stdout.buffer)

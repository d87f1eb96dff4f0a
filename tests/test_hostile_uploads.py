"""No file, hostile or only heavy, harms a web worker: time and memory are bounded."""

import errno
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from media import darkroom
from media.uploads import Fault, InvalidPicture
from tests import hostile, pictures

MEGABYTES = 400
SECONDS = 10

# What becomes of each: some are pictures with something harmful beside them.
OUTCOMES = {
    "png of 30,000 x 30,000 bits": "too wide",
    "png of three million chunks": "damaged",
    "png of packed text": "damaged",
    "png with a packed profile": "damaged",
    "png animation": "taken",
    "gif of 65,535 x 65,535": "too wide",
    "gif of 5,000 frames": "taken",
    "gif of endless comments": "taken",
    "tiff of 60,000 x 60,000": "too wide",
    "tiff that promises 49 megapixels": "damaged",
    "tiff of 1,000 pages": "taken",
    "tiff that loops": "taken",
    "webp of 16,383 x 16,383": "too wide",
    "webp that promises 49 megapixels": "damaged",
    "webp animation": "taken",
    "webp animation of 49 megapixels": "taken",
    "avif of 60,000 x 60,000": "damaged",
    "avif that promises 49 megapixels": "taken",
    "avif animation": "taken",
    "jpeg of 1,000 scans": "damaged",
    "jpeg of 90 scans": "taken",
    "jpeg of words": "taken",
    "polyglot": "taken",
    "truncated": "damaged",
}
# Those that are heaviest for their decoders; bench/ measures all.
HEAVIEST = ["progressive cmyk jpeg", "png with transparency", "lossless webp", "avif"]


@pytest.mark.parametrize("kind", hostile.HARMFUL)
def test_a_harmful_file_costs_a_web_worker_next_to_nothing(kind, tmp_path):
    cost = hostile.cost_of(hostile.HARMFUL[kind](), tmp_path)
    assert cost.outcome == OUTCOMES[kind]
    assert cost.worker < MEGABYTES
    assert cost.seconds < SECONDS


@pytest.mark.parametrize("kind", HEAVIEST)
def test_the_heaviest_honest_pictures_are_taken_and_cost_a_web_worker_little(kind, tmp_path):
    cost = hostile.cost_of(hostile.HEAVY[kind](), tmp_path)
    assert cost.outcome == "taken"
    assert cost.worker < MEGABYTES
    assert cost.seconds < SECONDS


def developed(data: bytes) -> darkroom.Developed:
    return darkroom.develop(data, kinds=["master"], focus=(0.5, 0.5), zone="UTC")


def fault_of(data: bytes) -> Fault:
    with pytest.raises(InvalidPicture) as refused:
        developed(data)
    return refused.value.fault


class TestTheDarkroomsProcess:
    """What happens to it happens to it alone, and is a sentence to the user."""

    @pytest.fixture
    def replaced(self, monkeypatch, tmp_path) -> Callable[[str], None]:
        """Let another program run in its place: these lines of shell."""

        def replace(lines: str) -> None:
            program = tmp_path / "python"
            program.write_text(f"#!/bin/sh\n{lines}\n")
            program.chmod(0o755)
            monkeypatch.setattr(sys, "executable", str(program))

        return replace

    @pytest.mark.parametrize(
        ("lines", "fault"),
        [
            ("kill -SEGV $$", Fault.DAMAGED),
            ("kill -ABRT $$", Fault.DAMAGED),
            ("kill -XCPU $$", Fault.TOO_HEAVY),
        ],
    )
    def test_killed_by_a_picture_blames_the_picture(self, replaced, lines, fault):
        replaced(lines)
        assert fault_of(pictures.jpeg()) == fault

    def test_killed_by_a_machine_short_of_memory_may_be_tried_again(self, replaced):
        replaced("kill -KILL $$")
        assert fault_of(pictures.jpeg()) == Fault.BUSY

    @pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOMEM])
    def test_that_a_machine_short_of_all_cannot_start_may_be_tried_again(self, monkeypatch, number):
        def fail(*_args: object, **_kwargs: object) -> None:
            raise OSError(number, "no more")

        monkeypatch.setattr(subprocess, "run", fail)
        assert fault_of(pictures.jpeg()) == Fault.BUSY

    def test_that_has_no_turn_for_a_while_is_waited_for(self, replaced):
        replaced(f'(sleep 1.5; kill -CONT $$) & kill -STOP $$; exec {sys.executable} "$@"')
        assert developed(pictures.jpeg()).width == 640

    def test_that_fails_blames_us_and_tells_the_log(self, replaced, caplog):
        replaced("echo no module >&2; exit 1")
        assert fault_of(pictures.jpeg()) == Fault.FAILED
        assert "no module" in caplog.text

    def test_that_cannot_be_started_blames_us_and_tells_the_log(self, monkeypatch, caplog):
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        assert fault_of(pictures.jpeg()) == Fault.FAILED
        assert "could not be started" in caplog.text

    def test_that_hangs_is_ended_and_may_be_tried_again(self, replaced, monkeypatch):
        replaced("exec sleep 60")
        monkeypatch.setattr(darkroom, "SECONDS", 0.3)
        started = time.monotonic()
        assert fault_of(pictures.jpeg()) == Fault.BUSY
        assert time.monotonic() - started < 30

    def test_knows_no_secret(self, replaced, monkeypatch, tmp_path):
        monkeypatch.setenv("SECRET_KEY", "do not tell")
        replaced(f"env > {tmp_path}/env; kill -SEGV $$")
        fault_of(pictures.jpeg())
        assert "do not tell" not in (tmp_path / "env").read_text()

    def test_is_one_at_a_time(self, replaced, tmp_path):
        replaced(
            f"mkdir {tmp_path}/busy || exit 1; sleep 0.05; rmdir {tmp_path}/busy; kill -SEGV $$"
        )
        with ThreadPoolExecutor(4) as pool:
            faults = list(pool.map(fault_of, [pictures.jpeg()] * 4))
        assert faults == [Fault.DAMAGED] * 4

    def test_is_bounded(self):
        code = (
            "import resource; from media import darkroom; darkroom.bound()\n"
            "print([resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_CPU, resource.RLIMIT_CORE)])\n"
            "try: bytearray(darkroom.MEMORY)\n"
            "except MemoryError: print('no memory')"
        )
        told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        assert told.stdout.decode().splitlines() == ["[20, 0]", "no memory"]

"""`make faults [ONLY=words]`: makes each fault, and prints as a table what was observed."""

import os
import sys
import tempfile
from pathlib import Path


def configure() -> None:
    """Django, for the addresses and forms of the desk only: no fault is made in this process."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "NEWSROOM_ENV": "",
        "VAR_DIR": tempfile.mkdtemp(prefix="newsroom-faults-"),
    }
    import django

    django.setup()


def main(only: str) -> int:
    configure()
    from tests.faults.made import FAULTS

    broken = 0
    say("| fault | observed |\n|---|---|")
    for name, fault in FAULTS.items():
        if only not in name:
            continue
        with tempfile.TemporaryDirectory(prefix="newsroom-fault-") as folder:
            try:
                observed = fault(Path(folder))
            except AssertionError as error:
                broken += 1
                observed = f"**not as promised**: {error}"
        say(f"| {name} | {observed} |")
    return 1 if broken else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(os.environ.get("ONLY", "")))

"""What the pictures of the example forum report weigh on a phone: at most 450 KB.

A phone of 390 CSS pixels at two screen pixels each takes the narrowest AVIF of at least 780; the
three pictures in a row are counted as if each stood alone.
"""

import re
from io import BytesIO
from pathlib import Path

from media import darkroom, renditions
from newsroom import example
from newsroom.example import drawings

STORY = Path(example.__file__).parent / "stories/01-dien-dan-thuan-con-nuoc/story.html"
PHONE = 780


def run() -> None:
    """Print each picture's weight, and their sum."""
    names = re.findall(r'<img[^>]+src="([^"]+)"', STORY.read_text(encoding="utf-8"))
    weights = {name: _weight(name) for name in names}
    for name, weight in weights.items():
        print(f"{name:32} {weight / 1000:6.1f} KB")
    print(f"{len(weights)} pictures {sum(weights.values()) / 1000:28.1f} KB")


def _weight(name: str) -> int:
    camera = BytesIO()
    drawings.draw(name).save(camera, "JPEG", quality=92)
    made = darkroom.develop(
        camera.getvalue(), kinds=[renditions.STORY], focus=(0.5, 0.5), zone="UTC"
    ).files
    wide = [file for file in made if file.format == renditions.AVIF and file.width >= PHONE]
    return len(min(wide, key=lambda file: file.width).data)

"""What taking in a picture costs.

All files of a 24-megapixel JPEG, the start of the darkroom's process included, may cost 2.5 times
the processor time of one plain full decode and one encode of the largest rendition. A web worker
may grow by 400 MB over its start, whatever is uploaded.
"""

import resource
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

import PIL.Image
from PIL import ImageChops, ImageCms

from media import darkroom, renditions
from tests import hostile, pictures

SIZE = (6000, 4000)
ROUNDS = 3
_ALL = (renditions.MASTER, *renditions.SHAPES)


def run() -> None:
    """Print the cost of each kind of 24-megapixel JPEG, and of the heaviest pictures allowed."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = PIL.Image.Exif()
    turned[0x0112] = 6
    scene = photo()
    print("24 megapixels: seconds of decode and largest encode, of all files, and the ratio")
    for kind, options in {
        "baseline": {},
        "progressive": {"progressive": True},
        "rotated": {"exif": turned},
        "with a profile": {"icc_profile": srgb},
    }.items():
        plain, whole = _costs(pictures.saved(scene, "JPEG", quality=92, **options))
        print(f"{kind:24} {plain:5.2f} {whole:5.2f} {whole / plain:5.2f}")
    print("50 megapixels: seconds, MB by which a web worker grows, and those of its child")
    with tempfile.TemporaryDirectory() as folder:
        for kind, make in hostile.HEAVY.items():
            cost = hostile.cost_of(make(), Path(folder))
            print(f"{kind:24} {cost.seconds:5.2f} {cost.worker:5} {cost.child:5}")


def photo() -> PIL.Image.Image:
    """Something as hard to encode as a photo: shapes, textures of all sizes, grain."""
    scene = pictures.drawn(SIZE)
    for step in range(1, 9):
        cell = 2**step
        texture = PIL.Image.effect_noise((SIZE[0] // cell, SIZE[1] // cell), 12 + 3 * step)
        layer = texture.resize(SIZE, PIL.Image.Resampling.BICUBIC).convert("RGB")
        scene = ImageChops.add(scene, layer, 1, -128)
    grain = PIL.Image.merge("RGB", [PIL.Image.effect_noise(SIZE, 6) for _channel in range(3)])
    return ImageChops.add(scene, grain, 1, -128)


def _costs(data: bytes) -> tuple[float, float]:
    """The seconds of a plain decode and the largest encode, and of all that is done."""
    decoded = _seconds(lambda: PIL.Image.open(BytesIO(data)).load())
    master = renditions.master_of(PIL.Image.open(BytesIO(data)))
    largest = next(renditions.render(master, (0.5, 0.5), [renditions.STORY]))
    picture = master.resize(largest[2:4], PIL.Image.Resampling.LANCZOS)
    encoded = _seconds(lambda: renditions.encode(picture, largest.format))
    whole = _seconds(lambda: darkroom.develop(data, kinds=_ALL, focus=(0.5, 0.5), zone="UTC"))
    return decoded + encoded, whole


def _seconds(action: Callable[[], object]) -> float:
    """The median of the processor time of an action, its children's included."""
    return median(_once(action) for _round in range(ROUNDS))


def _once(action: Callable[[], object]) -> float:
    started = _spent()
    action()
    return _spent() - started


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime

"""The sheet that every picture of the example paper is drawn on."""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Colour = str | tuple[int, int, int]
Point = tuple[float, float]

OVERSAMPLING = 2  # drawn this much larger and reduced at the end: smooth edges
_STRIP = 96  # steps of a gradient before it is stretched


def rgb(colour: Colour) -> tuple[int, int, int]:
    return ImageColor.getrgb(colour)[:3] if isinstance(colour, str) else colour


def mix(first: Colour, second: Colour, share: float) -> tuple[int, int, int]:
    """`first` with `share` (0 to 1) of `second` in it."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return red, green, blue


class Canvas:
    """A sheet of `width` x `height` pixels; all coordinates are pixels of the finished picture.

    The same seed gives the same picture: scenes take their chance from `chance` only.
    """

    def __init__(self, width: int, height: int, seed: str) -> None:
        self.w, self.h = width, height
        self.chance = Random(seed)  # noqa: S311 - a drawing, not a secret
        self.image = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def near(self, value: float, spread: float) -> float:
        """`value` give or take up to `spread`."""
        return value + self.chance.uniform(-spread, spread)

    def shape(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        self.pen.polygon(
            [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=(*rgb(colour), alpha)
        )

    def box(
        self, x: float, y: float, w: float, h: float, colour: Colour, alpha: int = 255, r: float = 0
    ) -> None:
        """A rectangle from its top left corner; r rounds the corners."""
        if w <= 0 or h <= 0:
            return
        corners = [v * OVERSAMPLING for v in (x, y, x + w, y + h)]
        self.pen.rounded_rectangle(
            corners, radius=min(r, w / 2, h / 2) * OVERSAMPLING, fill=(*rgb(colour), alpha)
        )

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, alpha: int = 255
    ) -> None:
        """An ellipse around its middle."""
        self.pen.ellipse(
            [v * OVERSAMPLING for v in (x - rx, y - ry, x + rx, y + ry)], fill=(*rgb(colour), alpha)
        )

    def dot(self, x: float, y: float, r: float, colour: Colour, alpha: int = 255) -> None:
        self.oval(x, y, r, r, colour, alpha)

    def half(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        """The upper half of an ellipse, standing on (x, y)."""
        self.pen.pieslice(
            [v * OVERSAMPLING for v in (x - rx, y - ry, x + rx, y + ry)], 180, 360, fill=rgb(colour)
        )

    def star(self, x: float, y: float, r: float, colour: Colour) -> None:
        """A star of five points."""
        turns = [(k * math.pi / 5, r if k % 2 == 0 else r * 0.4) for k in range(10)]
        self.shape([(x + math.sin(a) * s, y - math.cos(a) * s) for a, s in turns], colour)

    def stroke(
        self, points: Sequence[Point], width: float, colour: Colour, alpha: int = 255
    ) -> None:
        """A line through the points, with round ends when it is opaque."""
        spots = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        fill = (*rgb(colour), alpha)
        self.pen.line(spots, fill=fill, width=max(1, round(width * OVERSAMPLING)), joint="curve")
        if alpha == 255 and width >= 2:
            for x, y in (points[0], points[-1]):
                self.dot(x, y, width / 2, colour)

    def limb(self, points: Sequence[Point], first: float, last: float, colour: Colour) -> None:
        """A line that grows thinner (or thicker) from `first` to `last`, rounded at its joints."""
        steps = len(points) - 1
        for i, (a, b) in enumerate(zip(points, points[1:], strict=False)):
            wa = first + (last - first) * i / steps
            wb = first + (last - first) * (i + 1) / steps
            angle = math.atan2(b[1] - a[1], b[0] - a[0]) + math.pi / 2
            dx, dy = math.cos(angle) / 2, math.sin(angle) / 2
            self.shape(
                [
                    (a[0] + dx * wa, a[1] + dy * wa),
                    (b[0] + dx * wb, b[1] + dy * wb),
                    (b[0] - dx * wb, b[1] - dy * wb),
                    (a[0] - dx * wa, a[1] - dy * wa),
                ],
                colour,
            )
            self.dot(*a, wa / 2, colour)
            self.dot(*b, wb / 2, colour)

    def gradient(self, top: float, bottom: float, colours: Sequence[Colour]) -> None:
        """Fill the whole width between two heights, from the first colour down to the last."""
        strip = Image.new("RGB", (1, _STRIP))
        for i in range(_STRIP):
            place = i / (_STRIP - 1) * (len(colours) - 1)
            step = min(int(place), len(colours) - 2)
            strip.putpixel((0, i), mix(colours[step], colours[step + 1], place - step))
        size = (self.image.width, max(1, round((bottom - top) * OVERSAMPLING)))
        stretched = strip.resize((1, size[1]), Image.Resampling.BICUBIC).resize(size)
        self.image.paste(stretched, (0, round(top * OVERSAMPLING)))

    def veil(self, top: float, bottom: float, colour: Colour, above: float, below: float) -> None:
        """Mist, or dusk: a colour over the whole width whose strength runs from above to below (0-1)."""
        strip = Image.new("L", (1, _STRIP))
        for i in range(_STRIP):
            strip.putpixel((0, i), round(255 * (above + (below - above) * i / (_STRIP - 1))))
        size = (self.image.width, max(1, round((bottom - top) * OVERSAMPLING)))
        mask = strip.resize((1, size[1]), Image.Resampling.BICUBIC).resize(size)
        self.image.paste(rgb(colour), (0, round(top * OVERSAMPLING)), mask)

    def glow(
        self,
        x: float,
        y: float,
        rx: float,
        colour: Colour,
        strength: float = 1.0,
        ry: float | None = None,
    ) -> None:
        """Light (or a soft shadow) that fades from the middle outwards."""
        size = (
            max(2, round(2 * rx * OVERSAMPLING)),
            max(2, round(2 * (ry or rx) * OVERSAMPLING)),
        )
        small = Image.radial_gradient("L").point(
            [round(strength * 255 * (1 - min(1, v / 181)) ** 1.6) for v in range(256)]
        )
        corner = (
            round(x * OVERSAMPLING - size[0] / 2),
            round(y * OVERSAMPLING - size[1] / 2),
        )
        self.image.paste(rgb(colour), corner, small.resize(size, Image.Resampling.BILINEAR))

    def kept(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[Image.Image, tuple[int, int]]:
        """What stands in this box now, to be put back over what is drawn next (legs in water)."""
        corners = [round(v * OVERSAMPLING) for v in (x0, y0, x1, y1)]
        return self.image.crop(corners), (corners[0], corners[1])

    def put_back(self, kept: tuple[Image.Image, tuple[int, int]]) -> None:
        self.image.paste(*kept)

    def finished(self, grain: int = 4, edge: float = 0.22) -> Image.Image:
        """The picture in its own size, with a little grain and slightly darker corners."""
        picture = self.image.reduce(OVERSAMPLING)
        vignette = Image.radial_gradient("L").point(
            [round(255 * (1 - edge * max(0.0, (v - 90) / 165) ** 1.5)) for v in range(256)]
        )
        vignette = vignette.resize(picture.size, Image.Resampling.BILINEAR)
        tile = Image.frombytes("L", (256, 256), self.chance.randbytes(256 * 256))
        tile = tile.filter(ImageFilter.GaussianBlur(0.6)).point(
            [round(128 + (v - 128) * grain / 64) for v in range(256)]
        )
        paper = Image.new("L", picture.size)
        for left in range(0, picture.width, 256):
            for top in range(0, picture.height, 256):
                paper.paste(tile, (left, top))
        picture = ImageChops.multiply(picture, Image.merge("RGB", [vignette] * 3))
        return ImageChops.add(picture, Image.merge("RGB", [paper] * 3), 1, -128)

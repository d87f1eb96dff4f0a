"""What landscapes are made of: hills, water, clouds, trees, grass."""

import math
from collections.abc import Sequence

from example.scenes.canvas import Canvas, Colour, Point, mix


def sky(
    c: Canvas, colours: Sequence[Colour], horizon: float, *, clouds: int = 0, cloud: Colour = "#fff"
) -> None:
    """The sky down to `horizon` (in pixels), with soft flat clouds."""
    c.gradient(0, horizon + 2, colours)
    for _ in range(clouds):
        x, y = c.chance.uniform(0, c.w), c.chance.uniform(c.h * 0.04, horizon * 0.62)
        wide = c.chance.uniform(0.07, 0.2) * c.w
        for _ in range(5):
            c.glow(c.near(x, wide * 0.6), c.near(y, wide * 0.07), wide * 0.6, cloud, 0.4,
                   wide * 0.12)  # fmt: skip


def sun(c: Canvas, x: float, y: float, r: float, colour: Colour, halo: Colour) -> None:
    c.glow(x, y, r * 9, halo, 0.55)
    c.glow(x, y, r * 3.6, halo, 0.6)
    c.dot(x, y, r, colour)


def ridge(
    c: Canvas, base: float, rise: float, colour: Colour, *, waves: float = 2.0, rough: float = 0.12
) -> list[Point]:
    """A line of hills across the picture, filled down to its foot; returns the line."""
    phases = [c.chance.uniform(0, 6.3) for _ in range(5)]
    line = []
    for i in range(161):
        x = i / 160
        y = sum(
            math.sin(x * 6.3 * waves * (k + 1) * 0.77 + phase) / (k + 1.2) ** 1.5
            for k, phase in enumerate(phases)
        )
        jag = c.chance.uniform(-1, 1) * rough
        line.append((x * c.w, base - rise * (0.5 + 0.42 * y + jag * 0.1)))
    c.shape([*line, (c.w, c.h), (0, c.h)], colour)
    return line


def water(
    c: Canvas, top: float, colours: Sequence[Colour], glint: Colour, *, strokes: int = 260
) -> None:
    """Water from `top` to the bottom, its ripples growing towards us."""
    c.gradient(top, c.h, colours)
    deep = c.h - top
    for _ in range(strokes):
        near = c.chance.random() ** 1.7
        y = top + near * deep
        wide = c.chance.uniform(0.2, 1) * (10 + near * c.w * 0.09)
        x = c.chance.uniform(-0.05, 1.0) * c.w
        alpha = c.chance.randint(14, 62)
        c.oval(x + wide / 2, y, wide / 2, 0.8 + near * 3.2, glint, alpha)


def light_on_water(c: Canvas, x: float, top: float, colour: Colour, *, spread: float = 60) -> None:
    """The path that a low sun or a lamp lays on the water."""
    for _ in range(130):
        near = c.chance.random()
        y = top + near * (c.h - top)
        wide = c.chance.uniform(0.3, 1) * spread * (0.35 + near)
        c.oval(c.near(x, spread * (0.2 + near * 0.8)), y, wide * 0.6, 1 + near * 3, colour,
               c.chance.randint(40, 130))  # fmt: skip


def palm(c: Canvas, x: float, y: float, tall: float, leaf: Colour, *, bend: float = 0.12) -> None:
    """A coconut palm whose foot is at (x, y)."""
    trunk = [(x + bend * tall * (t**1.8), y - tall * t) for t in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    c.limb(trunk, tall * 0.045, tall * 0.022, mix("#6b5140", leaf, 0.25))
    top = trunk[-1]
    for angle in range(-20, 340, 36):
        _frond(c, top, math.radians(c.near(angle, 9)), tall * c.chance.uniform(0.34, 0.44), leaf)
    for dx in (-0.02, 0.012, 0.03):
        c.dot(top[0] + dx * tall, top[1] + tall * 0.025, tall * 0.018, "#6d5a2e")


def _frond(c: Canvas, start: Point, angle: float, length: float, leaf: Colour) -> None:
    over, under = [], []
    for i in range(9):
        t = i / 8
        x = start[0] + math.cos(angle) * length * t
        y = start[1] - math.sin(angle) * length * t * 0.8 + length * 0.62 * t * t
        thick = length * 0.085 * math.sin(math.pi * min(1, t * 0.92 + 0.08))
        over.append((x, y - thick * 0.4))
        under.append((x, y + thick))
    c.shape([*over, *reversed(under)], mix(leaf, "#0c1c12", c.chance.uniform(0, 0.3)))


def bush(c: Canvas, x: float, y: float, size: float, leaf: Colour) -> None:
    """A round tree crown or bush resting on y."""
    for dx, dy, r, dark in ((-0.5, 0.3, 0.5, 0.3), (0.5, 0.3, 0.5, 0.36), (0, 0.5, 0.62, 0.22),
                            (-0.2, 0.75, 0.44, 0.08), (0.22, 0.68, 0.36, 0.14)):  # fmt: skip
        c.dot(x + dx * size, y - dy * size, r * size, mix(leaf, "#08160e", dark))


def tree(c: Canvas, x: float, y: float, tall: float, leaf: Colour) -> None:
    c.limb([(x, y), (x + tall * 0.02, y - tall * 0.55)], tall * 0.08, tall * 0.05, "#5b4636")
    bush(c, x, y - tall * 0.42, tall * 0.36, leaf)


def treeline(c: Canvas, y: float, size: float, leaf: Colour) -> None:
    """A low wood across the whole width."""
    x = -size
    while x < c.w + size:
        r = c.chance.uniform(0.5, 1.1) * size
        c.dot(x, y, r, mix(leaf, "#0a1810", c.chance.uniform(0, 0.22)))
        x += r * c.chance.uniform(0.5, 1)
    c.box(0, y, c.w, size * 0.5, leaf)


def grass(c: Canvas, top: float, bottom: float, colours: Sequence[Colour], blades: int) -> None:
    """Blades over a field, larger towards us."""
    for _ in range(blades):
        near = c.chance.random()
        y = top + (bottom - top) * near
        tall = 4 + near * near * 46
        x = c.chance.uniform(0, c.w)
        c.shape(
            [(x - tall * 0.07, y), (x + tall * 0.07, y), (c.near(x, tall * 0.35), y - tall)],
            c.chance.choice(colours),
            170,
        )


def rows(c: Canvas, top: float, vanish: Point, colour: Colour, *, count: int = 26) -> None:
    """The furrows of a field, running to a vanishing point; an even-odd pattern."""
    for i in range(-count, count * 2):
        if i % 2:
            continue
        a, b = i / count, (i + 1) / count
        ends = [(a * 2 - 0.5) * c.w, (b * 2 - 0.5) * c.w]
        share = (top - vanish[1]) / (c.h - vanish[1])
        tops = [vanish[0] + (e - vanish[0]) * share for e in ends]
        c.shape([(tops[0], top), (tops[1], top), (ends[1], c.h), (ends[0], c.h)], colour, 60)

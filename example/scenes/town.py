"""The town: its streets by day, by night and in rain, bicycles, sellers on the pavement."""

import math

from example.scenes.canvas import Canvas, Colour, mix
from example.scenes.nature import sky, tree
from example.scenes.people import (
    HOLD,
    RIDE,
    SHIRTS,
    STAND,
    TALK,
    WALK,
    Look,
    person,
    some_look,
)

WALLS = ("#e7c58f", "#d98f73", "#9fbfb4", "#e9dcc0", "#8fa9bf", "#d9b3a3", "#c9cf9f", "#f0e6d2")
SIGNS = ("#c8473c", "#2f7d8a", "#e0a33a", "#3f5f94", "#5a8f5a")
BULB = "#ffd98a"


def house(
    c: Canvas, x: float, ground: float, wide: float, floors: int, *, lit: bool = False
) -> None:
    """A tube house, a shop below, balconies above; at night its windows are lit."""
    wall = c.chance.choice(WALLS)
    if lit:
        wall = mix(wall, "#1a1f3f", 0.66)
    tall = wide * 0.62
    top = ground - tall * floors
    c.box(x, top, wide, tall * floors, wall)
    c.box(x + wide * 0.86, top, wide * 0.14, tall * floors, "#000000", 30)
    roof = mix("#a9503a", "#1a1f3f", 0.6 if lit else 0)
    c.shape([(x - 4, top), (x + wide / 2, top - wide * 0.26), (x + wide + 4, top)], roof)
    for floor in range(floors - 1):
        y = top + floor * tall
        for k in range(2):
            on = lit and c.chance.random() < 0.62
            glass = BULB if on else ("#26315a" if lit else "#5d7f8c")
            c.box(
                x + wide * (0.13 + k * 0.42),
                y + tall * 0.2,
                wide * 0.3,
                tall * 0.52,
                "#f4eee0",
                150 if lit else 255,
            )
            c.box(x + wide * (0.15 + k * 0.42), y + tall * 0.23, wide * 0.26, tall * 0.46, glass)
        c.box(x - 3, y + tall * 0.82, wide + 6, tall * 0.08, mix(wall, "#ffffff", 0.35))
    shop = BULB if lit else "#6d5a4a"
    c.box(x + wide * 0.08, ground - tall * 0.72, wide * 0.84, tall * 0.72, shop)
    sign = c.chance.choice(SIGNS)
    c.box(x + wide * 0.03, ground - tall * 0.98, wide * 0.94, tall * 0.24, sign, r=4)
    c.box(x + wide * 0.2, ground - tall * 0.91, wide * 0.5, tall * 0.09, "#fff6e0", 220, r=3)
    for i in range(6):
        c.shape([(x + wide * (0.04 + i * 0.155), ground - tall * 0.74), (x + wide * (0.195 + i * 0.155), ground - tall * 0.74),
                 (x + wide * (0.175 + i * 0.155), ground - tall * 0.6), (x + wide * (0.02 + i * 0.155), ground - tall * 0.6)],
                sign if i % 2 else "#fbf3e0")  # fmt: skip


def _row_of_houses(c: Canvas, ground: float, *, lit: bool = False) -> None:
    x = -40.0
    while x < c.w:
        wide = c.chance.uniform(0.09, 0.125) * c.w
        house(c, x, ground, wide, c.chance.choice((3, 3, 4, 5)), lit=lit)
        x += wide + 2


def bicycle(
    c: Canvas, x: float, y: float, size: float, colour: Colour, rider: Look | None, facing: int = 1
) -> None:
    """A bicycle, its wheels on y, with or without somebody on it."""
    r = size * 0.3
    back, front = (x - facing * size * 0.5, y - r), (x + facing * size * 0.5, y - r)
    for wheel in (back, front):
        points = [
            (wheel[0] + math.cos(a / 5) * r, wheel[1] + math.sin(a / 5) * r) for a in range(33)
        ]
        c.stroke(points, size * 0.035, "#22262c")
        c.dot(*wheel, size * 0.04, "#22262c")
    saddle, bar, pedal = (
        (x - facing * size * 0.2, y - size * 0.62),
        (x + facing * size * 0.34, y - size * 0.7),
        (x - facing * size * 0.04, y - r),
    )
    c.stroke([back, saddle, pedal, back], size * 0.03, colour)
    c.stroke(
        [saddle, (bar[0] - facing * size * 0.02, bar[1] + size * 0.12), pedal], size * 0.035, colour
    )
    c.stroke([bar, front], size * 0.035, colour)
    c.box(saddle[0] - size * 0.1, saddle[1] - size * 0.04, size * 0.2, size * 0.05, "#22262c", r=4)
    if rider:
        person(c, saddle[0], y - size * 0.06, size * 1.5, rider, RIDE, facing, shadow=0)


def street(c: Canvas, *, sky_colours: tuple = ("#8fc6de", "#f3ecd2"), pupils: bool = False) -> None:
    """A shopping street by day: tube houses, trees, bicycles, vendors on the pavement."""
    ground = c.h * 0.72
    sky(c, sky_colours, ground, clouds=6)
    _row_of_houses(c, ground)
    for i in range(5):
        tree(
            c,
            c.w * (0.06 + i * 0.23),
            ground + 26,
            c.h * 0.36,
            c.chance.choice(("#4f8a4e", "#6a9a4a", "#c9573f")),
        )
    c.box(0, ground, c.w, c.h * 0.07, "#cfc2ac")
    c.gradient(ground + c.h * 0.07, c.h, ("#77777a", "#57575d"))
    c.box(0, ground + c.h * 0.068, c.w, 9, "#f0e9da")
    for i in range(7):
        c.box(c.w * (0.03 + i * 0.15), c.h * 0.885, c.w * 0.08, 9, "#e9e4d4", 200)
    for x, pose in ((0.12, HOLD), (0.3, STAND), (0.44, TALK), (0.86, HOLD)):
        person(
            c,
            c.w * x,
            ground + c.h * 0.055,
            c.h * 0.27,
            some_look(c, hat="cone" if x < 0.2 else None),
            pose,
            1,
        )
    shirts = ("#f7f5ef",) if pupils else SHIRTS
    for i in range(4 if pupils else 3):
        rider = some_look(
            c, shirts, hat="cap" if i % 2 else None, hat_colour="#c8473c", shorts=pupils
        )
        bicycle(
            c,
            c.w * (0.18 + i * 0.25),
            c.h * (0.95 + 0.02 * (i % 2)),
            c.h * 0.17,
            SIGNS[i % 5],
            rider,
        )


def night_street(c: Canvas) -> None:
    """A walking street at night under strings of lights, a crowd between stalls."""
    ground = c.h * 0.7
    c.gradient(0, c.h, ("#0e1638", "#2a2856", "#5a3a5f"))
    c.dot(c.w * 0.84, c.h * 0.12, 34, "#fbf0cf")
    _row_of_houses(c, ground, lit=True)
    c.gradient(ground, c.h, ("#4a3a54", "#241f3a"))
    for _ in range(26):
        c.glow(c.chance.uniform(0, c.w), c.near(c.h * 0.86, c.h * 0.1), 130, "#ffb866", 0.28, 34)
    for line in range(4):
        y, sag = c.h * (0.2 + line * 0.06), c.h * 0.07
        for i in range(25):
            t = i / 24
            x, ly = c.w * t, y + sag * math.sin(math.pi * ((t * 2) % 1))
            c.glow(x, ly, 34, "#ffcf7a", 0.6)
            c.dot(x, ly, 5, ("#fff3c8", "#ff9f6a", "#a9e0d0")[(i + line) % 3])
    for i in range(24):
        share = i / 23
        look = some_look(c, tuple(mix(s, "#1a1c3a", 0.35) for s in SHIRTS), trousers="#221f33")
        person(c, c.near(c.w * ((i * 7 % 24) / 23), 30), c.h * (0.78 + 0.2 * share), c.h * (0.24 + 0.13 * share), look,
               (WALK, STAND, TALK, HOLD)[i % 4], 1 if i % 2 else -1)  # fmt: skip


def rain(c: Canvas) -> None:
    """People with umbrellas on a shining wet street."""
    ground = c.h * 0.64
    c.gradient(0, c.h, ("#6d7f8d", "#a9b5b8", "#8a979c"))
    _row_of_houses(c, ground, lit=False)
    c.veil(0, ground, "#6d7f8d", 0.55, 0.35)
    c.gradient(ground, c.h, ("#7d8a92", "#4a555f"))
    for _ in range(70):
        x, y = c.chance.uniform(0, c.w), c.chance.uniform(ground, c.h)
        c.oval(
            x,
            y,
            c.chance.uniform(20, 120),
            4,
            c.chance.choice(("#f0d9a8", "#dfe7ea", "#c9a09a")),
            50,
        )
    for i in range(7):
        x, y, tall = (
            c.w * (0.08 + i * 0.14),
            c.h * (0.82 + 0.12 * ((i * 3) % 4) / 3),
            c.h * (0.3 + 0.1 * ((i * 3) % 4) / 3),
        )
        c.glow(x, y + tall * 0.25, tall * 0.18, "#2a333c", 0.5, tall * 0.3)
        person(c, x, y, tall, some_look(c), WALK, 1 if i % 2 else -1, shadow=0.3)
        tint = ("#d9473f", "#e8b13a", "#3f7fa8", "#5a9a6a", "#c9668f")[i % 5]
        c.stroke([(x + 8, y - tall * 0.62), (x + 8, y - tall * 1.12)], 4, "#2a2e36")
        c.half(x + 8, y - tall * 0.98, tall * 0.36, tall * 0.24, tint)
        c.half(x + 8, y - tall * 0.98, tall * 0.12, tall * 0.235, mix(tint, "#ffffff", 0.22))
    for _ in range(620):
        x, y = c.chance.uniform(0, c.w), c.chance.uniform(0, c.h)
        c.stroke([(x, y), (x - 10, y + 40)], 1, "#eef4f6", 90)

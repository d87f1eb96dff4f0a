"""Industry: factories, an assembly line, a container port, wind turbines."""

import math

from example.scenes.canvas import Canvas
from example.scenes.nature import bush, grass, ridge, sky, sun, water
from example.scenes.people import TALK, WALK, WORK, person, some_look
from example.scenes.town import SIGNS


def factory(c: Canvas) -> None:
    """An industrial park: long halls with solar roofs, wide roads, hills behind."""
    horizon = c.h * 0.44
    sky(c, ("#6fb0d6", "#eaf1e6"), horizon, clouds=8)
    ridge(c, horizon, c.h * 0.16, "#8fb0a6", waves=1.5)
    c.gradient(horizon, c.h, ("#a9bf8a", "#7d9a62"))
    for row in range(3):
        y, tall = c.h * (0.5 + row * 0.16), c.h * (0.09 + row * 0.035)
        for i in range(3):
            x, wide = c.w * (i * 0.36 - 0.06 - row * 0.05), c.w * (0.3 + row * 0.03)
            tint = ("#e9eef0", "#cfdde4", "#dfe3d8")[(i + row) % 3]
            c.box(x, y - tall * 0.3, wide, tall, tint)
            c.shape(
                [
                    (x, y - tall * 0.3),
                    (x + wide * 0.06, y - tall * 0.95),
                    (x + wide * 1.02, y - tall * 0.95),
                    (x + wide, y - tall * 0.3),
                ],
                "#3f6f94",
            )
            for k in range(9):
                c.stroke(
                    [
                        (x + wide * (0.1 + k * 0.1), y - tall * 0.3),
                        (x + wide * (0.14 + k * 0.1), y - tall * 0.95),
                    ],
                    2,
                    "#9fc3d9",
                    150,
                )
            c.stroke(
                [(x + wide * 0.03, y - tall * 0.62), (x + wide, y - tall * 0.62)], 2, "#9fc3d9", 150
            )
            c.box(x, y + tall * 0.02, wide, tall * 0.12, SIGNS[(i + row) % 4], 200)
            for k in range(5):
                c.box(
                    x + wide * (0.06 + k * 0.19), y + tall * 0.3, wide * 0.11, tall * 0.4, "#7d94a0"
                )
        c.box(0, y + tall * 0.7, c.w, c.h * 0.03, "#8d9196")
        for k in range(12):
            bush(c, c.w * (k / 11), y + tall * 0.72, 20 + row * 8, "#5a8a4e")
    c.shape(
        [(c.w * 0.42, c.h), (c.w * 0.58, c.h * 0.44), (c.w * 0.6, c.h * 0.44), (c.w * 0.66, c.h)],
        "#7f848a",
    )
    for k in range(7):
        c.shape([(c.w * (0.541 + k * 0.0075), c.h * (0.97 - k * 0.08)), (c.w * (0.549 + k * 0.0072), c.h * (0.97 - k * 0.08)),
                 (c.w * (0.555 + k * 0.0068), c.h * (0.93 - k * 0.08)), (c.w * (0.549 + k * 0.0068), c.h * (0.93 - k * 0.08))], "#f3efe2")  # fmt: skip
    c.box(c.w * 0.49, c.h * 0.8, 130, 66, "#d2543f", r=6)
    c.box(c.w * 0.49, c.h * 0.76, 96, 50, "#f1ede2", r=4)


def assembly(c: Canvas) -> None:
    """Workers in caps along a bright assembly line."""
    c.gradient(0, c.h, ("#e6eef1", "#c9d9df"))
    for i in range(6):
        y = c.h * (0.04 + i * 0.035)
        c.box(c.w * (0.1 + i * 0.03), y, c.w * (0.8 - i * 0.06), 10, "#ffffff")
        c.glow(c.w * 0.5, y, c.w * 0.4, "#ffffff", 0.3, 40)
    for row in range(3):
        y, tall = c.h * (0.5 + row * 0.22), c.h * (0.3 + row * 0.1)
        count = 8 - row * 2
        for i in range(count):
            look = some_look(
                c, ("#4f9ab5",), hat="cloth", hat_colour="#4f9ab5", short_sleeves=False
            )
            person(
                c,
                c.w * (i + 0.5) / count,
                y + tall * 0.3,
                tall,
                look,
                WORK,
                1 if row % 2 else -1,
                shadow=0,
            )
        c.box(0, y - tall * 0.02, c.w, tall * 0.1, "#3f6a52")
        c.box(0, y + tall * 0.08, c.w, tall * 0.36, "#8fa3ab")
        c.box(0, y + tall * 0.4, c.w, tall * 0.3, "#c3d2d8")
        for i in range(count * 2):
            c.box(
                c.w * (i + 0.3) / (count * 2),
                y - tall * 0.08,
                c.w * 0.024,
                tall * 0.07,
                ("#e0b23a", "#2f3a44", "#d9573f")[i % 3],
                r=4,
            )


def container_port(c: Canvas) -> None:
    """A container ship at the quay under gantry cranes."""
    horizon = c.h * 0.55
    sky(c, ("#f0a878", "#f8dcae", "#fdf1d6"), horizon, clouds=8)
    sun(c, c.w * 0.15, c.h * 0.3, 40, "#fffbe8", "#ffe0a0")
    ridge(c, horizon, c.h * 0.08, "#c9a894")
    water(c, horizon, ("#e9c9a0", "#8a8f98", "#4a5f78"), "#fff4e0", strokes=260)
    tints = ("#c8473c", "#2f6f94", "#e0a33a", "#3f7d62", "#8a5a78", "#d8d2c4")
    _container_ship(c, tints)
    _gantries(c, tints)
    c.box(0, c.h * 0.76, c.w, c.h * 0.24, "#a39a8e")
    c.box(0, c.h * 0.757, c.w, 12, "#d9cfbd")
    for i in range(11):
        for level in range(1 + (i * 5) % 3):
            c.box(
                c.w * (i * 0.093 - 0.01),
                c.h * (0.9 - level * 0.072),
                c.w * 0.088,
                c.h * 0.07,
                c.chance.choice(tints),
                r=3,
            )
    for x in (0.36, 0.52, 0.63):
        person(
            c,
            c.w * x,
            c.h * 0.985,
            c.h * 0.15,
            some_look(c, ("#f08a2f",), hat="helmet", hat_colour="#f3f1ea"),
            TALK if x > 0.5 else WALK,
            1,
        )


def _container_ship(c: Canvas, tints: tuple) -> None:
    for level in range(4):
        for i in range(13 - level):
            c.box(
                c.w * (0.2 + i * 0.048),
                c.h * (0.5 - level * 0.052),
                c.w * 0.046,
                c.h * 0.05,
                c.chance.choice(tints),
            )
            c.box(
                c.w * (0.2 + i * 0.048),
                c.h * (0.5 - level * 0.052),
                c.w * 0.004,
                c.h * 0.05,
                "#000000",
                60,
            )
    c.shape(
        [
            (c.w * 0.08, c.h * 0.53),
            (c.w * 0.94, c.h * 0.53),
            (c.w * 0.88, c.h * 0.71),
            (c.w * 0.13, c.h * 0.71),
        ],
        "#24405c",
    )
    c.shape(
        [
            (c.w * 0.115, c.h * 0.65),
            (c.w * 0.9, c.h * 0.65),
            (c.w * 0.88, c.h * 0.71),
            (c.w * 0.13, c.h * 0.71),
        ],
        "#8a3a30",
    )
    c.box(c.w * 0.1, c.h * 0.32, c.w * 0.09, c.h * 0.22, "#f1ece0")
    for k in range(4):
        c.box(c.w * 0.108, c.h * (0.335 + k * 0.045), c.w * 0.074, c.h * 0.02, "#3f5f70")


def _gantries(c: Canvas, tints: tuple) -> None:
    for x in (0.42, 0.7):
        px = c.w * x
        for dx in (-70, 70):
            c.stroke([(px + dx, c.h * 0.78), (px + dx * 0.8, c.h * 0.16)], 14, "#b5402f")
        c.stroke([(px - 240, c.h * 0.2), (px + 230, c.h * 0.2)], 16, "#c8503c")
        c.stroke([(px - 220, c.h * 0.2), (px, c.h * 0.06), (px + 210, c.h * 0.2)], 4, "#8a3024")
        c.stroke([(px - 56, c.h * 0.2), (px, c.h * 0.06), (px + 56, c.h * 0.2)], 10, "#b5402f")
        c.stroke([(px + 30, c.h * 0.2), (px + 30, c.h * 0.27)], 3, "#333333")
        c.box(px - 8, c.h * 0.27, 76, 46, c.chance.choice(tints))


def wind_farm(c: Canvas) -> None:
    """Wind turbines along the coast above the mud flats."""
    horizon = c.h * 0.62
    sky(c, ("#4f8fc0", "#a9d3e0", "#f6ead0"), horizon, clouds=8)
    water(c, horizon, ("#b9dbe0", "#6aa3b5", "#3f7890"), "#ffffff", strokes=260)
    c.shape(
        [(0, c.h * 0.9), (c.w * 0.4, c.h * 0.84), (c.w, c.h * 0.9), (c.w, c.h), (0, c.h)], "#8a7a5c"
    )
    for i in range(9):
        x, y = c.w * (0.05 + i * 0.115), horizon + c.h * (0.02 + 0.028 * ((i * 4) % 9))
        tall = c.h * (0.26 + 0.03 * ((i * 4) % 9))
        c.shape([(x - 9, y), (x - 4, y - tall), (x + 4, y - tall), (x + 9, y)], "#f7f7f3")
        c.shape([(x + 1, y), (x + 1, y - tall), (x + 4, y - tall), (x + 9, y)], "#9fb0b8")
        start = c.chance.uniform(0, 2)
        for k in range(3):
            angle = start + k * math.tau / 3
            c.limb(
                [
                    (x, y - tall),
                    (x + math.cos(angle) * tall * 0.52, y - tall + math.sin(angle) * tall * 0.52),
                ],
                10,
                2,
                "#fbfbf8",
            )
        c.dot(x, y - tall, 9, "#e9ecec")
        c.box(x - 24, y - 3, 48, 12, "#d9a03a", r=4)
    for i in range(3):
        person(
            c,
            c.w * (0.42 + i * 0.07),
            c.h * (0.93 + 0.01 * i),
            c.h * 0.16,
            some_look(c, hat="cone"),
            WALK,
            1,
        )
    grass(c, c.h * 0.94, c.h * 1.04, ("#6f8a4a", "#8fa05f"), 260)

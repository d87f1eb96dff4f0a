"""The river and the sea: boats, harbours, an island, beaches, a lighthouse."""

import math

from example.scenes.canvas import Canvas, Colour, mix
from example.scenes.nature import (
    bush,
    grass,
    light_on_water,
    palm,
    ridge,
    sky,
    sun,
    treeline,
    water,
)
from example.scenes.people import (
    CARRY,
    HOLD,
    SIT,
    STAND,
    TALK,
    WALK,
    Look,
    person,
    some_look,
)

HULLS = ("#2f6fa3", "#c14a3a", "#2f7d68", "#d9a03a", "#3f5a8a")
FISHERS = ("#4f6a7a", "#8a4f45", "#6a7a4f", "#d0b58a", "#7a5f8a")


def fishing_boat(
    c: Canvas, x: float, y: float, long: float, hull: Colour, *, lamps: bool = False
) -> None:
    """A wooden trawler, bow to the right, its waterline at y; lamps: the lights of squid fishers."""
    tall = long * 0.24
    c.glow(x, y + tall * 0.15, long * 0.6, "#0d2233", 0.55, tall * 0.4)
    deck = y - tall * 0.6
    c.box(x - long * 0.34, deck - tall * 1.05, long * 0.32, tall * 1.1, "#e9e2d0", r=5)
    c.box(x - long * 0.37, deck - tall * 1.16, long * 0.38, tall * 0.16, mix(hull, "#ffffff", 0.15))
    for i in range(3):
        c.box(x - long * (0.31 - i * 0.1), deck - tall * 0.85, long * 0.06, tall * 0.32, "#47606e")
    c.stroke([(x + long * 0.14, deck), (x + long * 0.14, deck - tall * 2.4)], 5, "#5a4636")
    c.stroke(
        [(x + long * 0.14, deck - tall * 2.3), (x - long * 0.3, deck - tall * 1.1)], 2, "#3a3a3a"
    )
    c.stroke(
        [(x + long * 0.14, deck - tall * 2.3), (x + long * 0.5, deck - tall * 0.5)], 2, "#3a3a3a"
    )
    c.shape([(x + long * 0.145, deck - tall * 2.4), (x + long * 0.26, deck - tall * 2.24),
             (x + long * 0.145, deck - tall * 2.05)], "#c8352b")  # fmt: skip
    c.shape([(x - long * 0.48, deck - tall * 0.1), (x + long * 0.3, deck), (x + long * 0.56, deck - tall * 0.5),
             (x + long * 0.4, y + tall * 0.16), (x - long * 0.42, y + tall * 0.16)], hull)  # fmt: skip
    c.shape([(x - long * 0.47, deck + tall * 0.1), (x + long * 0.33, deck + tall * 0.16),
             (x + long * 0.55, deck - tall * 0.4), (x + long * 0.53, deck - tall * 0.2),
             (x + long * 0.34, deck + tall * 0.3), (x - long * 0.465, deck + tall * 0.24)], "#f1e7cf")  # fmt: skip
    c.shape([(x - long * 0.44, y - tall * 0.06), (x + long * 0.44, y - tall * 0.06),
             (x + long * 0.4, y + tall * 0.16), (x - long * 0.42, y + tall * 0.16)], "#7a2f2a", 190)  # fmt: skip
    c.oval(x + long * 0.42, deck + tall * 0.18, long * 0.03, tall * 0.09, "#f8f4ea")
    c.dot(x + long * 0.43, deck + tall * 0.18, tall * 0.05, "#15181c")
    if lamps:
        for i in range(6):
            lx = x - long * 0.28 + i * long * 0.08
            c.glow(lx, deck - tall * 1.4, long * 0.14, "#fff0b8", 0.9)
            c.dot(lx, deck - tall * 1.4, 5, "#fffbe6")
    else:
        for i in range(3):
            c.oval(x + long * (0.02 + i * 0.06), deck - tall * 0.08, long * 0.05, tall * 0.16,
                   ("#3f8f86", "#d98a3a", "#4a6fa3")[i])  # fmt: skip


def river_dawn(c: Canvas, *, colours: tuple = ("#6f7fa8", "#e9a58c", "#fbe3b4")) -> None:
    """A wide river between misty hills at first light, a rower on it."""
    horizon = c.h * 0.5
    sky(c, colours, horizon, clouds=6, cloud="#ffe9d6")
    sun(c, c.w * 0.62, c.h * 0.4, 46, "#fff8e0", "#fff3c8")
    for i in range(4):
        tint = mix(mix(colours[0], colours[1], 0.5), "#263a4f", 0.15 + i * 0.2)
        ridge(c, horizon - c.h * 0.02 + i * 5, c.h * (0.24 - i * 0.055), tint, waves=1.2 + i * 0.7)
        c.veil(horizon - c.h * 0.16, horizon + 12, colours[2], 0.0, 0.45 - i * 0.06)
    water(c, horizon, (colours[2], colours[1], mix(colours[0], "#1a2a44", 0.45)), "#fff4dc")
    light_on_water(c, c.w * 0.62, horizon + 4, "#fff3cf", spread=110)
    x, y, long = c.w * 0.36, c.h * 0.76, c.w * 0.24
    c.glow(x, y + 16, long * 0.6, "#1c2438", 0.6, 26)
    dark = Look("#2e2c3c", "#24222e", "#4a3a3a", hat="cone", hat_colour="#6a5a4a",
                short_sleeves=False)  # fmt: skip
    person(c, x - long * 0.22, y - 4, c.h * 0.2, dark, HOLD, 1, shadow=0)
    c.stroke([(x - long * 0.1, y - c.h * 0.12), (x - long * 0.36, y + 40)], 6, "#2a2630")
    c.shape([(x - long * 0.56, y - 22), (x + long * 0.56, y - 26), (x + long * 0.4, y + 16),
             (x - long * 0.42, y + 16)], "#2b2733")  # fmt: skip
    for i in range(26):
        x = c.w * (i / 25 * 0.3 - 0.02)
        c.stroke([(x, c.h), (c.near(x + 20, 22), c.h * c.chance.uniform(0.78, 0.92))], 4, "#232a33")


def harbour(c: Canvas) -> None:
    """A fishing port: rows of boats at the quay, baskets, people carrying the catch ashore."""
    boats = 7
    colours = ("#4f6c99", "#d99a86", "#f8d9a8")
    horizon = c.h * 0.42
    sky(c, colours, horizon, clouds=6, cloud="#ffe6d0")
    sun(c, c.w * 0.2, c.h * 0.34, 40, "#fff3d2", "#ffd79a")
    ridge(c, horizon, c.h * 0.14, mix(colours[0], "#30485f", 0.3), waves=1.3)
    water(c, horizon, (colours[-1], mix(colours[0], "#2f6f86", 0.5), "#27485c"), "#fff2dc")
    light_on_water(c, c.w * 0.2, horizon, "#ffeabf", spread=70)
    for row in range(2):
        count = boats - row * 2
        for i in range(count):
            x = c.w * (i + 0.4 + 0.25 * row) / count
            fishing_boat(c, c.near(x, 20), c.h * (0.53 + row * 0.13), c.w * (0.17 + row * 0.09),
                         HULLS[(i + row * 2) % 5])  # fmt: skip
    c.box(0, c.h * 0.78, c.w, c.h * 0.22, "#b8a892")
    c.box(0, c.h * 0.775, c.w, 14, "#d8cab2")
    c.veil(c.h * 0.79, c.h, "#4a3a34", 0.0, 0.45)
    for i in range(5):
        look = some_look(c, FISHERS, hat="cone" if i % 2 else "cap", hat_colour="#ead8a6")
        found = person(c, c.w * (0.12 + i * 0.2), c.h * (0.93 + 0.02 * (i % 2)), c.h * 0.3, look,
                       (CARRY, STAND, CARRY, TALK, CARRY)[i], 1 if i % 2 else -1)  # fmt: skip
        if i % 2 == 0:
            _shoulder_pole(c, found["neck"], c.h * 0.3)
    for i in range(9):
        _basket(c, c.near(c.w * (0.05 + i * 0.115), 30), c.h * 0.985, 56)


def _shoulder_pole(c: Canvas, neck: tuple[float, float], tall: float) -> None:
    x, y = neck
    c.stroke(
        [(x - tall * 0.44, y + tall * 0.07), (x, y), (x + tall * 0.44, y + tall * 0.07)],
        6,
        "#8a6a3c",
    )
    for side in (-1, 1):
        px = x + side * tall * 0.42
        for dx in (-0.1, 0.1):
            c.stroke([(px, y + tall * 0.07), (px + dx * tall, y + tall * 0.46)], 2, "#5a4a34")
        _basket(c, px, y + tall * 0.58, tall * 0.26)


def _basket(c: Canvas, x: float, y: float, wide: float) -> None:
    """A round basket of fish standing on y."""
    c.shape([(x - wide * 0.5, y - wide * 0.5), (x + wide * 0.5, y - wide * 0.5),
             (x + wide * 0.36, y), (x - wide * 0.36, y)], "#b08a52")  # fmt: skip
    for i in range(3):
        c.box(x - wide * 0.46, y - wide * (0.42 - i * 0.14), wide * 0.92, 3, "#7d5f34", 150)
    c.oval(x, y - wide * 0.5, wide * 0.52, wide * 0.14, "#8a6a3c")
    for i in range(6):
        c.oval(x + wide * (-0.32 + i * 0.13), y - wide * (0.53 + 0.05 * (i % 2)), wide * 0.15,
               wide * 0.055, ("#cfd8dc", "#a9bac2", "#dfe5e4")[i % 3])  # fmt: skip


def carriers(c: Canvas) -> None:
    """Women with shoulder poles walk up the wet beach against the morning light."""
    sky(c, ("#31466f", "#a9728a", "#f2b48a", "#fbe0ac"), c.h * 0.46, clouds=7, cloud="#ffd9c0")
    sun(c, c.w * 0.7, c.h * 0.4, 50, "#fff5d8", "#ffcf8a")
    water(c, c.h * 0.46, ("#f6cf9c", "#8a7a94"), "#fff2d8", strokes=160)
    light_on_water(c, c.w * 0.7, c.h * 0.47, "#fff1c8", spread=80)
    for i in range(3):
        fishing_boat(c, c.w * (0.14 + i * 0.16), c.h * (0.52 + 0.01 * i), c.w * 0.13, HULLS[i])
    c.shape(
        [(0, c.h * 0.66), (c.w * 0.4, c.h * 0.62), (c.w, c.h * 0.68), (c.w, c.h), (0, c.h)],
        "#b38a72",
    )
    c.shape(
        [(0, c.h * 0.72), (c.w * 0.5, c.h * 0.67), (c.w, c.h * 0.73), (c.w, c.h), (0, c.h)],
        "#8d6a5c",
    )
    c.veil(c.h * 0.7, c.h, "#2b2030", 0.0, 0.4)
    for i in range(4):
        tall = c.h * (0.36 + 0.05 * i)
        x = c.w * (0.14 + i * 0.24)
        look = some_look(c, ("#5a3550", "#2f4f66", "#7a4038", "#3f5a4c"), hat="cone",
                         trousers="#2a2430", short_sleeves=False)  # fmt: skip
        found = person(c, x, c.h * (0.84 + 0.035 * i), tall, look, CARRY, 1)
        _shoulder_pole(c, found["neck"], tall)


def night_fleet(c: Canvas) -> None:
    """Squid boats with their lamps on, stars, the far coast."""
    c.gradient(0, c.h * 0.55, ("#070d22", "#12244a", "#2f4a74"))
    for _ in range(240):
        c.dot(c.chance.uniform(0, c.w), c.chance.random() ** 1.4 * c.h * 0.5,
              c.chance.uniform(0.5, 1.9), "#e8eeff", c.chance.randint(60, 230))  # fmt: skip
    ridge(c, c.h * 0.55, c.h * 0.08, "#101d3c")
    for _ in range(50):
        c.dot(c.chance.uniform(0, c.w), c.near(c.h * 0.54, 8), 2, "#ffcf7a", 190)
    water(c, c.h * 0.55, ("#23406c", "#0d1c38", "#060c1c"), "#5f86b8", strokes=220)
    for x, y, long in ((0.2, 0.62, 0.13), (0.48, 0.6, 0.1), (0.86, 0.64, 0.15), (0.6, 0.78, 0.34)):
        c.glow(c.w * x, c.h * (y - 0.05), c.w * long * 1.3, "#ffe9a8", 0.4)
        light_on_water(c, c.w * x, c.h * y, "#ffe7a6", spread=c.w * long * 0.3)
        fishing_boat(c, c.w * x, c.h * y, c.w * long, mix(HULLS[int(x * 10) % 5], "#101828", 0.45),
                     lamps=True)  # fmt: skip


def net_menders(c: Canvas) -> None:
    """A green net spread on the sand, people mending it under palms."""
    sky(c, ("#6fb6d6", "#e6f0e4"), c.h * 0.3, clouds=5)
    water(c, c.h * 0.3, ("#7fc3cc", "#3f8fa3"), "#ffffff", strokes=140)
    c.shape([(0, c.h * 0.4), (c.w, c.h * 0.36), (c.w, c.h), (0, c.h)], "#e6cfa0")
    c.shape([(0, c.h * 0.4), (c.w, c.h * 0.36), (c.w, c.h * 0.375), (0, c.h * 0.42)], "#f7efdd")
    fishing_boat(c, c.w * 0.7, c.h * 0.345, c.w * 0.36, HULLS[0])
    for i in range(34):
        t = i / 33
        c.stroke([(c.w * (0.04 + t * 0.92), c.h * 0.62 + math.sin(t * 9) * 22),
                  (c.w * (t * 1.1 - 0.05), c.h * 0.94)], 2, "#2f7d6a", 150)  # fmt: skip
        c.stroke([(0, c.h * (0.62 + t * 0.3)), (c.w * 0.5, c.h * (0.63 + t * 0.33)), (c.w, c.h * (0.61 + t * 0.31))],
                 2, "#3f9a80", 150)  # fmt: skip
    for x, y, tall, facing in ((0.24, 0.68, 0.24, 1), (0.76, 0.72, 0.26, -1), (0.5, 0.9, 0.31, 1)):
        look = some_look(c, FISHERS, hat="cone", short_sleeves=False)
        person(c, c.w * x, c.h * y, c.h * tall, look, NET, facing)
    for i in range(7):
        c.dot(c.w * (0.1 + i * 0.14), c.near(c.h * 0.93, 18), 17, "#e8863a")
    palm(c, c.w * 0.1, c.h * 0.5, c.h * 0.36, "#3d7d54", bend=0.22)
    palm(c, c.w * 0.98, c.h * 0.52, c.h * 0.44, "#2f6a48", bend=-0.26)


NET = type(SIT)(10, (34, 80), (44, 88), (84, 138), (78, 142))


def island(c: Canvas) -> None:
    """A green island over a clear sea, a village at its foot, a ferry under way."""
    horizon = c.h * 0.46
    sky(c, ("#3f9fd0", "#d9f0f0"), horizon, clouds=9)
    water(c, horizon, ("#4fb3c4", "#1f7fa6", "#12557f"), "#dff7f4", strokes=340)
    peak = [(0.18, 0.0), (0.27, 0.1), (0.34, 0.2), (0.42, 0.25), (0.47, 0.21), (0.55, 0.32), (0.62, 0.29),
            (0.7, 0.17), (0.78, 0.12), (0.86, 0.03), (0.9, 0.0)]  # fmt: skip
    for shift, tint in ((0, "#3f7d5c"), (0.025, "#55965f")):
        c.shape([(c.w * x, horizon + 12 - c.h * max(0, y - shift * 2)) for x, y in peak], tint)
    c.shape([(c.w * 0.55, horizon + 12 - c.h * 0.27), (c.w * 0.62, horizon + 12 - c.h * 0.24), (c.w * 0.9, horizon + 12),
             (c.w * 0.58, horizon + 12)], "#0c2a22", 46)  # fmt: skip
    c.oval(c.w * 0.54, horizon + 14, c.w * 0.37, 12, "#f0dcae")
    c.oval(c.w * 0.54, horizon + 24, c.w * 0.4, 10, "#8fe0d8", 150)
    for i in range(22):
        x = c.w * (0.3 + i * 0.022)
        tall = c.chance.uniform(18, 38)
        c.box(x, horizon + 6 - tall, 26, tall, c.chance.choice(("#f4ead2", "#e8c9a8", "#dbe7e4")))
        c.shape(
            [
                (x - 4, horizon + 6 - tall),
                (x + 13, horizon - 8 - tall),
                (x + 30, horizon + 6 - tall),
            ],
            "#b8563f",
        )
    for i in range(12):
        palm(
            c,
            c.near(c.w * (0.26 + i * 0.05), 20),
            horizon + 10,
            c.chance.uniform(46, 74),
            "#2f6a48",
        )
    _ferry(c, c.w * 0.3, c.h * 0.74, c.w * 0.14)
    for _ in range(9):
        x, y = c.chance.uniform(0.5, 0.95) * c.w, c.chance.uniform(0.06, 0.3) * c.h
        c.stroke([(x - 16, y - 7), (x, y), (x + 16, y - 7)], 3, "#ffffff")


def _ferry(c: Canvas, x: float, y: float, s: float) -> None:
    """A white passenger boat and its wake."""
    c.shape([(x - s * 3, y + 34), (x - s, y + 8), (x - s, y + 26)], "#ffffff", 110)
    c.glow(x, y + 20, s * 1.3, "#0d3a55", 0.5, 26)
    c.shape(
        [
            (x - s, y - 26),
            (x + s * 1.25, y - 34),
            (x + s * 0.95, y + 22),
            (x - s * 0.9, y + 22),
        ],
        "#f7f5ee",
    )
    c.shape(
        [
            (x - s * 0.95, y),
            (x + s * 1.1, y - 4),
            (x + s * 0.95, y + 22),
            (x - s * 0.9, y + 22),
        ],
        "#d2543f",
    )
    c.box(x - s * 0.8, y - 74, s * 1.5, 48, "#ffffff", r=8)
    for i in range(8):
        c.box(x - s * 0.72 + i * s * 0.17, y - 64, s * 0.12, 22, "#3f7d9c", r=4)
    c.box(x - s * 0.5, y - 104, s * 0.8, 32, "#eceae0", r=8)


def beach(c: Canvas) -> None:
    """Umbrellas, bathers and a kite on a curved beach."""
    sky(c, ("#58b4dd", "#e8f4ea"), c.h * 0.36, clouds=7)
    water(c, c.h * 0.36, ("#3aa3bd", "#7fd3cf", "#c9f0e4"), "#ffffff", strokes=260)
    ridge_end = [(c.w * 0.62, c.h * 0.365), (c.w * 0.74, c.h * 0.28), (c.w * 0.86, c.h * 0.24), (c.w, c.h * 0.2),
                 (c.w, c.h * 0.37)]  # fmt: skip
    c.shape(ridge_end, "#5a8f7a")
    curve = [
        (c.w * t, c.h * (0.92 - 0.42 * t**1.6) + math.sin(t * 16) * 5)
        for t in (i / 30 for i in range(31))
    ]
    c.shape([*[(x, y - 20) for x, y in curve], (c.w, c.h), (0, c.h)], "#ffffff", 190)
    c.shape([*curve, (c.w, c.h), (0, c.h)], "#e3c791")
    c.shape([*[(x, y + 34) for x, y in curve], (c.w, c.h), (0, c.h)], "#f4e0b0")
    tints = ("#e0574a", "#f0b23f", "#3f8fb0", "#5aa36f", "#d9708f")
    for i in range(6):
        x, y, s = c.w * (0.4 + i * 0.11), c.h * (0.92 - i * 0.055), 120 - i * 13
        c.glow(x + s * 0.3, y + 4, s, "#7a5a28", 0.4, s * 0.16)
        c.stroke([(x, y), (x, y - s * 1.3)], 5, "#f7f3e6")
        c.half(x, y - s * 1.05, s * 0.86, s * 0.5, tints[i % 5])
        for k in (-0.5, 0.18):
            c.shape(
                [(x, y - s * 1.55), (x + s * k, y - s * 1.05), (x + s * (k + 0.34), y - s * 1.05)],
                "#fff8e6",
                150,
            )
        person(c, x - s * 0.75, y + 8, s * 1.25, some_look(c, tints, shorts=True), STAND if i % 2 else WALK,
               -1 if i % 2 else 1)  # fmt: skip
    for i in range(9):
        c.half(c.w * (0.3 + i * 0.045), c.near(c.h * 0.5, 34), 8, 9, "#6b4636")
    palm(c, c.w * 0.07, c.h * 1.02, c.h * 0.76, "#2f7d54", bend=0.3)
    c.shape(
        [
            (c.w * 0.46, c.h * 0.1),
            (c.w * 0.5, c.h * 0.16),
            (c.w * 0.46, c.h * 0.25),
            (c.w * 0.425, c.h * 0.16),
        ],
        "#e8553f",
    )
    c.stroke(
        [(c.w * 0.46, c.h * 0.25), (c.w * 0.5, c.h * 0.45), (c.w * 0.62, c.h * 0.72)],
        2,
        "#ffffff",
        200,
    )


def lighthouse(c: Canvas) -> None:
    """A white lighthouse on a cape in the evening, its beam over the sea."""
    horizon = c.h * 0.62
    sky(c, ("#27335f", "#8a5f86", "#eb9c7a", "#f8d79c"), horizon, clouds=6, cloud="#ffd2bd")
    water(c, horizon, ("#e9b28a", "#6a5a7f", "#232f55"), "#ffe9cc", strokes=220)
    x = c.w * 0.6
    c.shape([(c.w * 0.2, c.h), (c.w * 0.34, c.h * 0.76), (c.w * 0.5, c.h * 0.69), (c.w * 0.75, c.h * 0.67),
             (c.w, c.h * 0.72), (c.w, c.h)], "#3a3a4a")  # fmt: skip
    c.shape([(c.w * 0.44, c.h * 0.71), (c.w * 0.75, c.h * 0.67), (c.w, c.h * 0.72), (c.w, c.h * 0.745),
             (c.w * 0.7, c.h * 0.7)], "#5f7a58")  # fmt: skip
    top = c.h * 0.24
    for side, alpha in ((-1, 90), (1, 50)):
        c.shape(
            [(x, top - 34), (x + side * c.w, top - 190), (x + side * c.w, top + 40)],
            "#fff3c0",
            alpha,
        )
    c.shape([(x - 78, c.h * 0.69), (x - 46, top), (x + 46, top), (x + 78, c.h * 0.69)], "#f3eee2")
    for share in (0.16, 0.5, 0.84):
        y = top + (c.h * 0.69 - top) * share
        half = 46 + 32 * share
        c.shape(
            [(x - half, y), (x + half, y), (x + half + 4, y + 74), (x - half - 4, y + 74)],
            "#c8473c",
        )
    c.shape([(x + 8, c.h * 0.69), (x + 4, top), (x + 46, top), (x + 78, c.h * 0.69)], "#1a1c34", 60)
    c.box(x - 60, top - 12, 120, 16, "#2b2d3c", r=4)
    c.box(x - 34, top - 66, 68, 56, "#fff2bd", r=6)
    c.glow(x, top - 38, 190, "#fff1b8", 0.9)
    c.half(x, top - 62, 42, 40, "#b23f36")
    for i in range(3):
        bush(c, c.w * (0.82 + i * 0.08), c.h * 0.72, 60, "#3f5f4a")
    person(c, c.w * 0.43, c.h * 0.71, c.h * 0.085, Look("#d9a04a"), STAND, -1)
    person(c, c.w * 0.47, c.h * 0.705, c.h * 0.08, Look("#e6e2d6", long_hair=True), STAND, -1)


def causeway(c: Canvas) -> None:
    """A flood on a country road: people wade past bent trees under a dark sky."""
    horizon = c.h * 0.4
    sky(c, ("#3d4a58", "#7f8d94", "#b5bcb8"), horizon, clouds=10, cloud="#9aa6ab")
    ridge(c, horizon, c.h * 0.12, "#66777c")
    treeline(c, horizon + 10, 30, "#46584c")
    water(c, horizon + 20, ("#a9a088", "#8a7a5c", "#6a5c46"), "#d9d2ba", strokes=300)
    for i in range(6):
        x = c.w * (0.05 + i * 0.18)
        c.box(x, c.h * 0.36, 120, c.h * 0.11, ("#d8cdb5", "#b9a98c", "#c9b9a8")[i % 3])
        c.shape([(x - 16, c.h * 0.365), (x + 60, c.h * 0.29), (x + 136, c.h * 0.365)], "#8a4a3a")
    for i in range(4):
        look = some_look(c, ("#3f6aa0", "#c9573f", "#d9a93f", "#4f8a6a"), hat="cone" if i % 2 else None,
                         shorts=True)  # fmt: skip
        x, y = c.w * (0.26 + i * 0.16), c.h * (0.8 + 0.03 * (i % 2))
        flood = c.kept(x - 160, y, x + 160, y + c.h * 0.2)
        person(c, x, y + c.h * 0.09, c.h * 0.44, look, WALK if i % 2 else CARRY, 1, shadow=0)
        c.put_back(flood)
        c.oval(x, y + 2, 84, 9, "#d9d2ba", 110)
        c.oval(x, y + 4, 58, 6, "#6a5c46")
    for _ in range(420):
        x, y = c.chance.uniform(0, c.w), c.chance.uniform(0, c.h)
        c.stroke([(x, y), (x - 9, y + 34)], 1, "#e6edf0", 80)
    grass(c, c.h * 0.96, c.h * 1.04, ("#5a6a44", "#47563a"), 160)

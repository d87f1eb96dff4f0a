"""Stalls, food and fruit."""

import math

from example.scenes.canvas import Canvas, mix
from example.scenes.nature import bush, palm, sky, treeline
from example.scenes.people import HOLD, STAND, TALK, WALK, WORK, person, some_look

AWNINGS = ("#c8473c", "#2f7d8a", "#e0a33a", "#5a8f5a")


def booths(c: Canvas, *, open_air: bool = False) -> None:
    """A fair of farm produce: booths with awnings, visitors before them."""
    c.gradient(0, c.h, ("#dfe9ec", "#f2ead6"))
    if open_air:
        sky(c, ("#6fb3d6", "#eef2dc"), c.h * 0.5, clouds=6)
        treeline(c, c.h * 0.2, 70, "#5f9460")
    for i in range(14):
        c.shape(
            [(c.w * i / 13 - 30, 0), (c.w * i / 13 + 30, 0), (c.w * i / 13, 52)], AWNINGS[i % 4]
        )
    for i in range(4):
        x, w, y = c.w * (0.02 + i * 0.245), c.w * 0.225, c.h * 0.16
        tint = AWNINGS[i]
        c.box(x, y + c.h * 0.08, w, c.h * 0.5, mix(tint, "#ffffff", 0.78))
        c.box(x + w * 0.12, y + c.h * 0.17, w * 0.76, c.h * 0.13, mix(tint, "#ffffff", 0.35), r=8)
        c.box(x + w * 0.26, y + c.h * 0.215, w * 0.48, c.h * 0.035, "#fffaf0", r=6)
        for k in range(8):
            c.shape([(x + w * k / 8, y), (x + w * (k + 1) / 8, y), (x + w * (k + 1) / 8, y + c.h * 0.1), (x + w * (k + 0.5) / 8, y + c.h * 0.125),
                     (x + w * k / 8, y + c.h * 0.1)], tint if k % 2 else "#fbf5e8")  # fmt: skip
        person(
            c,
            x + w * 0.5,
            c.h * 0.74,
            c.h * 0.38,
            some_look(c, (mix(tint, "#ffffff", 0.25),), hat="cap", hat_colour=tint),
            HOLD,
            1,
            shadow=0,
        )
        c.box(x, c.h * 0.6, w, c.h * 0.15, mix(tint, "#2a1c14", 0.35))
        c.box(x - 8, c.h * 0.59, w + 16, c.h * 0.025, "#d8b585", r=4)
        for k in range(9):
            _pile(
                c,
                x + w * (0.08 + k * 0.105),
                c.h * 0.592,
                ("#e8913a", "#8fae4a", "#d9573f", "#f0c24a", "#7a4a6a")[(k + i) % 5],
                k,
            )
    c.gradient(c.h * 0.75, c.h, ("#cdbb9a", "#a48f6e"))
    for i in range(9):
        person(
            c,
            c.w * (0.07 + i * 0.108),
            c.h * (0.9 + 0.07 * ((i * 3) % 4) / 3),
            c.h * 0.42,
            some_look(c),
            (STAND, TALK, WALK, HOLD)[i % 4],
            1 if i % 2 else -1,
        )


def _pile(c: Canvas, x: float, y: float, tint: str, kind: int) -> None:
    if kind % 3 == 0:
        c.box(x - 11, y - 52, 22, 52, mix(tint, "#ffffff", 0.3), r=6)
        c.box(x - 7, y - 62, 14, 14, "#5a4636", r=3)
        return
    for dx, dy in ((-11, 10), (11, 10), (0, 26)):
        c.dot(x + dx, y - dy, 13, mix(tint, "#3a1c10", 0.1 if dy < 20 else 0))


def fish_market(c: Canvas) -> None:
    """A fish market under lamps before sunrise: trays, ice, buyers."""
    c.gradient(0, c.h, ("#1c2a40", "#34495c", "#26333f"))
    for i in range(7):
        x = c.w * (0.08 + i * 0.14)
        c.stroke([(x, 0), (x, c.h * 0.16)], 3, "#0e141c")
        c.glow(x, c.h * 0.19, c.w * 0.14, "#ffe2a0", 0.75)
        c.half(x, c.h * 0.185, 44, 30, "#e9e2d0")
        c.oval(x, c.h * 0.187, 22, 8, "#fff6d8")
    for i in range(9):
        person(
            c,
            c.w * (0.04 + i * 0.117),
            c.h * 0.66,
            c.h * 0.38,
            some_look(c, tuple(mix(s, "#1c2a40", 0.35) for s in ("#8a9aa8", "#a9705f", "#6a8a6f"))),
            (HOLD, TALK, WORK)[i % 3],
            1 if i % 2 else -1,
            shadow=0,
        )
    c.gradient(c.h * 0.64, c.h, ("#3a5060", "#1f2c38"))
    for row in range(3):
        for i in range(6 - row):
            x, y, s = c.w * (i + 0.5) / (6 - row), c.h * (0.67 + row * 0.13), 100 + row * 34
            c.oval(x, y + s * 0.1, s, s * 0.32, "#b9c4c8")
            c.oval(x, y + s * 0.06, s * 0.92, s * 0.26, "#e4eef0")
            for k in range(8):
                _fish(
                    c,
                    x + s * (-0.55 + 0.15 * k),
                    y + s * (0.05 + 0.07 * (k % 3 - 1)),
                    s * 0.3,
                    ("#8fa6b2", "#c98a7a", "#a9bcc4", "#6a8494")[(k + row) % 4],
                )
    for x, facing, hat in ((0.12, 1, "cone"), (0.5, -1, "cone"), (0.88, -1, "cap")):
        person(
            c,
            c.w * x,
            c.h * 1.0,
            c.h * 0.5,
            some_look(c, ("#c9573f", "#3f8f86", "#e0a33a"), hat=hat),
            (WORK, TALK, HOLD)[int(x * 3)],
            facing,
        )


def _fish(c: Canvas, x: float, y: float, long: float, tint: str) -> None:
    c.oval(x, y, long * 0.5, long * 0.15, tint)
    c.shape(
        [
            (x - long * 0.4, y),
            (x - long * 0.62, y - long * 0.14),
            (x - long * 0.62, y + long * 0.14),
        ],
        tint,
    )
    c.oval(x, y + long * 0.05, long * 0.4, long * 0.07, "#f3f6f4", 150)
    c.dot(x + long * 0.36, y - long * 0.03, long * 0.03, "#16181c")


def bowl(c: Canvas) -> None:
    """A bowl of noodles with fish, herbs and lime, steaming; chopsticks beside it."""
    c.gradient(0, c.h, ("#8a5f3f", "#a9764c"))
    for i in range(9):
        c.box(0, c.h * i / 9, c.w, 3, "#5a3a24", 130)
    c.shape(
        [(c.w * 0.12, 0), (c.w * 0.9, c.h * 0.1), (c.w * 0.84, c.h), (c.w * 0.06, c.h)], "#2f6a5f"
    )
    for i in range(12):
        c.stroke(
            [(c.w * (0.12 + i * 0.065), c.h * 0.01 * i), (c.w * (0.06 + i * 0.065), c.h)],
            3,
            "#ffffff",
            26,
        )
    x, y, r = c.w * 0.47, c.h * 0.54, c.h * 0.34
    c.glow(x + 30, y + 60, r * 1.7, "#1a0f08", 0.75)
    c.dot(x, y, r * 1.08, "#dfe6e6")
    c.dot(x, y, r, "#f8f8f4")
    c.dot(x, y, r * 0.86, "#b3632e")
    c.dot(x, y, r * 0.83, "#d98a3a")
    _noodles(c, x, y, r)
    _lime(c)
    c.dot(c.w * 0.83, c.h * 0.3, 96, "#f4f1e8")
    c.dot(c.w * 0.83, c.h * 0.3, 74, "#7a2f1c")
    for dx in (0, 34):
        c.limb([(c.w * 0.13 + dx, c.h * 0.08), (c.w * 0.17 + dx, c.h * 0.95)], 13, 8, "#5a3020")
    for i in range(6):
        c.glow(x + (i - 2.5) * 70, y - r * 0.6 - i % 2 * 50, 80, "#ffffff", 0.28, 150)


def _noodles(c: Canvas, x: float, y: float, r: float) -> None:
    for _ in range(46):
        angle, deep = c.chance.uniform(0, 6.28), c.chance.uniform(0.1, 0.6) * r
        curve = [
            (
                x + math.cos(angle + t * 0.22) * (deep + t * 7),
                y + math.sin(angle + t * 0.22) * (deep + t * 5),
            )
            for t in range(7)
        ]
        c.stroke(curve, 9, "#fbf3dc")
    for angle in (0.4, 1.3, 2.4):
        fx, fy = x + math.cos(angle) * r * 0.4, y + math.sin(angle) * r * 0.4
        c.oval(fx, fy, r * 0.26, r * 0.16, "#c9834a")
        c.oval(fx - 6, fy - 8, r * 0.22, r * 0.11, "#e0a562")
    for _ in range(60):
        angle, deep = c.chance.uniform(3.2, 5.9), c.chance.uniform(0.1, 0.7) * r
        c.oval(
            x + math.cos(angle) * deep,
            y + math.sin(angle) * deep,
            17,
            9,
            c.chance.choice(("#5a9a3f", "#7ab54f", "#3f7d34")),
        )
    for _ in range(16):
        angle, deep = c.chance.uniform(0, 6.28), c.chance.uniform(0.1, 0.7) * r
        c.dot(x + math.cos(angle) * deep, y + math.sin(angle) * deep, 10, "#d0342a")


def _lime(c: Canvas) -> None:
    c.dot(c.w * 0.8, c.h * 0.72, 70, "#5a9a3f")
    c.dot(c.w * 0.8, c.h * 0.72, 60, "#dcebb0")
    for k in range(8):
        c.stroke(
            [
                (c.w * 0.8, c.h * 0.72),
                (c.w * 0.8 + math.cos(k * 0.785) * 52, c.h * 0.72 + math.sin(k * 0.785) * 52),
            ],
            4,
            "#a9c97a",
        )


def orchard(c: Canvas) -> None:
    """Rows of fruit trees heavy with pomelos, pickers with baskets."""
    sky(c, ("#8fcbe0", "#f3f2da"), c.h * 0.4, clouds=6)
    treeline(c, c.h * 0.36, 40, "#7fae6a")
    c.gradient(c.h * 0.38, c.h, ("#b9cf7a", "#6f9a44"))
    c.shape(
        [(c.w * 0.47, c.h * 0.4), (c.w * 0.53, c.h * 0.4), (c.w * 0.78, c.h), (c.w * 0.22, c.h)],
        "#d9c08a",
    )
    for row in range(4):
        size, y = 74 + row * 46, c.h * (0.5 + row * 0.15)
        for side in (-1, 1):
            for k in range(2):
                x = c.w * 0.5 + side * c.w * (0.16 + row * 0.07 + k * (0.17 + row * 0.05))
                c.glow(x, y + 8, size * 1.2, "#2a3a14", 0.5, size * 0.25)
                c.limb([(x, y), (x, y - size)], size * 0.2, size * 0.13, "#6b523e")
                bush(c, x, y - size * 0.55, size * 1.25, ("#4f8f3f", "#3f7d3a")[row % 2])
                for _ in range(13):
                    angle, deep = c.chance.uniform(0, 6.28), c.chance.random() ** 0.5 * size * 0.85
                    px, py = (
                        x + math.cos(angle) * deep,
                        y - size * 1.15 + math.sin(angle) * deep * 0.8,
                    )
                    c.dot(px, py, size * 0.11, "#c9c23f")
                    c.dot(px - size * 0.03, py - size * 0.03, size * 0.06, "#ece47a")
    for x, y, pose in ((0.38, 0.82, HOLD), (0.57, 0.74, TALK), (0.63, 0.95, WALK)):
        person(
            c,
            c.w * x,
            c.h * y,
            c.h * 0.34,
            some_look(c, ("#d9573f", "#4f86a8", "#f4efe6"), hat="cone"),
            pose,
            1 if x < 0.5 else -1,
        )
    for i in range(4):
        x, y = c.w * (0.42 + i * 0.045), c.h * 0.93
        c.box(x - 34, y - 10, 68, 54, "#a97a42", r=10)
        for dx in (-18, 0, 18):
            c.dot(x + dx, y - 12, 16, "#d6cf4f")


def flowers(c: Canvas) -> None:
    """A flower village before the new year: pots in long rows, gardeners watering."""
    sky(c, ("#f0b58a", "#fbe9c8"), c.h * 0.34, clouds=6)
    treeline(c, c.h * 0.34, 34, "#7a9460")
    c.gradient(c.h * 0.34, c.h, ("#a98a62", "#7a5f42"))
    tints = ("#f2b92f", "#e8584a", "#f6e9d8", "#d9568a", "#f08a2f")
    for row in range(7):
        y, s = c.h * (0.4 + row * 0.098), 26 + row * 11
        if row in (2, 4):
            for i in range(3):
                look = some_look(
                    c, ("#4f7a94", "#8a5f7e", "#5f8a5a"), hat="cone", short_sleeves=False
                )
                person(
                    c,
                    c.w * (0.18 + i * 0.31 + row * 0.02),
                    y + s * 0.3,
                    c.h * (0.26 + row * 0.03),
                    look,
                    (HOLD, WORK, TALK)[i],
                    1 if i < 2 else -1,
                )
        count = round(c.w / (s * 2.1))
        for i in range(count + 1):
            x = c.near(c.w * i / count, 4)
            c.box(x - s * 0.5, y + s * 0.35, s, s * 0.7, "#a9563a", r=6)
            c.dot(x, y, s * 0.86, "#4f7d3a")
            for _ in range(13):
                angle, deep = c.chance.uniform(0, 6.28), c.chance.random() ** 0.5 * s * 0.85
                c.dot(
                    x + math.cos(angle) * deep,
                    y + math.sin(angle) * deep * 0.9,
                    s * 0.2,
                    mix(tints[row % 5], "#fff6d8", c.chance.uniform(0, 0.35)),
                )
    palm(c, c.w * 0.95, c.h * 0.5, c.h * 0.42, "#4f8450", bend=-0.1)

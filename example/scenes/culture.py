"""Festivals, stages and crafts."""

import math

from example.scenes.canvas import Canvas, mix
from example.scenes.nature import palm, sky, sun, treeline, water
from example.scenes.people import (
    BEND,
    CHEER,
    DANCE,
    HOLD,
    SIT,
    STAND,
    WALK,
    Look,
    person,
    some_look,
)
from example.scenes.rooms import audience


def stage(c: Canvas) -> None:
    """Dancers in long dresses on a lit stage, the dark crowd before them."""
    tint, dancers = ("#3a1450", "#8a2f6a", "#e0704a"), 6
    c.gradient(0, c.h * 0.75, tint)
    c.glow(c.w * 0.5, c.h * 0.42, c.w * 0.45, "#ffd98a", 0.7, c.h * 0.4)
    c.dot(c.w * 0.5, c.h * 0.36, c.h * 0.24, mix(tint[2], "#ffe6b0", 0.6))
    for i in range(7):
        x = c.w * (0.08 + i * 0.14)
        c.shape([(x - 10, 0), (x + 10, 0), (c.w * 0.5 + (x - c.w * 0.5) * 0.4 + 150, c.h * 0.74), (c.w * 0.5 + (x - c.w * 0.5) * 0.4 - 150, c.h * 0.74)],
                ("#ffe9b8", "#ffc0d8", "#c0e6ff")[i % 3], 22)  # fmt: skip
        c.box(x - 22, 0, 44, 26, "#14101c", r=5)
    c.gradient(c.h * 0.7, c.h, (mix(tint[1], "#ffb070", 0.4), mix(tint[0], "#000000", 0.4)))
    c.box(0, c.h * 0.7, c.w, 8, "#ffd98a")
    dresses = ("#f4efe6", "#f2b23f", "#e8584a", "#5ab5a8", "#f08fb0", "#8fb5e8")
    for i in range(dancers):
        x = c.w * (0.14 + 0.72 * i / (dancers - 1))
        y = c.h * (0.8 - 0.05 * abs(i - (dancers - 1) / 2) / dancers)
        look = Look(
            dresses[i % 6],
            mix(dresses[i % 6], "#ffffff", 0.5),
            hat="cone" if i % 2 else None,
            dress=True,
            long_hair=True,
            short_sleeves=False,
        )
        found = person(c, x, y, c.h * 0.44, look, DANCE, 1 if i % 2 else -1)
        for hand in ("near", "far"):
            hx, hy = found[hand]
            c.shape(
                [
                    (hx, hy),
                    (hx - 46, hy - 30),
                    (hx - 16, hy - 52),
                    (hx + 16, hy - 52),
                    (hx + 46, hy - 30),
                ],
                mix(dresses[(i + 2) % 6], "#ffffff", 0.15),
            )
    audience(c, c.h * 0.99, 2, ("#1c1426", "#261a30"))


def procession(c: Canvas) -> None:
    """A seaside festival: flags, a palanquin, people in long tunics, boats dressed overall."""
    horizon = c.h * 0.38
    sky(c, ("#5fb0d9", "#f3eed4"), horizon, clouds=7)
    water(c, horizon, ("#6fbcc9", "#3f8fae"), "#ffffff", strokes=150)
    for i in range(4):
        x, y = c.w * (0.12 + i * 0.25), c.h * 0.47
        c.shape(
            [(x - 130, y - 20), (x + 130, y - 34), (x + 96, y + 14), (x - 100, y + 14)],
            ("#c8473c", "#2f6fa3", "#3f8f6a", "#d9a03a")[i],
        )
        c.stroke([(x, y - 24), (x, y - 170)], 5, "#6a4a34")
        for k in range(7):
            c.shape([(x - 110 + k * 32, y - 60 - 14 * (3 - abs(3 - k)) * 1.6), (x - 90 + k * 32, y - 60 - 14 * (3 - abs(3 - k)) * 1.6),
                     (x - 100 + k * 32, y - 34 - 14 * (3 - abs(3 - k)) * 1.6)], ("#f0c24a", "#e8584a", "#fff3d8")[k % 3])  # fmt: skip
    c.gradient(c.h * 0.52, c.h, ("#ecd6a4", "#cfae74"))
    flag_tints = ("#d0342a", "#f0b93a", "#3f8f5a", "#4a6fb5", "#e0764a")
    for i in range(8):
        x = c.w * (0.04 + i * 0.132)
        person(
            c,
            x,
            c.h * 0.72,
            c.h * 0.28,
            some_look(
                c, ("#c8473c", "#e0a33a"), hat="cloth", hat_colour="#c8473c", trousers="#f4efe6"
            ),
            HOLD,
            1,
        )
        c.stroke([(x + 26, c.h * 0.66), (x + 26, c.h * 0.2)], 5, "#7a5a3a")
        wave = [(x + 28 + t * 16, c.h * 0.21 + math.sin(t + i) * 8) for t in range(9)]
        c.shape([*wave, *[(px, py + 96) for px, py in reversed(wave)]], flag_tints[i % 5])
        c.shape(
            [*wave[1:-1], *[(px, py + 60) for px, py in reversed(wave[1:-1])]],
            mix(flag_tints[i % 5], "#fff3d8", 0.5),
            120,
        )
    x, y = c.w * 0.52, c.h * 0.68
    c.box(x - 260, y + 34, 520, 18, "#7a3a22", r=6)
    c.box(x - 110, y - 80, 220, 112, "#b5342a", r=6)
    c.box(x - 86, y - 60, 172, 92, "#f0c24a", r=6)
    c.shape([(x - 160, y - 76), (x - 96, y - 140), (x + 96, y - 140), (x + 160, y - 76)], "#d9a03a")
    c.shape([(x - 106, y - 138), (x, y - 190), (x + 106, y - 138)], "#b5342a")
    for i in range(7):
        look = some_look(c, ("#2f4f8a", "#b5342a", "#e0a33a", "#2f4f8a"), dress=True, short_sleeves=False, trousers="#f4efe6", hat="cloth",
                         hat_colour="#22263a", long_hair=False)  # fmt: skip
        person(
            c, c.w * (0.16 + i * 0.115), c.h * (0.95 + 0.012 * (i % 2)), c.h * 0.38, look, WALK, 1
        )


def pottery(c: Canvas) -> None:
    """A potter at the wheel, shelves of red jars behind."""
    c.gradient(0, c.h, ("#6a4232", "#8f5a3f", "#5a3628"))
    c.glow(c.w * 0.2, c.h * 0.25, c.w * 0.45, "#ffd9a0", 0.55)
    for shelf in range(3):
        y = c.h * (0.2 + shelf * 0.19)
        for i in range(13):
            _jar(c, c.w * (0.04 + i * 0.077), y, c.chance.uniform(38, 52), c.h * c.chance.uniform(0.1, 0.14),
                 c.chance.choice(("#b5563a", "#c46a45", "#9c452f", "#d08a5a")))  # fmt: skip
        c.box(0, y, c.w, 18, "#4a2f22")
        c.box(0, y + 18, c.w, 14, "#000000", 60)
    c.gradient(c.h * 0.74, c.h, ("#7a5240", "#4a3026"))
    for x, facing in ((0.34, 1), (0.8, -1)):
        look = some_look(
            c, ("#d8cbb0", "#5f7a8a"), hat="cone" if x > 0.5 else "cloth", hat_colour="#e6d3a0"
        )
        low = type(SIT)(16, (40, 92), (46, 98), (84, 8), (88, 4))
        c.box(c.w * x - facing * 50 - 50, c.h * 0.78, 100, c.h * 0.16, "#3a261c", r=8)
        person(c, c.w * x, c.h * 0.94, c.h * 0.56, look, low, facing)
        wx = c.w * x + facing * 190
        c.box(wx - 16, c.h * 0.78, 32, c.h * 0.16, "#3a261c")
        c.oval(wx, c.h * 0.775, 110, 20, "#2a1c16")
        c.oval(wx, c.h * 0.765, 110, 20, "#8a7a6a")
        _jar(c, wx, c.h * 0.765, 60, c.h * 0.16, "#c46a45")
    for i in range(6):
        _jar(
            c,
            c.w * (0.05 + i * 0.18),
            c.h * 1.0,
            74,
            c.h * 0.14,
            ("#b5563a", "#d08a5a", "#9c452f")[i % 3],
        )


def _jar(c: Canvas, x: float, y: float, half: float, tall: float, clay: str) -> None:
    profile = (
        (0.0, 0.62),
        (0.2, 0.88),
        (0.45, 1.0),
        (0.68, 0.86),
        (0.86, 0.5),
        (0.93, 0.46),
        (1.0, 0.6),
    )
    right = [(x + half * w, y - tall * h) for h, w in profile]
    left = [(x - half * w, y - tall * h) for h, w in reversed(profile)]
    c.shape([*right, *left], clay)
    c.shape(
        [*right, *[(x + half * w * 0.35, y - tall * h) for h, w in reversed(profile)]],
        "#2a100a",
        60,
    )
    c.oval(x - half * 0.4, y - tall * 0.55, half * 0.12, tall * 0.16, "#ffe6cc", 70)
    c.oval(x, y - tall, half * 0.6, half * 0.14, mix(clay, "#1a0c08", 0.5))


def mats(c: Canvas) -> None:
    """Dyed sedge drying in fans of colour, women carrying bundles."""
    sky(c, ("#7fc0de", "#f2efd8"), c.h * 0.3, clouds=6)
    treeline(c, c.h * 0.3, 30, "#5a9460")
    for i in range(4):
        palm(c, c.w * (0.1 + i * 0.27), c.h * 0.36, c.h * 0.28, "#3f8456", bend=0.08 * (-1) ** i)
    c.gradient(c.h * 0.3, c.h, ("#d9c593", "#b99a62"))
    tints = ("#d9473f", "#f0b23f", "#3f9a6a", "#8a4f9c", "#e8763a", "#2f86a8", "#e8d8a0")
    for row in range(4):
        for i in range(7 - row):
            x, y = c.w * (i + 0.5 + 0.1 * (row % 2)) / (7 - row), c.h * (0.42 + row * 0.165)
            size = 90 + row * 34
            tint = tints[(i * 2 + row) % 7]
            for k in range(-9, 10):
                angle = math.radians(k * 5.2)
                c.stroke([(x, y + size * 0.2), (x + math.sin(angle) * size, y - math.cos(angle) * size * 0.62)], 4 + row,
                         mix(tint, "#ffffff" if k % 2 else "#3a1c10", 0.12))  # fmt: skip
            c.oval(x, y + size * 0.2, size * 0.11, size * 0.08, mix(tint, "#000000", 0.3))
    for x, y, pose in ((0.22, 0.76, BEND), (0.56, 0.7, HOLD), (0.82, 0.96, WALK)):
        look = some_look(c, ("#f4efe6", "#d9708f", "#4f8aa8"), hat="cone", short_sleeves=False)
        found = person(c, c.w * x, c.h * y, c.h * 0.36, look, pose, -1 if x > 0.7 else 1)
        if pose is not BEND:
            hx, hy = found["near"]
            for k in range(7):
                c.stroke(
                    [(hx - 60, hy - 70 + k * 4), (hx + 66, hy + 60 + k * 3)], 5, tints[2 + k % 2]
                )


def lanterns(c: Canvas) -> None:
    """Paper lanterns float down the river at dusk, families on the bank."""
    c.gradient(0, c.h * 0.5, ("#141a3f", "#3a3468", "#9a5a72"))
    c.dot(c.w * 0.22, c.h * 0.14, 52, "#fdf3d2")
    c.glow(c.w * 0.22, c.h * 0.14, 240, "#fdf3d2", 0.5)
    treeline(c, c.h * 0.46, 44, "#1c2440")
    water(c, c.h * 0.46, ("#7a4f72", "#2f2f5f", "#12163a"), "#c99ab0", strokes=220)
    for i in range(46):
        near = (i / 45) ** 1.4
        x, y, s = c.w * c.chance.uniform(0.02, 0.98), c.h * (0.5 + 0.34 * near), 10 + 34 * near
        tint = c.chance.choice(("#ffb84a", "#ff8f5a", "#ffd98a", "#ff9fae"))
        c.glow(x, y - s * 0.4, s * 3.4, tint, 0.6)
        c.glow(x, y + s * 1.2, s * 1.2, tint, 0.45, s * 1.6)
        c.shape(
            [(x - s * 0.5, y - s), (x + s * 0.5, y - s), (x + s * 0.62, y), (x - s * 0.62, y)], tint
        )
        c.shape(
            [
                (x - s * 0.9, y),
                (x + s * 0.9, y),
                (x + s * 0.6, y + s * 0.26),
                (x - s * 0.6, y + s * 0.26),
            ],
            mix(tint, "#8a2f4a", 0.5),
        )
        c.oval(x, y - s * 0.45, s * 0.2, s * 0.34, "#fff6d8", 220)
    for i in range(8):
        x = c.w * (0.06 + i * 0.126)
        dark = some_look(
            c, ("#1c1c3a", "#2a2142", "#24284a"), trousers="#14142a", skin="#5a3f4a", hair="#0e0e1c"
        )
        person(c, x, c.h * (0.99 + 0.02 * (i % 2)), c.h * (0.34 - 0.12 * (i % 3 == 1)), dark, (STAND, HOLD, CHEER)[i % 3] if i % 3 < 2 else STAND,
               1 if i % 2 else -1, shadow=0)  # fmt: skip


def star_lanterns(c: Canvas) -> None:
    """Children with star lanterns before the village gate in the evening."""
    c.gradient(0, c.h, ("#2a2250", "#7a3f5f", "#d9805a"))
    sun(c, c.w * 0.5, c.h * 0.2, 60, "#fff1c8", "#ffcf8a")
    for x in (0.2, 0.72):
        c.box(c.w * x, c.h * 0.26, c.w * 0.08, c.h * 0.5, "#c9805a")
        c.box(c.w * (x - 0.012), c.h * 0.24, c.w * 0.104, c.h * 0.04, "#8a3f2f")
    c.shape(
        [
            (c.w * 0.14, c.h * 0.27),
            (c.w * 0.2, c.h * 0.16),
            (c.w * 0.8, c.h * 0.16),
            (c.w * 0.86, c.h * 0.27),
        ],
        "#a9432f",
    )
    c.box(c.w * 0.3, c.h * 0.26, c.w * 0.4, c.h * 0.08, "#d9a03a", r=4)
    c.gradient(c.h * 0.75, c.h, ("#8f5a4a", "#4f2f3a"))
    for i in range(9):
        x, y = c.w * (0.05 + i * 0.113), c.h * (0.86 + 0.1 * (i % 2))
        look = some_look(c, ("#f4efe6", "#e8584a", "#f0c24a", "#5ab5a8"), shorts=i % 2 == 0)
        found = person(c, x, y, c.h * 0.3, look, HOLD, 1 if i < 5 else -1)
        hx, hy = found["near"]
        c.stroke([(hx, hy), (hx, hy - 130)], 4, "#6a4a34")
        c.glow(hx, hy - 160, 110, "#ffd06a", 0.7)
        c.star(hx, hy - 160, 38, ("#ff5a4a", "#ffd04a", "#6ad08a")[i % 3])

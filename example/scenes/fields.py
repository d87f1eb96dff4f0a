"""Rice, ponds, sluices, orchards: the countryside at work."""

import math

from example.scenes.canvas import Canvas, mix
from example.scenes.nature import (
    bush,
    grass,
    light_on_water,
    palm,
    ridge,
    rows,
    sky,
    sun,
    treeline,
    water,
)
from example.scenes.people import BEND, CARRY, HOLD, STAND, TALK, WALK, person, some_look

FARMER_SHIRTS = ("#8a5f7e", "#4f7a8a", "#b5654a", "#6f8a5a", "#d0a95c")


def rice_field(c: Canvas) -> None:
    """A paddy field to the horizon, visitors on its dyke."""
    sky_colours, crew = ("#8fc4d8", "#e8f0dc"), 5
    horizon = c.h * 0.42
    sky(c, sky_colours, horizon, clouds=5)
    ridge(c, horizon, c.h * 0.13, mix(sky_colours[0], "#3f6f66", 0.45))
    ridge(c, horizon + 4, c.h * 0.06, mix(sky_colours[1], "#3b6b4f", 0.6), waves=3)
    treeline(c, horizon, 16, "#4d7a50")
    far, near = "#9cc25a", "#4f8a3c"
    c.gradient(horizon, c.h, (far, near))
    rows(c, horizon, (c.w * 0.6, horizon - 40), mix(near, "#20300e", 0.4))
    blades = (mix(near, "#ffffff", 0.25), near, mix(near, "#14240c", 0.3))
    grass(c, horizon + 10, c.h * 0.8, blades, 1500)
    for i in range(crew):
        x, share = c.w * (0.1 + 0.8 * i / max(1, crew - 1)), 0.3 + 0.25 * ((i * 7) % 4) / 3
        y = horizon + (c.h - horizon) * share
        look = some_look(c, FARMER_SHIRTS, hat="cone", short_sleeves=False)
        person(c, x, y, c.h * 0.17 * (0.7 + share), look, BEND if i % 3 else STAND,
               1 if i % 2 else -1, shadow=0.2)  # fmt: skip
    _on_the_dyke(c)
    grass(c, c.h * 0.86, c.h * 1.05, blades, 900)


def _on_the_dyke(c: Canvas) -> None:
    c.shape([(0, c.h * 0.84), (c.w, c.h * 0.78), (c.w, c.h), (0, c.h)], "#8a7048")
    c.shape([(0, c.h * 0.84), (c.w, c.h * 0.78), (c.w, c.h * 0.8), (0, c.h * 0.87)], "#b29a68")
    for i in range(6):
        look = some_look(c, ("#f3f1ea", "#a9c3d2", "#e6d3a8", "#7fa08c"),
                         hat="cap" if i % 3 == 0 else None, hat_colour="#35586e")  # fmt: skip
        person(c, c.w * (0.2 + i * 0.115), c.h * (0.89 - i * 0.012), c.h * 0.43, look,
               (TALK, STAND, HOLD)[i % 3], 1 if i < 3 else -1)  # fmt: skip


def shrimp_ponds(
    c: Canvas, *, dusk: bool = False, covered: bool = False, visit: bool = False
) -> None:
    """Square ponds between dykes, paddle wheels throwing white water."""
    horizon = c.h * 0.36
    colours = ("#e88f6a", "#f6d9a0") if dusk else ("#79b4d2", "#dcecec")
    sky(c, colours, horizon, clouds=6)
    if dusk:
        sun(c, c.w * 0.74, horizon - 60, 42, "#fff3cf", "#ffd890")
    treeline(c, horizon, 20, "#3f6650" if not dusk else "#5a4a4a")
    c.gradient(horizon, c.h, ("#b59a72", "#8a6d4a"))
    tint = ("#d7a98a", "#7f5c5c") if dusk else ("#8fc0c4", "#3f7d86")
    for row, (top, deep) in enumerate(((0.39, 0.1), (0.53, 0.17), (0.75, 0.27))):
        count = 4 - row
        for i in range(count):
            _pond(c, i, count, c.h * top, c.h * deep, tint, covered=covered and row == 1)
    for i in range(4 if visit else 1):
        look = some_look(c, ("#e9e4d4", "#5d8296", "#c9856a", "#f0efe8"),
                         hat="cone" if i == 0 else None)  # fmt: skip
        person(c, c.w * (0.32 + i * 0.1), c.h * 0.752, c.h * 0.33, look,
               (HOLD, TALK, STAND, HOLD)[i], 1 if i < 2 else -1)  # fmt: skip
    palm(c, c.w * 0.94, c.h * 0.5, c.h * 0.36, "#3d6b4a", bend=-0.1)
    grass(c, c.h * 0.97, c.h * 1.04, ("#6f8a4a", "#4f6b38"), 260)


def _pond(
    c: Canvas, i: int, count: int, top: float, deep: float, tint: tuple, *, covered: bool
) -> None:
    left, right = (i - 0.08) / (count - 0.16), (i + 0.92) / (count - 0.16)
    spread = 1 + deep / c.h
    xs = [c.w * (0.5 + (v - 0.5) * s) for v, s in
          ((left + 0.02, 1), (right - 0.02, 1), (right - 0.012, spread), (left + 0.012, spread))]  # fmt: skip
    share = (top / c.h - 0.39) / 0.4
    base = mix(tint[0], tint[1], share)
    c.shape([(xs[0] - 8, top - 5), (xs[1] + 8, top - 5), (xs[2] + 12, top + deep + 8),
             (xs[3] - 12, top + deep + 8)], "#d9c39a")  # fmt: skip
    c.shape([(xs[0], top), (xs[1], top), (xs[2], top + deep), (xs[3], top + deep)], base)
    for _ in range(16):
        t = c.chance.random()
        x = xs[0] + (xs[1] - xs[0]) * c.chance.uniform(0.08, 0.8)
        c.oval(x, top + deep * t * 0.9 + 4, 30 + 40 * t, 1.6, "#ffffff", 60)
    wheel_y, wheel_x = top + deep * 0.5, (xs[0] + xs[1]) / 2
    size = deep * 0.2
    for _ in range(46):
        c.dot(c.near(wheel_x, size * 2.2), wheel_y - c.chance.random() ** 2 * size * 1.5,
              c.chance.uniform(0.06, 0.2) * size, "#ffffff", 190)  # fmt: skip
    c.box(wheel_x - size * 1.6, wheel_y, size * 3.2, size * 0.2, "#2f5a8a", r=3)
    if covered:
        c.shape([(xs[0], top), ((xs[0] + xs[1]) / 2, top - deep * 0.5), (xs[1], top),
                 (xs[2], top + deep * 0.4), (xs[3], top + deep * 0.4)], "#24343a", 120)  # fmt: skip


def sluice(c: Canvas) -> None:
    """A sluice across a river arm: concrete towers, blue gates half lifted, water beneath."""
    horizon = c.h * 0.45
    sky(c, ("#6fa8cc", "#e3eee6"), horizon, clouds=6)
    ridge(c, horizon, c.h * 0.1, "#8fb3b4")
    treeline(c, horizon, 24, "#4a7a58")
    water(c, horizon, ("#a9c9c0", "#4f8187", "#2f5d68"), "#eaf6f0", strokes=320)
    gates = 4
    left, wide = c.w * 0.1, c.w * 0.8 / gates
    deck = c.h * 0.38
    for i in range(gates + 1):
        x = left + i * wide
        c.box(x - 26, c.h * 0.2, 52, c.h * 0.5, "#d8d5cc")
        c.box(x + 6, c.h * 0.2, 20, c.h * 0.5, "#000000", 34)
        c.box(x - 34, c.h * 0.17, 68, c.h * 0.04, "#b9b3a6", r=4)
        c.box(x - 30, c.h * 0.66, 60, c.h * 0.05, "#8d8b82")
    for i in range(gates):
        x = left + i * wide + 26
        lift = (0.0, 0.07, 0.09, 0.02)[i % 4] * c.h
        c.box(x, deck + c.h * 0.03 - lift * 0.2, wide - 52, c.h * 0.21 - lift, "#2f6f9c")
        for k in range(4):
            c.box(x, deck + c.h * 0.05 + k * c.h * 0.04 - lift * 0.2, wide - 52, 6, "#205374")
        for _ in range(30 if lift else 8):
            c.oval(c.near(x + wide / 2 - 26, wide * 0.4), c.near(c.h * 0.65, c.h * 0.025),
                   c.chance.uniform(14, 46), 6, "#f4fbf8", 130)  # fmt: skip
        c.glow(x + wide / 2 - 26, c.h * 0.78, wide * 0.5, "#183c48", 0.4, c.h * 0.06)
    c.box(c.w * 0.02, deck - 10, c.w * 0.96, c.h * 0.045, "#e4e1d8")
    c.box(c.w * 0.02, deck + c.h * 0.028, c.w * 0.96, 8, "#000000", 60)
    for i in range(30):
        c.box(c.w * (0.03 + i * 0.0325), deck - 46, 5, 38, "#7c98a6")
    c.box(c.w * 0.02, deck - 48, c.w * 0.96, 5, "#7c98a6")
    for i in range(7):
        look = some_look(c, ("#f3f1ea", "#a9c3d2", "#e6d3a8"), hat="helmet" if i % 2 else None,
                         hat_colour="#e8b13a")  # fmt: skip
        person(c, c.w * (0.3 + i * 0.05), deck - 6, c.h * 0.15, look,
               (STAND, TALK, HOLD)[i % 3], 1 if i < 4 else -1, shadow=0)  # fmt: skip
    c.shape([(0, c.h * 0.78), (c.w * 0.18, c.h * 0.9), (c.w * 0.22, c.h), (0, c.h)], "#7d8a5a")
    grass(c, c.h * 0.84, c.h * 1.02, ("#5f7f42", "#4a6a34", "#86a05a"), 120)


def terraces(c: Canvas) -> None:
    """Rice terraces that step down a hill like contour lines, mist above."""
    colours = ("#f2c46a", "#8fae4a", "#5a8a44")
    sky(c, ("#9fc3cf", "#f4ead2"), c.h * 0.5, clouds=5)
    for i in range(3):
        ridge(c, c.h * (0.36 + i * 0.07), c.h * 0.2, mix("#a9c2c0", "#4f7a62", i / 3), waves=1.4)
        c.veil(c.h * 0.2, c.h * (0.42 + i * 0.07), "#f6efdd", 0.0, 0.35)
    for level in range(13):
        share = level / 12
        y = c.h * (0.42 + 0.62 * share**1.25)
        line = [
            (x / 40 * c.w, y + math.sin(x / 40 * 5.2 + level * 0.35) * c.h * (0.03 + 0.03 * share)
             + math.sin(x / 40 * 13 + level) * c.h * 0.008)
            for x in range(41)
        ]  # fmt: skip
        tint = mix(colours[level % 3], "#3a5a2c", 0.1 + 0.15 * (level % 2))
        c.shape([*line, (c.w, c.h), (0, c.h)], mix(tint, "#22381c", 0.45))
        lower = [(x, v + c.h * (0.006 + 0.012 * share)) for x, v in line]
        c.shape([*lower, (c.w, c.h), (0, c.h)], tint)
        c.stroke(lower, 2 + 3 * share, mix(tint, "#fff7d8", 0.5), 150)
    for x, y, tall in ((0.3, 0.72, 0.13), (0.38, 0.73, 0.13), (0.68, 0.86, 0.19)):
        look = some_look(c, ("#2f3f6a", "#7a2f3c", "#3f5a4a"), hat="cone", short_sleeves=False)
        person(c, c.w * x, c.h * y, c.h * tall, look, CARRY if x > 0.6 else WALK, 1, shadow=0.2)
    for x in (0.08, 0.14, 0.9):
        bush(c, c.w * x, c.h * 0.6, c.near(50, 12), "#4f7d4a")


def harvest(c: Canvas) -> None:
    """A combine harvester in a golden field, sacks of rice and people loading them."""
    horizon = c.h * 0.4
    sky(c, ("#7db3cf", "#f7e6bd"), horizon, clouds=7)
    ridge(c, horizon, c.h * 0.1, "#a9b79a")
    treeline(c, horizon, 18, "#6b8350")
    c.gradient(horizon, c.h, ("#e6c463", "#c1902f"))
    rows(c, horizon, (c.w * 0.3, horizon - 60), "#8a6420")
    grass(c, horizon + 16, c.h * 0.9, ("#f3da8a", "#b98a2c", "#dcb456"), 1500)
    x, y, s = c.w * 0.42, c.h * 0.66, c.h * 0.2
    c.glow(x + s * 0.4, y + s * 0.72, s * 2.1, "#4a3208", 0.6, s * 0.3)
    c.glow(x - s * 1.6, y + s * 0.3, s * 1.5, "#fff2c8", 0.6)
    c.box(x - s, y - s * 0.55, s * 2.2, s * 0.95, "#c8402f", r=18)
    c.box(x + s * 0.25, y - s * 1.25, s * 0.8, s * 0.8, "#dfe9ea", r=12)
    c.box(x + s * 0.33, y - s * 1.15, s * 0.64, s * 0.5, "#5d8496", r=8)
    c.box(x + s * 0.2, y - s * 1.35, s * 0.95, s * 0.14, "#a9301f", r=8)
    c.box(x - s * 0.9, y - s * 0.9, s * 0.9, s * 0.4, "#e0a33a", r=10)
    c.box(x - s * 0.9, y + s * 0.3, s * 2, s * 0.42, "#2b2a2a", r=s * 0.2)
    for i in range(5):
        c.dot(x - s * 0.68 + i * s * 0.39, y + s * 0.51, s * 0.14, "#6a6762")
    c.shape([(x + s * 1.1, y), (x + s * 1.9, y + s * 0.4), (x + s * 1.9, y + s * 0.7),
             (x + s * 1.1, y + s * 0.5)], "#8e2b20")  # fmt: skip
    c.dot(x + s * 1.95, y + s * 0.35, s * 0.36, "#d9b24a")
    for i in range(8):
        angle = i * math.pi / 4
        c.stroke([(x + s * 1.95, y + s * 0.35), (x + s * 1.95 + math.cos(angle) * s * 0.42,
                 y + s * 0.35 + math.sin(angle) * s * 0.42)], 7, "#8a5f1e")  # fmt: skip
    for i in range(5):
        c.box(c.w * (0.68 + i * 0.05), c.h * (0.82 - 0.012 * (i % 2)), 92, 74, "#efe6cf", r=26)
    for i, (px, pose) in enumerate(((0.66, BEND), (0.79, CARRY), (0.92, STAND))):
        look = some_look(c, FARMER_SHIRTS, hat="cone", short_sleeves=False)
        person(c, c.w * px, c.h * 0.93, c.h * 0.4, look, pose, -1 if i else 1)


def mangrove(c: Canvas) -> None:
    """Mangrove roots in still water, a narrow boat gliding between."""
    c.gradient(0, c.h * 0.6, ("#cfe3d2", "#eef0d4"))
    c.glow(c.w * 0.52, c.h * 0.3, c.w * 0.4, "#fffbe0", 0.8)
    for layer in range(3):
        treeline(c, c.h * (0.3 + layer * 0.05), 60 + layer * 26,
                 mix("#a9cbaa", "#2f6a48", (layer + 1) / 3))  # fmt: skip
    water(c, c.h * 0.52, ("#b9cfae", "#5f8a74", "#2a5148"), "#f3f7e0", strokes=260)
    light_on_water(c, c.w * 0.52, c.h * 0.53, "#fffbe0", spread=150)
    for side in (0, 1):
        for i in range(6):
            x = c.w * (0.02 + i * 0.055) if side == 0 else c.w * (0.98 - i * 0.055)
            y = c.h * (0.88 - i * 0.055)
            size = 150 - i * 16
            for _ in range(7):
                foot = c.near(x, size * 0.8)
                c.limb([(x, y - size), (c.near((x + foot) / 2, 12), y - size * 0.5), (foot, y)],
                       size * 0.07, size * 0.045, mix("#5a4636", "#203a2c", i / 8))  # fmt: skip
            bush(c, x, y - size * 1.05, size * 1.15, mix("#3f7d4c", "#7fae7a", i / 8))
    _canoe(c, c.w * 0.52, c.h * 0.8, c.w * 0.3)


def _canoe(c: Canvas, x: float, y: float, long: float) -> None:
    c.glow(x, y + long * 0.06, long * 0.62, "#12302a", 0.6, long * 0.09)
    for i, look in enumerate((some_look(c, ("#8a3f4c",), hat="cone"), some_look(c, ("#e0e6df",)),
                              some_look(c, ("#4f7a94",), hat="cone"))):  # fmt: skip
        person(c, x - long * 0.26 + i * long * 0.27, y + long * 0.05, long * 0.5, look,
               (STAND, SEATED_LOW, SEATED_LOW)[i], 1, shadow=0)  # fmt: skip
    c.shape([(x - long * 0.58, y - long * 0.055), (x + long * 0.6, y - long * 0.065),
             (x + long * 0.42, y + long * 0.07), (x - long * 0.4, y + long * 0.07)], "#6a4630")  # fmt: skip
    c.shape([(x - long * 0.58, y - long * 0.055), (x + long * 0.6, y - long * 0.065),
             (x + long * 0.56, y - long * 0.035), (x - long * 0.54, y - long * 0.025)], "#a9784f")  # fmt: skip
    c.stroke([(x - long * 0.2, y - long * 0.36), (x - long * 0.5, y + long * 0.2)], 7, "#8a6a48")


SEATED_LOW = type(STAND)(0, (20, 70), (26, 82), (80, 100), (84, 96))

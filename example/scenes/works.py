"""What a province builds: bridges, works, factories, a port, wind turbines, a university."""

from example.scenes.canvas import Canvas, mix
from example.scenes.nature import light_on_water, ridge, sky, sun, tree, treeline, water
from example.scenes.people import CHEER, HOLD, STAND, TALK, WALK, WORK, person, some_look
from example.scenes.town import BULB


def bridge(c: Canvas, *, dusk: bool = True, gap: bool = False) -> None:
    """A cable-stayed bridge over a wide river; `gap`: its last span is still missing."""
    colours = ("#2f4470", "#b5748a", "#f3b37f", "#fbe0a8") if dusk else ("#5fa8d3", "#dff0f0")
    horizon = c.h * 0.6
    sky(c, colours, horizon, clouds=8, cloud="#ffd9bd" if dusk else "#ffffff")
    if dusk:
        sun(c, c.w * 0.3, horizon - 50, 44, "#fff2cc", "#ffc98a")
    ridge(c, horizon, c.h * 0.14, mix(colours[0], colours[1], 0.4), waves=1.6)
    treeline(c, horizon, 14, mix("#2f4a45", colours[0], 0.3))
    water(
        c,
        horizon,
        (colours[-1], mix(colours[1], colours[0], 0.4), mix(colours[0], "#0d1830", 0.3)),
        "#fff0d6",
    )
    if dusk:
        light_on_water(c, c.w * 0.3, horizon, "#ffe6b4", spread=90)
    deck, steel = c.h * 0.52, "#2a2d42" if dusk else "#dfe4e6"
    for x in (0.3, 0.7):
        _pylon(c, c.w * x, deck, steel)
    spans = ((0, 0.487), (0.513, 1)) if gap else ((0, 1),)
    for a, b in spans:
        c.box(c.w * a, deck, c.w * (b - a), c.h * 0.024, mix(steel, "#ffffff", 0.1))
        c.box(c.w * a, deck + c.h * 0.024, c.w * (b - a), c.h * 0.012, "#000000", 120)
    if dusk:
        _lamps(c, deck)
    if gap:
        _last_lift(c, deck)
    for x, y, s in ((0.16, 0.82, 0.1), (0.54, 0.9, 0.14)):
        c.shape([(c.w * (x - s / 2), c.h * y - 16), (c.w * (x + s / 2), c.h * y - 20), (c.w * (x + s * 0.4), c.h * y + 12),
                 (c.w * (x - s * 0.4), c.h * y + 12)], mix(steel, "#3a2a22", 0.5))  # fmt: skip
        c.half(c.w * x, c.h * y - 16, c.w * s * 0.2, 34, mix(steel, "#7a5a3a", 0.5))


def _pylon(c: Canvas, x: float, deck: float, steel: str) -> None:
    """A tower with its fan of cables down to the deck."""
    top = c.h * 0.14
    for i in range(1, 12):
        for side in (-1, 1):
            foot = (x + side * c.w * 0.0178 * i, deck)
            c.stroke([(x, top + i * 14), foot], 2, mix(steel, "#ffffff", 0.25), 200)
    c.shape([(x - 34, c.h * 0.72), (x - 9, top), (x + 9, top), (x + 34, c.h * 0.72)], steel)
    c.box(x - 44, c.h * 0.7, 88, c.h * 0.03, mix(steel, "#000000", 0.2), r=6)
    c.dot(x, top - 8, 6, "#ff6a4a")


def _lamps(c: Canvas, deck: float) -> None:
    for i in range(24):
        c.glow(c.w * i / 23, deck - 8, 24, BULB, 0.9)
        c.dot(c.w * i / 23, deck - 8, 3, "#fff6d8")


def _last_lift(c: Canvas, deck: float) -> None:
    """Two cranes at the ends of the deck, the last block between them."""
    for x, side in ((0.487, -1), (0.513, 1)):
        end, tip = c.w * x, (c.w * x - side * 26, deck - 130)
        c.box(end - (60 if side < 0 else 0), deck - 46, 60, 46, "#e0a33a", r=4)
        c.stroke([(end + side * 30, deck - 46), tip], 7, "#e0a33a")
        c.stroke([tip, (c.w * 0.5, deck + 6)], 2, "#333333")
    c.box(c.w * 0.484, deck + 4, c.w * 0.032, c.h * 0.02, "#c8473c")


def building_site(c: Canvas) -> None:
    """A building site: a crane, scaffolding, people in helmets over a plan."""
    sky(c, ("#79b3d4", "#f3e6c8"), c.h * 0.8, clouds=7)
    ridge(c, c.h * 0.74, c.h * 0.1, "#9fb5b0")
    _scaffolding(c)
    _tower_crane(c)
    c.gradient(c.h * 0.78, c.h, ("#c9a878", "#a3805a"))
    for _ in range(40):
        c.oval(c.chance.uniform(0, c.w), c.chance.uniform(c.h * 0.8, c.h), 26, 5, "#8a6a48", 90)
    for i, (px, pose) in enumerate(
        ((0.3, TALK), (0.39, HOLD), (0.49, STAND), (0.74, WORK), (0.86, WALK))
    ):
        look = some_look(
            c,
            ("#f08a2f", "#e8c53a", "#3f6f9a"),
            hat="helmet",
            hat_colour=("#f3f1ea", "#e8c53a")[i % 2],
        )
        person(
            c,
            c.w * px,
            c.h * (0.95 + 0.01 * (i % 2)),
            c.h * 0.4,
            look,
            pose,
            1 if i % 2 == 0 else -1,
        )


def _scaffolding(c: Canvas) -> None:
    x, y, w, h = c.w * 0.36, c.h * 0.22, c.w * 0.5, c.h * 0.56
    c.box(x, y, w, h, "#b9b2a4")
    for i in range(6):
        for k in range(4):
            c.box(
                x + w * (0.03 + i * 0.163),
                y + h * (0.04 + k * 0.245),
                w * 0.12,
                h * 0.17,
                "#6f7478",
            )
            c.box(
                x + w * (0.03 + i * 0.163),
                y + h * (0.04 + k * 0.245),
                w * 0.12,
                h * 0.05,
                "#000000",
                50,
            )
    for i in range(10):
        c.stroke([(x + w * i / 9, y - 40), (x + w * i / 9, y + h)], 4, "#d9963a")
    for k in range(9):
        c.stroke([(x, y - 30 + k * h / 8), (x + w, y - 30 + k * h / 8)], 4, "#d9963a")
    for i in range(9):
        c.stroke([(x + w * i / 9, y + h), (x + w * (i + 1) / 9, y + h * 0.5)], 2, "#c17f2a", 160)


def _tower_crane(c: Canvas) -> None:
    mast = c.w * 0.22
    for k in range(24):
        a, b = c.h * (0.8 - k * 0.031), c.h * (0.8 - (k + 1) * 0.031)
        c.stroke([(mast - 22, a), (mast + 22, b), (mast - 22, b)], 4, "#e0b23a")
    c.stroke([(mast - 22, c.h * 0.8), (mast - 22, c.h * 0.05)], 6, "#e0b23a")
    c.stroke([(mast + 22, c.h * 0.8), (mast + 22, c.h * 0.05)], 6, "#e0b23a")
    c.stroke([(mast - c.w * 0.16, c.h * 0.08), (mast + c.w * 0.56, c.h * 0.08)], 10, "#e0b23a")
    c.stroke(
        [(mast - c.w * 0.12, c.h * 0.08), (mast, c.h * 0.015), (mast + c.w * 0.4, c.h * 0.08)],
        3,
        "#8a6a1f",
    )
    c.box(mast - c.w * 0.16, c.h * 0.085, 90, 54, "#7d8288")
    c.stroke([(mast + c.w * 0.38, c.h * 0.08), (mast + c.w * 0.38, c.h * 0.17)], 2, "#333333")
    c.box(mast + c.w * 0.35, c.h * 0.17, c.w * 0.06, 20, "#a9503a")


def campus(c: Canvas) -> None:
    """A university: a long building with columns, a lawn, students."""
    ground = c.h * 0.68
    sky(c, ("#7fbce0", "#eef3e4"), ground, clouds=8)
    treeline(c, ground - 20, 60, "#5f9460")
    x, w, top = c.w * 0.1, c.w * 0.8, c.h * 0.26
    c.box(x, top, w, ground - top, "#f1e6cf")
    c.box(x - 16, top - 18, w + 32, 26, "#b5523c")
    for floor in range(3):
        for i in range(14):
            if 5 <= i <= 8:
                continue
            c.box(
                x + w * (0.015 + i * 0.071),
                top + 40 + floor * c.h * 0.13,
                w * 0.042,
                c.h * 0.085,
                "#5f8ea3",
            )
            c.box(
                x + w * (0.015 + i * 0.071),
                top + 40 + floor * c.h * 0.13,
                w * 0.042,
                12,
                "#ffffff",
                90,
            )
    cx = c.w * 0.5
    c.box(cx - w * 0.15, top - 50, w * 0.3, ground - top + 50, "#f8f0de")
    c.shape([(cx - w * 0.17, top - 46), (cx, top - 170), (cx + w * 0.17, top - 46)], "#a9482f")
    c.dot(cx, top - 84, 30, "#f8f0de")
    c.stroke([(cx, top - 84), (cx, top - 104)], 4, "#333333")
    c.stroke([(cx, top - 84), (cx + 14, top - 78)], 4, "#333333")
    c.box(cx - w * 0.13, top + 10, w * 0.26, ground - top - 10, "#c9b48e")
    for i in range(5):
        c.box(cx - w * 0.14 + i * w * 0.066, top - 40, 26, ground - top + 40, "#fffaf0")
    c.gradient(ground, c.h, ("#9cc46a", "#5f9a48"))
    c.shape([(cx - 110, ground), (cx + 110, ground), (cx + 470, c.h), (cx - 470, c.h)], "#e2d3b0")
    c.stroke([(c.w * 0.2, ground), (c.w * 0.2, c.h * 0.06)], 7, "#d8d8d4")
    c.shape(
        [
            (c.w * 0.203, c.h * 0.065),
            (c.w * 0.29, c.h * 0.085),
            (c.w * 0.285, c.h * 0.16),
            (c.w * 0.203, c.h * 0.15),
        ],
        "#d0342a",
    )
    c.star(c.w * 0.245, c.h * 0.115, c.h * 0.028, "#f6d34a")
    for i in range(11):
        look = some_look(c, ("#f8f6f0", "#8fb5cc", "#e59a8d", "#f0cd7e", "#f8f6f0"))
        person(c, c.w * (0.08 + i * 0.083), c.h * (0.84 + 0.12 * ((i * 3) % 5) / 4), c.h * (0.21 + 0.07 * ((i * 3) % 5) / 4),
               look, (WALK, TALK, HOLD, STAND, CHEER)[(i * 2) % 4], 1 if i % 2 else -1)  # fmt: skip
    for bx in (0.03, 0.97):
        tree(c, c.w * bx, ground + 70, c.h * 0.46, "#4f8a4e")

"""Matches and races: football, its fans, cyclists, runners, rowing boats."""

import math

from example.scenes.canvas import Canvas, mix
from example.scenes.nature import ridge, sky, treeline, water
from example.scenes.people import (
    CHEER,
    HOLD,
    KICK,
    ROW,
    RUN,
    SHIRTS,
    STAND,
    WAVE,
    Look,
    person,
    some_look,
)
from example.scenes.town import bicycle


def _stand(c: Canvas, top: float, bottom: float, shirts: tuple) -> None:
    """A full grandstand far away: rows of heads and shirts."""
    c.gradient(top, bottom, ("#3a4654", "#55616c"))
    for row in range(9):
        y = top + (bottom - top) * (row + 0.6) / 9
        for i in range(74):
            x = c.near(c.w * i / 73, 6)
            c.oval(x, y + 14, 12, 13, mix(c.chance.choice(shirts), "#1a2430", 0.25))
            c.dot(x, y - 4, 7, c.chance.choice(("#d9a27c", "#c98f68", "#e3b491")))
            c.half(x, y - 5, 7.5, 8, "#26211f")


def football(c: Canvas) -> None:
    """A match: a shot at goal, defenders, the stand behind."""
    home, away = "#d9473f", "#f3f1e9"
    c.gradient(0, c.h, ("#101a30", "#233a4f"))
    _stand(c, c.h * 0.12, c.h * 0.42, (home, home, "#f0c24a", "#e9e4d8"))
    for i in range(9):
        c.box(
            c.w * i / 9,
            c.h * 0.42,
            c.w / 9 - 4,
            c.h * 0.05,
            ("#2f6f9c", "#e0a33a", "#c8473c", "#2f7d5a")[i % 4],
        )
    for x in (0.12, 0.5, 0.88):
        c.box(c.w * x - 70, c.h * 0.02, 140, 40, "#dfe8f0", r=6)
        c.glow(c.w * x, c.h * 0.04, c.w * 0.2, "#f6fbff", 0.8)
    c.gradient(c.h * 0.47, c.h, ("#4f9a4a", "#2f7a3a"))
    for i in range(-6, 12):
        if i % 2:
            c.shape([(c.w * (0.5 + (i - 3) * 0.09), c.h * 0.47), (c.w * (0.5 + (i - 2) * 0.09), c.h * 0.47),
                     (c.w * (0.5 + (i - 2) * 0.2), c.h), (c.w * (0.5 + (i - 3) * 0.2), c.h)], "#ffffff", 18)  # fmt: skip
    c.stroke([(0, c.h * 0.62), (c.w, c.h * 0.56)], 6, "#f4f7ee", 190)
    _goal(c)
    keeper = Look("#f0c24a", "#2a2e36", shorts=True, short_sleeves=False)
    person(c, c.w * 0.84, c.h * 0.61, c.h * 0.3, keeper, CHEER, -1)
    for i, (x, y, pose, team) in enumerate(((0.16, 0.74, RUN, away), (0.6, 0.76, RUN, away), (0.05, 0.93, RUN, home),
                                           (0.33, 0.9, KICK, home), (0.73, 0.93, STAND, away))):  # fmt: skip
        look = some_look(
            c,
            (team,),
            trousers=mix(team, "#14203a", 0.75),
            shorts=True,
            long_hair=False,
            shoes="#f0e05a",
        )
        person(
            c,
            c.w * x,
            c.h * y,
            c.h * (0.27 + 0.2 * (y - 0.7) * 3),
            look,
            pose,
            -1 if i in (1, 4) else 1,
        )
    _ball(c)


def _goal(c: Canvas) -> None:
    gx, gy, gw, gh = c.w * 0.72, c.h * 0.34, c.w * 0.24, c.h * 0.26
    for i in range(15):
        c.stroke([(gx + gw * i / 14, gy), (gx + gw * i / 14, gy + gh)], 1, "#ffffff", 110)
        c.stroke([(gx, gy + gh * i / 14), (gx + gw, gy + gh * i / 14)], 1, "#ffffff", 110)
    c.stroke([(gx, gy + gh), (gx, gy), (gx + gw, gy), (gx + gw, gy + gh)], 10, "#fbfbf8")


def _ball(c: Canvas) -> None:
    c.dot(c.w * 0.49, c.h * 0.83, 26, "#f8f8f4")
    for k in range(5):
        c.dot(
            c.w * 0.49 + math.cos(k * 1.257) * 15,
            c.h * 0.83 + math.sin(k * 1.257) * 15,
            6,
            "#2a2e36",
        )
    for k in range(4):
        c.stroke(
            [(c.w * 0.42 - k * 18, c.h * (0.85 + 0.008 * k)), (c.w * 0.465, c.h * 0.838)],
            3,
            "#ffffff",
            60,
        )


def fans(c: Canvas) -> None:
    """Supporters close to: arms up, flags, a drum."""
    colours = ("#d9473f", "#e8584a", "#f0c24a", "#c63a34")
    c.gradient(0, c.h, ("#23324a", "#3f5570", "#2a3a4f"))
    for i in range(6):
        c.shape(
            [
                (c.w * i / 5 - 40, 0),
                (c.w * i / 5 + 40, 0),
                (c.w * (i / 5 + 0.1), c.h),
                (c.w * (i / 5 - 0.1), c.h),
            ],
            "#ffffff",
            8,
        )
    for row in range(4):
        count, tall = 13 - row * 2, c.h * (0.34 + row * 0.11)
        for i in range(count):
            x = c.near(c.w * (i + 0.5) / count, 16)
            look = some_look(c, tuple(mix(s, "#141c2a", 0.42 - row * 0.13) for s in colours), hat=c.chance.choice((None, None, "cap", "cloth")),
                             hat_colour=c.chance.choice(("#f0c24a", "#d9473f")))  # fmt: skip
            person(
                c,
                x,
                c.h * (0.72 + row * 0.22),
                tall,
                look,
                c.chance.choice((CHEER, WAVE, CHEER, HOLD)),
                c.chance.choice((1, -1)),
                shadow=0,
            )
        if row < 3:
            for _ in range(3):
                x, y = c.chance.uniform(0.05, 0.9) * c.w, c.h * (0.2 + row * 0.1)
                c.stroke([(x, y - 60), (x - 24, y + 190)], 7, "#e9dcc0")
                wave = [(x + t * 30, y - 60 + math.sin(t * 1.1 + row) * 16) for t in range(8)]
                c.shape([*wave, *[(px - 8, py + 110) for px, py in reversed(wave)]], "#d0342a")
                c.star(wave[3][0] + 12, wave[3][1] + 56, 34, "#f6d34a")
    for _ in range(150):
        c.box(
            c.chance.uniform(0, c.w),
            c.chance.uniform(0, c.h),
            12,
            7,
            c.chance.choice(("#f0c24a", "#ffffff", "#e8584a", "#7fc0d9")),
            210,
        )


def cyclists(c: Canvas) -> None:
    """A bunch of racers on a coast road."""
    horizon = c.h * 0.4
    sky(c, ("#4fa3d3", "#e3f2ee"), horizon, clouds=7)
    water(c, horizon, ("#5fb6c4", "#2f86a3"), "#ffffff", strokes=170)
    c.shape(
        [
            (0, c.h * 0.42),
            (c.w * 0.16, c.h * 0.3),
            (c.w * 0.3, c.h * 0.34),
            (c.w * 0.42, c.h * 0.4),
            (c.w * 0.5, c.h * 0.42),
        ],
        "#4f8a6a",
    )
    c.shape([(0, c.h * 0.6), (c.w, c.h * 0.52), (c.w, c.h), (0, c.h)], "#8aa05f")
    c.shape([(0, c.h * 0.66), (c.w, c.h * 0.6), (c.w, c.h), (0, c.h)], "#6d7178")
    c.shape([(0, c.h * 0.655), (c.w, c.h * 0.595), (c.w, c.h * 0.605), (0, c.h * 0.67)], "#f4f1e6")
    for i in range(12):
        x = c.w * i / 11
        c.box(x, c.h * (0.6 - 0.055 * i / 11), 12, 54, "#f4f1e6")
        c.box(x, c.h * (0.6 - 0.055 * i / 11) + 8, 12, 14, "#d0342a")
    teams = ("#d9473f", "#f0c24a", "#2f7da8", "#5aa35f", "#8a5a9c", "#f08a3a")
    for i in range(10):
        row, col = divmod(i, 4)
        size = c.h * (0.17 + row * 0.055)
        x, y = c.w * (0.16 + col * 0.235 + row * 0.05 - 0.06 * (row == 2)), c.h * (0.76 + row * 0.1)
        look = some_look(
            c,
            (teams[i % 6],),
            hat="helmet",
            hat_colour=teams[(i + 2) % 6],
            shorts=True,
            trousers="#22262c",
            long_hair=False,
        )
        bicycle(c, x, y, size, teams[(i + 1) % 6], look)


def runners(c: Canvas) -> None:
    """A street run over a bridge by the river, hundreds of numbers."""
    horizon = c.h * 0.46
    sky(c, ("#f2a27a", "#fbe0b0"), horizon, clouds=7, cloud="#fff0dc")
    for i in range(24):
        tall = c.chance.uniform(0.05, 0.24) * c.h
        c.box(
            c.w * i / 23 - 36,
            horizon - tall,
            64,
            tall,
            mix("#b5848a", "#e9b898", c.chance.random()),
        )
    treeline(c, horizon, 22, "#6f8a62")
    c.gradient(horizon, c.h, ("#a3938c", "#6d6468"))
    c.shape(
        [(c.w * 0.46, horizon), (c.w * 0.47, horizon), (c.w * 0.16, c.h), (c.w * 0.1, c.h)],
        "#f6eee0",
        190,
    )
    c.shape(
        [(c.w * 0.53, horizon), (c.w * 0.54, horizon), (c.w * 0.9, c.h), (c.w * 0.84, c.h)],
        "#f6eee0",
        190,
    )
    c.box(c.w * 0.2, c.h * 0.24, 26, c.h * 0.26, "#2f6f94")
    c.box(c.w * 0.8 - 26, c.h * 0.24, 26, c.h * 0.26, "#2f6f94")
    c.box(c.w * 0.2, c.h * 0.2, c.w * 0.6, c.h * 0.09, "#2f6f94", r=10)
    c.box(c.w * 0.34, c.h * 0.228, c.w * 0.32, c.h * 0.034, "#fff3d8", r=8)
    for row in range(5):
        count = 11 - row * 2
        for i in range(count):
            tall = c.h * (0.14 + 0.085 * row)
            x, y = (
                c.near(c.w * (0.5 + (i + 0.5 - count / 2) * (0.075 + row * 0.042)), 14),
                c.h * (0.53 + row * 0.112),
            )
            look = some_look(
                c, ("#e8584a", "#f0c24a", "#3fa3b5", "#f6f4ec", "#7fb56a"), shorts=True
            )
            found = person(c, x, y, tall, look, RUN, 1 if i % 2 else -1)
            nx, ny = found["neck"]
            c.box(nx - tall * 0.055, ny + tall * 0.12, tall * 0.1, tall * 0.075, "#ffffff", r=3)


def boat_race(c: Canvas) -> None:
    """Long rowing boats side by side, spray at the oars, the crowd on the bank."""
    bank = c.h * 0.36
    sky(c, ("#6fb6dc", "#eaf2e2"), bank, clouds=7)
    ridge(c, bank - 20, c.h * 0.16, "#8fb5a8")
    treeline(c, bank - 40, 34, "#4f8a56")
    for i in range(90):
        x = c.near(c.w * i / 89, 8)
        y = c.near(bank - 8, 12)
        c.box(x - 9, y, 18, 34, c.chance.choice(SHIRTS), r=7)
        c.dot(x, y - 6, 9, "#d9a27c")
        c.half(x, y - 6, 10, 10, c.chance.choice(("#26211f", "#e9d8a6", "#26211f")))
    for i in range(9):
        x = c.w * (0.04 + i * 0.115)
        c.stroke([(x, bank + 20), (x, bank - 130)], 4, "#d8d2c0")
        c.shape(
            [(x + 2, bank - 130), (x + 62, bank - 116), (x + 2, bank - 84)],
            ("#d0342a", "#f0c24a", "#3f8f5a", "#3f6fb0")[i % 4],
        )
    water(c, bank + 24, ("#a9d3d0", "#4f97a0", "#2a6478"), "#ffffff", strokes=340)
    for lane, (y, tint, shirt) in enumerate(
        ((0.52, "#c8473c", "#f0c24a"), (0.69, "#2f6f94", "#d9473f"), (0.89, "#d9a03a", "#3f8f6a"))
    ):
        long, x = c.w * (0.62 + 0.1 * lane), c.w * (0.46 + 0.07 * (lane % 2))
        tall = c.h * (0.15 + 0.04 * lane)
        yy = c.h * y
        c.glow(x, yy + 18, long * 0.55, "#123440", 0.6, 34)
        for i in range(10):
            px = x - long * 0.4 + i * long * 0.085
            person(
                c,
                px,
                yy + tall * 0.12,
                tall,
                some_look(c, (shirt,), hat="cloth", hat_colour=shirt),
                ROW,
                1,
                shadow=0,
            )
        person(c, x - long * 0.46, yy + 2, tall * 1.25, some_look(c, (shirt,)), HOLD, 1, shadow=0)
        c.shape([(x - long * 0.54, yy - 34), (x - long * 0.46, yy - 8), (x + long * 0.46, yy - 12), (x + long * 0.57, yy - 48),
                 (x + long * 0.49, yy + 20), (x - long * 0.45, yy + 22)], tint)  # fmt: skip
        c.stroke([(x - long * 0.47, yy - 2), (x + long * 0.48, yy - 6)], 5, "#fff3d8")
        c.dot(x + long * 0.5, yy - 16, 9, "#ffffff")
        c.dot(x + long * 0.503, yy - 16, 4, "#16181c")
        for i in range(10):
            px = x - long * 0.36 + i * long * 0.085
            c.stroke([(px + 8, yy - tall * 0.2), (px - 34, yy + 36)], 5, "#8a6234")
            for _ in range(5):
                c.dot(
                    c.near(px - 38, 20), c.near(yy + 32, 12), c.chance.uniform(2, 6), "#ffffff", 200
                )

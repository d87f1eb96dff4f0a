"""Indoors: halls, a stage, classrooms, a hospital corridor, a laboratory, a library."""

from example.scenes.canvas import Canvas, Colour, mix
from example.scenes.people import (
    HAIRS,
    HOLD,
    SHIRTS,
    SIT,
    STAND,
    TALK,
    WALK,
    WAVE,
    WORK,
    Look,
    person,
    seen_from_behind,
    some_look,
)

TEAL = ("#0f6b6b", "#0b4f55", "#f6edd2")  # a backdrop: ground, hills, letters


def _backdrop(c: Canvas, x: float, y: float, w: float, h: float, colours: tuple) -> None:
    """The printed wall behind a stage: two hills, a river, and bars where the title stands."""
    ground, hill, mark = colours
    c.box(x - 8, y - 8, w + 16, h + 16, "#10151c", 60, r=4)
    c.box(x, y, w, h, ground)
    c.shape([(x, y + h), (x, y + h * 0.74), (x + w * 0.3, y + h * 0.6), (x + w * 0.62, y + h * 0.8),
             (x + w, y + h * 0.58), (x + w, y + h)], hill)  # fmt: skip
    c.shape([(x, y + h), (x, y + h * 0.86), (x + w * 0.4, y + h * 0.8), (x + w, y + h * 0.92),
             (x + w, y + h)], mix(hill, "#ffffff", 0.18))  # fmt: skip
    for i, share in enumerate((0.34, 0.62, 0.5)):
        high = h * (0.06 if i == 0 else 0.1)
        c.box(x + w * (1 - share) / 2, y + h * (0.14 + i * 0.15), w * share, high, mark,
              235 if i else 190, r=high * 0.3)  # fmt: skip


def hall(c: Canvas) -> None:
    """A conference hall seen over the heads of its audience, a speaker on the stage."""
    wall = "#2f4a5c"
    c.gradient(0, c.h, (mix(wall, "#000000", 0.45), wall, mix(wall, "#000000", 0.3)))
    for i in range(9):
        c.box(i * c.w / 8 - c.w * 0.02, 0, c.w * 0.012, c.h * 0.62, "#000000", 38)
    w, h = c.w * 0.62, c.h * 0.4
    x, y = (c.w - w) / 2, c.h * 0.1
    c.glow(c.w / 2, y + h / 2, c.w * 0.6, "#cfe9e4", 0.45, c.h * 0.5)
    _backdrop(c, x, y, w, h, TEAL)
    c.box(0, c.h * 0.54, c.w, c.h * 0.2, mix("#7a5238", wall, 0.2))
    c.box(0, c.h * 0.54, c.w, c.h * 0.012, "#c9976a")
    _podium(c, c.w * 0.27, c.h * 0.56, c.h * 0.2, Look("#f2efe8", "#2b3440"))
    for i in range(4):
        px = c.w * (0.5 + i * 0.075)
        person(c, px, c.h * 0.56, c.h * 0.19, some_look(c, trousers="#2b3440"), SIT, -1, shadow=0)
    c.box(c.w * 0.46, c.h * 0.485, c.w * 0.32, c.h * 0.082, "#b8433c", r=4)
    c.box(c.w * 0.46, c.h * 0.478, c.w * 0.32, c.h * 0.014, "#e9dcc0")
    for spot in (0.26, 0.5, 0.74):
        c.shape([(c.w * spot - 12, 0), (c.w * spot + 12, 0), (c.w * (spot + 0.14), c.h * 0.56),
                 (c.w * (spot - 0.14), c.h * 0.56)], "#fff4d8", 18)  # fmt: skip
    audience(c, c.h * 0.7, 6)


def audience(c: Canvas, top: float, rows: int, shirts: tuple = SHIRTS) -> None:
    """Rows of people seen from behind, larger and darker towards us."""
    for row in range(rows):
        share = row / max(1, rows - 1)
        size = c.w * (0.042 + 0.085 * share**1.3)
        y = top + (c.h * 1.06 - top) * share**1.15
        x = -size * (0.4 + 0.5 * (row % 2))
        while x < c.w + size:
            seen_from_behind(
                c, c.near(x, size * 0.09), c.near(y, size * 0.07), size * 0.98,
                mix(c.chance.choice(shirts), "#0d141d", 0.12 + 0.42 * share),
                c.chance.choice(HAIRS), long_hair=c.chance.random() < 0.4,
            )  # fmt: skip
            x += size * 1.12
        c.veil(y - size * 0.5, c.h, "#0a1018", 0.05, 0.05)


def _podium(c: Canvas, x: float, y: float, tall: float, look: Look) -> None:
    person(c, x, y, tall, look, TALK, 1, shadow=0)
    wide = tall * 0.42
    c.shape([(x - wide * 0.5, y - tall * 0.55), (x + wide * 0.8, y - tall * 0.55),
             (x + wide * 0.62, y), (x - wide * 0.32, y)], "#8a5a3a")  # fmt: skip
    c.shape([(x + wide * 0.25, y - tall * 0.55), (x + wide * 0.8, y - tall * 0.55),
             (x + wide * 0.62, y), (x + wide * 0.2, y)], "#000000", 40)  # fmt: skip
    c.box(x - wide * 0.56, y - tall * 0.58, wide * 1.42, tall * 0.05, "#b98457", r=3)
    c.stroke([(x + wide * 0.2, y - tall * 0.57), (x + wide * 0.12, y - tall * 0.74)], tall * 0.012,
             "#20242a")  # fmt: skip
    c.dot(x + wide * 0.12, y - tall * 0.75, tall * 0.018, "#20242a")
    c.dot(x + wide * 0.17, y - tall * 0.3, tall * 0.07, "#e5c169")


def podium(c: Canvas) -> None:
    """Close to the stage: a speaker at the lectern, flowers before it."""
    c.gradient(0, c.h, ("#17323d", "#24505a", "#122a33"))
    _backdrop(c, c.w * 0.05, c.h * 0.05, c.w * 0.9, c.h * 0.72, TEAL)
    c.veil(0, c.h * 0.8, "#0c2630", 0.12, 0.38)
    c.glow(c.w * 0.42, c.h * 0.38, c.w * 0.4, "#fff1cf", 0.5)
    c.box(0, c.h * 0.9, c.w, c.h * 0.1, "#5a3b2a")
    c.box(0, c.h * 0.9, c.w, c.h * 0.012, "#a8764e")
    _podium(c, c.w * 0.4, c.h * 0.95, c.h * 0.78, Look("#eef1f3", "#27303b"))
    for _ in range(34):
        x, y = c.near(c.w * 0.42, c.w * 0.1), c.near(c.h * 0.89, c.h * 0.05)
        c.dot(x, y, c.h * 0.024, c.chance.choice(("#2f6b45", "#3f8256", "#265a3b")))
    for _ in range(40):
        x, y = c.near(c.w * 0.42, c.w * 0.1), c.near(c.h * 0.87, c.h * 0.05)
        c.dot(x, y, c.h * 0.017, c.chance.choice(("#e8736b", "#f3c15f", "#f7efe6", "#d9568a")))
    for i in range(4):
        seen_from_behind(c, c.w * (0.68 + i * 0.11), c.h * 1.03, c.w * 0.13,
                         mix(SHIRTS[i], "#0d141d", 0.5), HAIRS[i % 3], long_hair=i % 2 == 0)  # fmt: skip


def panel(c: Canvas) -> None:
    """Guests on a stage in easy chairs, talking, plants between them."""
    wall, guests = "#c9d6d2", 4
    c.gradient(0, c.h * 0.8, (mix(wall, "#ffffff", 0.3), wall))
    _backdrop(c, c.w * 0.14, c.h * 0.07, c.w * 0.72, c.h * 0.42,
              ("#21536b", "#173d52", "#f8ecd0"))  # fmt: skip
    c.gradient(c.h * 0.72, c.h, ("#b58c64", "#8a6444"))
    c.box(0, c.h * 0.72, c.w, 6, "#6d4d34")
    for i in range(guests):
        x = c.w * (0.15 + 0.7 * i / (guests - 1))
        facing = 1 if i < guests / 2 else -1
        tall = c.h * 0.56
        c.glow(x, c.h * 0.86, c.w * 0.1, "#3a2412", 0.6, c.h * 0.04)
        c.box(x - c.w * 0.062, c.h * 0.5, c.w * 0.124, c.h * 0.33, "#d8d2c4", r=26)
        c.box(x - c.w * 0.07, c.h * 0.64, c.w * 0.14, c.h * 0.17, "#c3baa8", r=20)
        look = some_look(c, trousers="#2d3742", short_sleeves=i % 2 == 0, dress=False)
        person(c, x - facing * c.w * 0.008, c.h * 0.865, tall, look,
               SIT if i != 1 else TALK_SEATED, facing, shadow=0)  # fmt: skip
    for x in (0.035, 0.965):
        c.box(c.w * x - 38, c.h * 0.74, 76, c.h * 0.12, "#7d4f3b", r=10)
        for _ in range(16):
            c.oval(c.near(c.w * x, 62), c.near(c.h * 0.64, c.h * 0.1), 18, 42,
                   c.chance.choice(("#3b7a52", "#2c6242", "#4f9166")))  # fmt: skip
    c.box(c.w * 0.44, c.h * 0.8, c.w * 0.12, c.h * 0.02, "#efe7d6", r=8)
    c.stroke([(c.w * 0.5, c.h * 0.82), (c.w * 0.5, c.h * 0.9)], 10, "#6b6256")
    for i in range(3):
        c.box(c.w * (0.47 + i * 0.026), c.h * 0.765, 12, c.h * 0.036, "#9fc6d6", r=4)
    audience(c, c.h * 1.01, 2)


TALK_SEATED = type(SIT)(4, (20, 70), (58, 128), (84, 4), (88, 2))


def classroom(
    c: Canvas, *, wall: Colour = "#e9dcb6", board: Colour = "#2f5d50", pupils: tuple = ("#f5f3ee",)
) -> None:
    """A class before a green board, windows on the left, the teacher pointing."""
    c.gradient(0, c.h, (mix(wall, "#ffffff", 0.25), wall))
    c.box(0, c.h * 0.55, c.w, c.h * 0.14, mix(wall, "#7d6a3c", 0.35))
    for i in range(2):
        x = c.w * (0.03 + i * 0.13)
        c.box(x, c.h * 0.1, c.w * 0.11, c.h * 0.38, "#7a5b40", r=4)
        c.box(x + 8, c.h * 0.1 + 8, c.w * 0.11 - 16, c.h * 0.38 - 16, "#bfe0e6")
        c.half(x + c.w * 0.055, c.h * 0.48 - 8, c.w * 0.047, c.h * 0.13, "#7fae8c")
        c.box(x + c.w * 0.055 - 4, c.h * 0.1, 8, c.h * 0.38, "#7a5b40")
    x, y, w, h = c.w * 0.34, c.h * 0.09, c.w * 0.56, c.h * 0.38
    c.box(x - 14, y - 14, w + 28, h + 28, "#8a623f", r=6)
    c.box(x, y, w, h, board)
    c.box(x, y, w, h * 0.5, "#ffffff", 10)
    for i, (share, indent) in enumerate(((0.42, 0.06), (0.66, 0.1), (0.52, 0.1), (0.6, 0.1))):
        c.box(x + w * indent, y + h * (0.16 + i * 0.19), w * share, 9, "#f2efe2", 190, r=4)
    c.gradient(c.h * 0.69, c.h, ("#c09a6c", "#8f6b48"))
    c.shape([(0, c.h * 0.48), (c.w * 0.28, c.h * 0.48), (c.w * 0.6, c.h), (c.w * 0.1, c.h)],
            "#fff6d2", 30)  # fmt: skip
    person(c, c.w * 0.8, c.h * 0.72, c.h * 0.5, Look("#c45c78", "#f4efe8", dress=True,
           long_hair=True, short_sleeves=False), WAVE, -1)  # fmt: skip
    _desks(c, pupils)


def _desks(c: Canvas, pupils: tuple) -> None:
    for row in range(3):
        size = c.w * (0.075 + row * 0.03)
        y = c.h * (0.8 + row * 0.125)
        count = 8 - row * 2
        for i in range(count):
            x = c.w * (i + 0.5) / count
            seen_from_behind(c, c.near(x, 8), y, size, c.chance.choice(pupils),
                             c.chance.choice(HAIRS), long_hair=i % 2 == row % 2)  # fmt: skip
            c.box(x - size * 0.28, y - size * 0.6, size * 0.56, size * 0.5,
                  c.chance.choice(("#c9584c", "#4a79a8", "#e0a64a", "#5c8b6b")), r=size * 0.1)  # fmt: skip
            c.box(x - size * 0.62, y - size * 0.12, size * 1.24, size * 0.12, "#a9794b", r=4)


def corridor(c: Canvas) -> None:
    """A hospital corridor towards the light; a doctor and a nurse walk, patients wait."""
    wall = "#dcebe8"
    vx, vy = c.w * 0.5, c.h * 0.4
    c.gradient(0, c.h, ("#eef6f4", wall))
    c.shape([(0, c.h), (c.w, c.h), (c.w * 0.58, c.h * 0.52), (c.w * 0.42, c.h * 0.52)], "#b9cfcb")
    c.shape([(c.w * 0.2, c.h), (c.w * 0.8, c.h), (c.w * 0.53, c.h * 0.52), (c.w * 0.47, c.h * 0.52)],
            "#ffffff", 60)  # fmt: skip
    for side in (-1, 1):
        edge = c.w if side > 0 else 0
        near, far = c.w * 0.5 + side * c.w * 0.08, edge
        c.shape([(far, 0), (near, c.h * 0.28), (near, c.h * 0.52), (far, c.h)],
                mix(wall, "#5d8a86", 0.12 if side > 0 else 0.2))  # fmt: skip
        c.shape([(far, c.h * 0.6), (near, c.h * 0.43), (near, c.h * 0.45), (far, c.h * 0.68)],
                "#5fa39a")  # fmt: skip
        for t in (0.34, 0.66):
            x0, x1 = edge + (vx - edge) * t * 1.0, edge + (vx - edge) * (t + 0.16)
            top0, top1 = vy * t * 1.0 + c.h * 0.02, vy * (t + 0.16) + c.h * 0.01
            low0, low1 = c.h - (c.h * 0.48) * t * 1.16, c.h - (c.h * 0.48) * (t + 0.16) * 1.14
            c.shape([(x0, top0 + 70), (x1, top1 + 60), (x1, low1), (x0, low0)], "#8db8b2")
    for t in (0.1, 0.4, 0.62):
        y = vy * 0.7 * t
        half = c.w * 0.2 * (1 - t)
        c.box(vx - half, y, half * 2, c.h * 0.045 * (1 - t), "#ffffff", r=6)
    c.glow(vx, vy, c.w * 0.22, "#ffffff", 0.95)
    c.box(vx - c.w * 0.06, c.h * 0.27, c.w * 0.12, c.h * 0.25, "#fdfefe")
    coat = Look("#fbfbfa", "#e8efee", dress=True, short_sleeves=False, long_hair=True)
    person(c, c.w * 0.4, c.h * 0.93, c.h * 0.62, coat, WALK, 1)
    nurse = Look("#8fc3c9", "#8fc3c9", hat="cap", hat_colour="#f6faf9", long_hair=True)
    person(c, c.w * 0.62, c.h * 0.9, c.h * 0.56, nurse, HOLD, -1)
    c.box(c.w * 0.79, c.h * 0.78, c.w * 0.2, c.h * 0.03, "#47736f", r=6)
    for x in (0.84, 0.93):
        person(c, c.w * x, c.h * 0.97, c.h * 0.52, some_look(c), SIT, -1, shadow=0.2)


def laboratory(c: Canvas) -> None:
    """Students in white coats at a bench with tanks and glass."""
    c.gradient(0, c.h, ("#dfeaf0", "#b9cfda"))
    for i in range(4):
        x = c.w * (0.05 + i * 0.24)
        c.box(x, c.h * 0.12, c.w * 0.19, c.h * 0.28, "#3c6f86", r=8)
        c.box(x + 8, c.h * 0.16, c.w * 0.19 - 16, c.h * 0.24 - 8, "#7fc0cf", r=4)
        c.box(x + 8, c.h * 0.16, c.w * 0.19 - 16, 12, "#d6f1f3", 200)
        for _ in range(8):
            fx, fy = x + c.chance.uniform(30, c.w * 0.17), c.h * c.chance.uniform(0.2, 0.36)
            c.oval(fx, fy, 13, 6, "#e88a4e")
            c.shape([(fx - 11, fy), (fx - 23, fy - 7), (fx - 23, fy + 7)], "#e88a4e")
    c.box(0, c.h * 0.42, c.w, 10, "#6d8794")
    for x, facing, pose in ((0.13, 1, WORK), (0.4, -1, HOLD), (0.58, 1, HOLD), (0.87, -1, WORK)):
        coat = some_look(c, ("#fafaf8",), short_sleeves=False, dress=True)
        person(c, c.w * x, c.h * 0.99, c.h * 0.64, coat, pose, facing, shadow=0)
    c.box(0, c.h * 0.74, c.w, c.h * 0.3, "#f3f5f4")
    c.box(0, c.h * 0.74, c.w, c.h * 0.03, "#8aa3ad")
    for i in range(13):
        x = c.w * (0.03 + i * 0.078)
        tall = c.chance.uniform(0.07, 0.13) * c.h
        tint = c.chance.choice(("#6fb7c4", "#e6b756", "#7fb98b", "#d98276"))
        c.box(x, c.h * 0.75 - tall, 30, tall, "#ffffff", 130, r=8)
        c.box(x + 3, c.h * 0.75 - tall * 0.55, 24, tall * 0.53, tint, 220, r=6)
    c.box(c.w * 0.3, c.h * 0.64, 60, c.h * 0.1, "#2d3b44", r=8)
    c.limb([(c.w * 0.31, c.h * 0.66), (c.w * 0.335, c.h * 0.58)], 26, 18, "#2d3b44")


def meeting(c: Canvas, *, wall: Colour = "#e6ddcb") -> None:
    """A long table in a meeting room, people on both sides, a screen at its head."""
    c.gradient(0, c.h * 0.62, (mix(wall, "#ffffff", 0.4), wall))
    for i in range(7):
        c.box(i * c.w / 6 - 5, 0, 10, c.h * 0.6, "#8a7350", 40)
    c.box(c.w * 0.33, c.h * 0.08, c.w * 0.34, c.h * 0.27, "#2b3138", r=6)
    c.box(c.w * 0.34, c.h * 0.095, c.w * 0.32, c.h * 0.24, "#4b86a3")
    for i, tall in enumerate((0.09, 0.13, 0.11, 0.17, 0.15)):
        c.box(
            c.w * (0.37 + i * 0.055), c.h * (0.32 - tall), c.w * 0.034, c.h * tall, "#eaf2f0", 220
        )
    c.gradient(c.h * 0.6, c.h, ("#9a6f4e", "#6a4930"))
    for i in range(5):
        share = i / 4
        tall = c.h * (0.4 + 0.26 * share)
        for side in (-1, 1):
            x = c.w * 0.5 + side * c.w * (0.16 + 0.27 * share)
            person(c, x, c.h * (0.74 + 0.3 * share), tall,
                   some_look(c, ("#f3f1ea", "#dfe7ea", "#b9cad4", "#f3f1ea")),
                   SIT if (i + side) % 3 else TALK_SEATED, -side, shadow=0)  # fmt: skip
    c.shape([(c.w * 0.37, c.h * 0.58), (c.w * 0.63, c.h * 0.58), (c.w * 0.84, c.h), (c.w * 0.16, c.h)],
            "#b98958")  # fmt: skip
    c.shape([(c.w * 0.46, c.h * 0.58), (c.w * 0.54, c.h * 0.58), (c.w * 0.6, c.h), (c.w * 0.4, c.h)],
            "#ffffff", 26)  # fmt: skip
    for i in range(5):
        share = i / 4
        for side in (-1, 1):
            x = c.w * 0.5 + side * c.w * (0.1 + 0.14 * share)
            y = c.h * (0.62 + 0.3 * share)
            c.oval(x, y, 16 + 22 * share, 6 + 8 * share, "#f7f3ea")
    person(c, c.w * 0.5, c.h * 0.66, c.h * 0.36, Look("#f6f4ee", "#2d3540"), STAND, 1, shadow=0)
    c.oval(c.w * 0.5, c.h * 0.6, c.w * 0.06, c.h * 0.03, "#5f8f56")
    for _ in range(24):
        c.dot(c.near(c.w * 0.5, c.w * 0.045), c.near(c.h * 0.585, c.h * 0.02), 9,
              c.chance.choice(("#f0c25e", "#e77a6f", "#f7f1e4")))  # fmt: skip


def library(c: Canvas) -> None:
    """Shelves of books in perspective, children reading on a mat."""
    c.gradient(0, c.h, ("#f0e4cc", "#d9c29a"))
    tints = ("#b5523f", "#3f6f8a", "#d9a441", "#5f8159", "#7a5a80", "#e2d6bd", "#2f4a5a")
    for shelf in range(4):
        y = c.h * (0.05 + shelf * 0.15)
        c.box(0, y, c.w, c.h * 0.15, "#6b4a33")
        c.box(0, y, c.w, c.h * 0.13, "#54382a")
        x = 6.0
        while x < c.w:
            wide, tall = c.chance.uniform(13, 30), c.chance.uniform(0.08, 0.118) * c.h
            if c.chance.random() > 0.06:
                tint = mix(c.chance.choice(tints), "#2a1a12", c.chance.uniform(0, 0.25))
                c.box(x, y + c.h * 0.13 - tall, wide, tall, tint, r=2)
                c.box(x, y + c.h * 0.13 - tall * 0.8, wide, 5, "#f0e2bd", 130)
            x += wide + 2
        c.box(0, y + c.h * 0.13, c.w, c.h * 0.02, "#a97b52")
    c.veil(0, c.h * 0.66, "#2a160c", 0.3, 0.0)
    c.gradient(c.h * 0.655, c.h, ("#c99f6d", "#a67a4e"))
    c.oval(c.w * 0.5, c.h * 0.9, c.w * 0.44, c.h * 0.1, "#b4573f")
    c.oval(c.w * 0.5, c.h * 0.895, c.w * 0.4, c.h * 0.085, "#d08a5a")
    c.glow(c.w * 0.5, c.h * 0.5, c.w * 0.45, "#ffedc0", 0.4)
    for i in range(5):
        x = c.w * (0.2 + i * 0.15)
        facing = 1 if i < 3 else -1
        look = some_look(c, ("#f6f4ee", "#e59a8d", "#9cc2cf", "#f0cd7e"), shorts=i % 2 == 0)
        found = person(c, x, c.near(c.h * 0.93, 12), c.h * 0.62, look, READ, facing, shadow=0.3)
        hx, hy = found["near"]
        c.shape([(hx - 34, hy - 8), (hx, hy + 6), (hx + 34, hy - 8), (hx + 34, hy + 14),
                 (hx, hy + 28), (hx - 34, hy + 14)], "#fbf7ec")  # fmt: skip
        c.stroke([(hx, hy + 4), (hx, hy + 26)], 2, "#b9a98a")


READ = type(SIT)(6, (34, 92), (36, 96), (82, 150), (86, 150))

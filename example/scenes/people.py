"""People in flat shapes: a skeleton of angles, clothes over it, no faces."""

import math
from dataclasses import dataclass

from example.scenes.canvas import Canvas, Colour, Point, mix

SKINS = ("#e3b491", "#d9a27c", "#c98f68", "#eac3a2")
HAIRS = ("#2a2320", "#1e1b1d", "#3a2c26", "#4b443f")
SHIRTS = ("#f4efe6", "#7fa3b8", "#c65b4b", "#e0a84e", "#5f8a72", "#8a6f9c", "#d8cbb8", "#4a6a8a")


@dataclass(frozen=True)
class Pose:
    """Angles in degrees from straight down, forward positive; arms and legs as (upper, lower)."""

    lean: float = 0
    far_arm: tuple[float, float] = (-8, 6)
    near_arm: tuple[float, float] = (10, 18)
    far_leg: tuple[float, float] = (-5, -4)
    near_leg: tuple[float, float] = (5, 4)


STAND = Pose()
TALK = Pose(far_arm=(-10, 25), near_arm=(24, 122))
WALK = Pose(4, (28, 45), (-26, -8), (-24, -34), (24, 12))
RUN = Pose(14, (50, 120), (-55, 20), (-35, -88), (58, 2))
KICK = Pose(-14, (70, 80), (-65, -50), (-6, -10), (62, 44))
CHEER = Pose(0, (-150, -170), (150, 172), (-6, -4), (6, 4))
BEND = Pose(68, (22, 8), (12, -4), (-10, -4), (14, -6))
CARRY = Pose(5, (60, 150), (60, 150), (-20, -28), (22, 8))
DANCE = Pose(-6, (-112, -150), (108, 140), (-8, -6), (26, -6))
SIT = Pose(0, (20, 70), (26, 82), (84, 4), (88, 2))
ROW = Pose(24, (62, 84), (52, 74), (86, 20), (88, 14))
RIDE = Pose(44, (44, 62), (38, 58), (44, -34), (74, 8))
WORK = Pose(8, (36, 84), (30, 92), (-4, -3), (5, 4))
HOLD = Pose(0, (48, 98), (44, 104), (-5, -4), (6, 4))
WAVE = Pose(0, (-10, 4), (150, 165), (-6, -4), (6, 4))


@dataclass(frozen=True)
class Look:
    """What a person wears. hat: None, "cone" (nón lá), "cap", "helmet", "cloth"."""

    shirt: Colour = "#7fa3b8"
    trousers: Colour = "#2f3a46"
    skin: Colour = SKINS[0]
    hair: Colour = HAIRS[0]
    hat: str | None = None
    hat_colour: Colour = "#ecd9a8"
    dress: bool = False  # the long tunic of an áo dài
    shorts: bool = False
    short_sleeves: bool = True
    long_hair: bool = False
    shoes: Colour = "#2a2624"


def some_look(c: Canvas, shirts: tuple[Colour, ...] = SHIRTS, **more: object) -> Look:
    """A look by chance, with `more` fixed."""
    pick = c.chance.choice
    chosen: dict[str, object] = {
        "shirt": pick(shirts),
        "trousers": pick(("#2f3a46", "#3c3836", "#55616b", "#6a5d4f")),
        "skin": pick(SKINS),
        "hair": pick(HAIRS),
        "long_hair": c.chance.random() < 0.4,
    }
    return Look(**(chosen | more))  # type: ignore[arg-type]


def _reach(start: Point, angles: tuple[float, float], length: float, facing: int) -> list[Point]:
    points = [start]
    for angle in angles:
        x, y = points[-1]
        turn = math.radians(angle)
        points.append((x + facing * math.sin(turn) * length, y + math.cos(turn) * length))
    return points


def person(
    c: Canvas,
    x: float,
    y: float,
    tall: float,
    look: Look = Look(),
    pose: Pose = STAND,
    facing: int = 1,
    shadow: float = 0.35,
) -> dict[str, Point]:
    """A person of height `tall` whose lower foot stands at y; says where hands, head and hips are."""
    leg, arm = tall * 0.235, tall * 0.165
    drop = max(tall * 0.05, *(_depth(angles, leg) for angles in (pose.far_leg, pose.near_leg)))
    hip = (x, y - drop - tall * 0.012)
    lean = math.radians(pose.lean)
    neck = (x + facing * math.sin(lean) * tall * 0.31, hip[1] - math.cos(lean) * tall * 0.31)
    head = (
        neck[0] + facing * math.sin(lean * 0.7) * tall * 0.1,
        neck[1] - math.cos(lean * 0.7) * tall * 0.1,
    )
    shoulder = (neck[0] + (hip[0] - neck[0]) * 0.14, neck[1] + (hip[1] - neck[1]) * 0.14)
    wide = tall * 0.1
    side = wide * (1 - abs(math.sin(lean)) * 0.75)
    if shadow:
        c.glow(x, y, tall * 0.3, "#10141c", shadow, tall * 0.06)
    far = (shoulder[0] - facing * side * 0.75, shoulder[1])
    near = (shoulder[0] + facing * side * 0.55, shoulder[1])
    hands = {
        "far": _arm(c, _reach(far, pose.far_arm, arm, facing), tall, look, shade=0.16),
    }
    _leg(c, _reach((x - facing * side * 0.4, hip[1]), pose.far_leg, leg, facing), tall, look, 0.22)
    _leg(c, _reach((x + facing * side * 0.4, hip[1]), pose.near_leg, leg, facing), tall, look, 0)
    _torso(c, neck, hip, tall, side, look)
    _head(c, neck, head, tall, look, facing)
    hands["near"] = _arm(c, _reach(near, pose.near_arm, arm, facing), tall, look, shade=0.05)
    return hands | {"head": head, "hip": hip, "neck": neck}


def _depth(angles: tuple[float, float], length: float) -> float:
    """How far below its start the lowest joint of a limb lies."""
    knee, foot = (math.cos(math.radians(angle)) * length for angle in angles)
    return max(knee, knee + foot)


def _arm(c: Canvas, points: list[Point], tall: float, look: Look, shade: float) -> Point:
    sleeve, skin = mix(look.shirt, "#1a1a24", shade), mix(look.skin, "#1a1a24", shade * 0.6)
    c.limb(points[1:], tall * 0.05, tall * 0.038, skin if look.short_sleeves else sleeve)
    c.dot(*points[2], tall * 0.026, skin)
    c.limb(points[:2], tall * 0.064, tall * 0.056, sleeve)
    return points[2]


def _leg(c: Canvas, points: list[Point], tall: float, look: Look, shade: float) -> None:
    cloth, skin = mix(look.trousers, "#12121c", shade), mix(look.skin, "#12121c", shade * 0.6)
    c.limb(points[1:], tall * 0.066, tall * 0.046, skin if look.shorts else cloth)
    c.limb(points[:2], tall * 0.092, tall * 0.07, cloth)
    foot = points[2]
    c.oval(foot[0] + tall * 0.012, foot[1] - tall * 0.002, tall * 0.042, tall * 0.02, look.shoes)


def _torso(c: Canvas, neck: Point, hip: Point, tall: float, side: float, look: Look) -> None:
    c.limb(
        [(neck[0], neck[1] - tall * 0.02), (neck[0], neck[1] + tall * 0.03)],
        tall * 0.05,
        tall * 0.06,
        mix(look.skin, "#5a3a28", 0.15),
    )
    across = math.atan2(hip[1] - neck[1], hip[0] - neck[0]) + math.pi / 2
    ux, uy = math.cos(across), math.sin(across)

    def at(share: float, width: float) -> list[Point]:
        px, py = neck[0] + (hip[0] - neck[0]) * share, neck[1] + (hip[1] - neck[1]) * share
        return [(px + ux * width, py + uy * width), (px - ux * width, py - uy * width)]

    top, chest, waist = at(0.03, side * 0.62), at(0.16, side), at(1.06, side * 0.82)
    c.shape(
        [top[0], chest[0], waist[0], waist[1], chest[1], top[1]],
        look.shirt,
    )
    c.shape(
        [top[0], chest[0], waist[0], at(1.06, side * 0.2)[0], at(0.16, side * 0.45)[0]],
        "#14141e",
        22,
    )
    if look.dress:
        c.shape(
            [
                waist[1],
                waist[0],
                (hip[0] - side * 0.95, hip[1] + tall * 0.36),
                (hip[0] + side * 0.95, hip[1] + tall * 0.36),
            ],
            mix(look.shirt, "#14141e", 0.05),
        )


def _head(c: Canvas, neck: Point, head: Point, tall: float, look: Look, facing: int) -> None:
    r = tall * 0.066
    if look.long_hair:
        back = head[0] - facing * r * 0.55
        c.box(back - r * 0.6, head[1] - r * 0.5, r * 1.2, r * 2.3, look.hair, r=r * 0.55)
    c.oval(head[0], head[1], r * 0.92, r * 1.06, look.skin)
    c.half(head[0] - facing * r * 0.1, head[1] - r * 0.05, r * 1.02, r * 1.12, look.hair)
    c.oval(head[0] - facing * r * 0.62, head[1] - r * 0.02, r * 0.42, r * 0.6, look.hair)
    _hat(c, head, r, look, facing)


def _hat(c: Canvas, head: Point, r: float, look: Look, facing: int) -> None:
    x, y = head
    if look.hat == "cone":
        c.shape([(x - r * 2.1, y - r * 0.15), (x, y - r * 1.75), (x + r * 2.1, y - r * 0.15)],
                look.hat_colour)  # fmt: skip
        c.shape([(x + r * 0.2, y - r * 0.15), (x, y - r * 1.75), (x + r * 2.1, y - r * 0.15)],
                "#5a4020", 40)  # fmt: skip
        c.oval(x, y - r * 0.15, r * 2.1, r * 0.22, mix(look.hat_colour, "#5a4020", 0.3))
    elif look.hat in ("cap", "helmet"):
        c.half(x, y - r * 0.2, r * 1.15, r * 1.15, look.hat_colour)
        c.box(x - r * 0.2 if facing > 0 else x - r * 1.7, y - r * 0.42, r * 1.9, r * 0.28,
              mix(look.hat_colour, "#10101a", 0.2), r=r * 0.14)  # fmt: skip
    elif look.hat == "cloth":
        c.half(x, y - r * 0.1, r * 1.12, r * 1.2, look.hat_colour)
        c.oval(x - facing * r * 1.0, y, r * 0.4, r * 0.7, mix(look.hat_colour, "#10101a", 0.15))


def seen_from_behind(
    c: Canvas, x: float, y: float, size: float, shirt: Colour, hair: Colour, *, long_hair: bool
) -> None:
    """Head and shoulders of somebody who sits before us; y is the bottom of what is seen."""
    c.box(x - size * 0.5, y - size * 0.62, size, size * 0.9, shirt, r=size * 0.3)
    c.box(x + size * 0.08, y - size * 0.62, size * 0.42, size * 0.9, "#10121a", 26, r=size * 0.3)
    c.box(x - size * 0.1, y - size * 0.78, size * 0.2, size * 0.26, "#c4936d", r=size * 0.06)
    c.oval(x, y - size * 0.92, size * 0.215, size * 0.26, hair)
    if long_hair:
        c.box(x - size * 0.21, y - size * 0.95, size * 0.42, size * 0.52, hair, r=size * 0.14)
    c.oval(x - size * 0.06, y - size * 1.02, size * 0.09, size * 0.1, "#ffffff", 16)

"""What a publication stores of its page: rendered once, when it is approved, not when it is read."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.content import Content
from media import library
from media.renditions import AVIF, CARD, JPEG, SOCIAL, STORY

# clean_html writes figures in exactly this form.
FIGURE = re.compile(
    r'<figure data-images="([0-9 ]+)">(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL
)
TEMPLATES = ("articles/figure.html", "articles/card_picture.html")

# What site.css makes of them: figures are 760 px wide from 808 px on, tall pictures at most 480.
ALONE = "(min-width: 808px) 760px, 100vw"
TALL = "(min-width: 512px) 480px, 100vw"
IN_TWO = "(min-width: 808px) 376px, (min-width: 600px) 50vw, 100vw"
IN_THREE = "(min-width: 808px) 248px, (min-width: 600px) 33vw, {phone}"

# A card's picture is stored as the small, late one; a page makes the large ones of it.
CARD_SIZES = 'sizes="(min-width: 1008px) 220px, (min-width: 600px) 30vw, 36vw"'
CARD_LOADING = 'loading="lazy"'


@dataclass(frozen=True)
class Rendered:
    """The stored HTML of one publication, with the digest of what rendered it."""

    body_html: str
    card_picture_html: str
    social_picture: dict[str, object]
    rendered_with: str


@dataclass(frozen=True)
class Shown:
    """A picture as the templates show it."""

    picture: library.Picture
    alt: str
    credit: str
    sizes: str = ""
    lead: bool = False

    @property
    def tall(self) -> bool:
        """Is it so much taller than wide that the column's whole width would be too much?"""
        return self.picture.width < self.picture.height * 0.9

    @property
    def share(self) -> int:
        """Tenths of width / height, 4 to 30: its share of a row, so that all have one height."""
        return max(4, min(30, round(10 * self.picture.width / self.picture.height)))

    @property
    def avif(self) -> str:
        return self.picture.srcset(STORY, AVIF)

    @property
    def jpeg(self) -> str:
        return self.picture.srcset(STORY, JPEG)

    @property
    def src(self) -> str:
        return self.picture.get(STORY, JPEG)[0].url

    @property
    def card_avif(self) -> str:
        return self.picture.srcset(CARD, AVIF)

    @property
    def card(self) -> library.Source:
        return self.picture.get(CARD, JPEG)[-1]


def render(content: Content) -> Rendered:
    """Render a content as readers get it, in the paper's language. Two queries.

    Addresses are root-relative; nothing that changes on its own (names of sections, times, other
    stories) is in it.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _render(content)


def rows_of(count: int) -> list[int]:
    """How many pictures stand side by side in each row of a figure: two or three, never one alone.

    The rows of two come first, where pictures are larger. 1 is [1], 5 is [2, 3], 7 is [2, 2, 3].
    """
    if count == 1:
        return [1]
    twos = {0: 0, 1: 2, 2: 1}[count % 3]
    return [2] * twos + [3] * ((count - 2 * twos) // 3)


def _render(content: Content) -> Rendered:
    pictures = library.renditions_of(picture.image_id for picture in content.pictures)
    shown = {
        picture.image_id: Shown(
            picture=pictures[picture.image_id],
            alt=picture.alt_text
            or _("%(headline)s, picture %(number)d")
            % {"headline": content.headline, "number": number},
            credit=picture.credit,
        )
        for number, picture in enumerate(content.pictures, start=1)
    }
    card = shown.get(content.card_image_id)
    return Rendered(
        body_html=_body(content.body, shown),
        card_picture_html=_card(card) if card else "",
        social_picture=_social(card.picture) if card else {},
        rendered_with=code_digest(),
    )


def _body(body: str, shown: dict[int, Shown]) -> str:
    """The body with its figures filled. The first picture is the one that loads at once."""
    figures = 0

    def fill(match: re.Match[str]) -> str:
        nonlocal figures
        figures += 1
        images = [shown[int(pk)] for pk in match[1].split()]
        return _figure(images, match[2] or "", first=figures == 1)

    # A wide table scrolls sideways by itself, and the keyboard must reach it for that.
    return FIGURE.sub(fill, body).replace("<table>", '<table tabindex="0">')


def _figure(images: Sequence[Shown], caption: str, *, first: bool) -> str:
    rows, start = [], 0
    for length in rows_of(len(images)):
        rows.append(
            [
                _placed(image, length, position, lead=first and start + position == 0)
                for position, image in enumerate(images[start : start + length])
            ]
        )
        start += length
    credits = list(dict.fromkeys(image.credit for image in images if image.credit))
    return render_to_string(
        "articles/figure.html",
        {
            "rows": rows,
            "tall": len(images) == 1 and images[0].tall,
            # A part of the cleaned body, the one place of text that may hold markup.
            "caption_html": mark_safe(caption),  # noqa: S308
            "credit": _("Photo: %(names)s") % {"names": ", ".join(credits)} if credits else "",
        },
    ).strip()


def _placed(image: Shown, length: int, position: int, *, lead: bool) -> Shown:
    """The picture with its `sizes`: on a phone the first of three stands above the other two."""
    if length == 1:
        sizes = TALL if image.tall else ALONE
    elif length == 2:
        sizes = IN_TWO
    else:
        sizes = IN_THREE.format(phone="50vw" if position else "100vw")
    return Shown(image.picture, image.alt, image.credit, sizes, lead)


def _card(image: Shown) -> str:
    context = {
        "image": image,
        "sizes": mark_safe(CARD_SIZES),  # noqa: S308 (constants of this module)
        "loading": mark_safe(CARD_LOADING),  # noqa: S308
    }
    return render_to_string("articles/card_picture.html", context).strip()


def card_picture(html: str, *, sizes: str, lead: bool = False) -> str:
    """A stored card picture for a larger place: with that `sizes`, and at once if it is the lead.

    Quotes inside attributes are escaped, so what is replaced occurs nowhere else.
    """
    html = html.replace(CARD_SIZES, f'sizes="{sizes}"')
    return html.replace(CARD_LOADING, 'fetchpriority="high"') if lead else html


def _social(picture: library.Picture) -> dict[str, object]:
    source = picture.get(SOCIAL, JPEG)[-1]
    return {"url": source.url, "width": source.width, "height": source.height}


@cache
def code_digest() -> str:
    """A digest of the code and templates that render: tells which publications are out of date."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in TEMPLATES:
        digest.update(get_template(name).template.source.encode())
    return digest.hexdigest()

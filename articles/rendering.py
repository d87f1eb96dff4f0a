"""What a publication stores of its page: rendered once, when it is approved, not when it is read."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.content import Content
from media import library

# clean_html writes figures in exactly this form.
FIGURE = re.compile(
    r'<figure data-images="([0-9 ]+)">(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL
)
TEMPLATES = ("articles/figure.html", "articles/card_picture.html")


@dataclass(frozen=True)
class Rendered:
    """The stored HTML of one publication, with the digest of what rendered it."""

    body_html: str
    card_picture_html: str
    social_picture: dict[str, object]
    rendered_with: str


@dataclass(frozen=True)
class Shown:
    """A picture as a figure's template shows it."""

    picture: library.Picture
    alt: str
    credit: str
    lead: bool


def render(content: Content) -> Rendered:
    """Render a content as readers get it, in the paper's language. Two queries.

    Addresses are root-relative; nothing that changes on its own (names of sections, times, other
    stories) is in it.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _render(content)


def _render(content: Content) -> Rendered:
    pictures = library.renditions_of([picture.image_id for picture in content.pictures])
    shown = {
        picture.image_id: Shown(
            picture=pictures[picture.image_id],
            alt=picture.alt_text
            or _("%(headline)s, picture %(number)d")
            % {"headline": content.headline, "number": number},
            credit=picture.credit,
            lead=number == 1,
        )
        for number, picture in enumerate(content.pictures, start=1)
    }
    figure = get_template("articles/figure.html")

    def replace(match: re.Match[str]) -> str:
        images = [shown[int(pk)] for pk in match[1].split()]
        return figure.render(
            {
                "images": images,
                # A part of the cleaned body, the one place of text that may hold markup.
                "caption_html": mark_safe(match[2] or ""),  # noqa: S308
                "credits": list(dict.fromkeys(image.credit for image in images if image.credit)),
            }
        ).strip()

    card = pictures.get(content.card_image_id)
    return Rendered(
        body_html=FIGURE.sub(replace, content.body),
        card_picture_html=get_template("articles/card_picture.html")
        .render({"picture": card})
        .strip()
        if card
        else "",
        social_picture=card.social() if card else {},
        rendered_with=code_digest(),
    )


@cache
def code_digest() -> str:
    """A digest of the code and templates that render: tells which publications are out of date."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in TEMPLATES:
        digest.update(get_template(name).template.source.encode())
    return digest.hexdigest()

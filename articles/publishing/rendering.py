"""What a publication stores of its page: rendered once, when it is approved, not when it is read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Genre
from articles.rules.content import Content, ContentPicture
from articles.text import Figure, embeds
from articles.text.stored import CARD_LOADING, CARD_SIZES
from media import library
from media.renditions import AVIF, CARD, JPEG, SOCIAL, STORY

TEMPLATES = ("articles/figure.html", "articles/embed.html", "articles/card_picture.html")


class Layout(NamedTuple):
    """How wide site.css makes the pictures of a story, in CSS pixels, where there is room."""

    figure: int
    upright: int


STORY_LAYOUT = Layout(figure=760, upright=480)
PHOTO_LAYOUT = Layout(figure=1080, upright=600)
# Narrower windows are phones: there pictures are as wide as the screen.
PHONE = 600
GAP = 8


@dataclass(frozen=True)
class Rendered:
    """The stored HTML of one publication, with the digest of what rendered it."""

    body_html: str
    card_picture_html: str
    social_picture: dict[str, object]
    rendered_with: str


@dataclass(frozen=True)
class Shown:
    """A picture as the templates show it.

    own_credit: its credit line where the figure's is another, for where it is shown by itself.
    small: its slot in a row is wider than it is.
    """

    picture: library.Picture
    alt: str
    approved: ContentPicture
    sizes: str = ""
    lead: bool = False
    small: bool = False
    own_credit: str | None = None

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
            approved=picture,
        )
        for number, picture in enumerate(content.pictures, start=1)
    }
    card = shown.get(content.card_image_id)
    return Rendered(
        body_html=_body(content, shown),
        card_picture_html=_card(card, _photos_of(content)) if card else "",
        social_picture=_social(card.picture) if card else {},
        rendered_with=code_digest(),
    )


def _body(content: Content, shown: dict[int, Shown]) -> str:
    """The body with its figures filled. The first picture is the one that loads at once."""
    layout = PHOTO_LAYOUT if content.genre == Genre.PHOTO else STORY_LAYOUT
    first = True

    def fill(figure: Figure) -> str:
        nonlocal first
        images = [shown[pk] for pk in figure.images]
        if images and first:
            images[0], first = replace(images[0], lead=True), False
        if figure.embed:
            return _video(figure, images, layout)
        return _figure(images, figure.caption, layout)

    # A wide table scrolls sideways by itself, and the keyboard must reach it for that.
    return content.body.filled(fill).replace("<table>", '<table tabindex="0">')


def _figure(images: Sequence[Shown], caption: str, layout: Layout) -> str:
    credit = credit_line([image.approved for image in images])
    rows, start = [], 0
    for length in rows_of(len(images)):
        rows.append(_row(images[start : start + length], layout, credit))
        start += length
    return render_to_string(
        "articles/figure.html",
        {
            "rows": rows,
            "tall": len(images) == 1 and images[0].tall,
            # A part of the cleaned body, the one place of text that may hold markup.
            "caption_html": mark_safe(caption),  # noqa: S308
            "credit": credit,
        },
    ).strip()


def _video(figure: Figure, stills: Sequence[Shown], layout: Layout) -> str:
    """A video as its still, or a box with its title: a link to where it can be watched."""
    video, caption = embeds.embed_of(figure.embed), figure.caption
    title = figure.plain_caption or _("Video on %(provider)s") % {"provider": video.provider}
    if stills:
        [still] = _row(stills, layout, "")
    else:
        still = None
        # The title in the box is all there is to say, unless it leads somewhere.
        caption = caption if "<a " in caption else ""
    return render_to_string(
        "articles/embed.html",
        {
            "video": video,
            "title": title,
            "still": still,
            "caption_html": mark_safe(caption),  # noqa: S308 (a part of the cleaned body)
            "credit": credit_line([image.approved for image in stills]),
        },
    ).strip()


def _row(images: Sequence[Shown], layout: Layout, credit: str) -> list[Shown]:
    """The pictures of a row in their slots."""
    if len(images) == 1:
        slots = [layout.upright if images[0].tall else layout.figure]
    else:
        room, shares = layout.figure - GAP * (len(images) - 1), sum(i.share for i in images)
        slots = [round(room * image.share / shares) for image in images]
    row = []
    for position, (image, slot) in enumerate(zip(images, slots, strict=True)):
        own = credit_line([image.approved])
        row.append(
            replace(
                image,
                sizes=_sizes(image.picture.width, slot, layout, position, len(images)),
                small=image.picture.width < slot,
                own_credit=None if own == credit else own,
            )
        )
    return row


def _sizes(width: int, slot: int, layout: Layout, position: int, length: int) -> str:
    """The `sizes` of a picture of so many pixels in a slot of so many CSS pixels.

    Nothing is shown wider than it is. On a phone each picture fills the screen, but the second
    and third of a row of three, which stand below the first.
    """
    shown = min(slot, width)
    # The widths from which on a size holds, the widest first.
    if length > 1:
        share = slot / layout.figure
        steps = {max(PHONE, min(layout.figure, round(width / share))): f"{shown}px"}
        steps.setdefault(PHONE, f"{round(100 * share)}vw")
    elif shown == slot:
        steps = {max(slot, PHONE): f"{shown}px"}
    else:
        steps = {shown: f"{shown}px"}
    half = length == 3 and position > 0
    if width < PHONE and not half:
        steps[width] = f"{width}px"
    sizes = [f"(min-width: {least}px) {size}" for least, size in steps.items()]
    return ", ".join([*sizes, "50vw" if half else "100vw"])


def credit_line(pictures: Sequence[ContentPicture]) -> str:
    """Whose the pictures of a figure are and what they are marked as, "" where there is nothing.

    The one place that writes it. Names and marks stand once each; a mark which not all of the
    pictures have says which do, counted in the order in which they are read.
    """
    names = dict.fromkeys(picture.credit for picture in pictures if picture.credit)
    parts = [_("Photo: %(names)s") % {"names": ", ".join(names)}] if names else []
    marked: dict[str, list[str]] = {}
    for number, picture in enumerate(pictures, start=1):
        for mark in _marks(picture):
            marked.setdefault(mark, []).append(str(number))
    for mark, numbers in marked.items():
        some = ngettext(
            "%(mark)s (picture %(numbers)s)", "%(mark)s (pictures %(numbers)s)", len(numbers)
        )
        all_have_it = len(numbers) == len(pictures)
        parts.append(mark if all_have_it else some % {"mark": mark, "numbers": ", ".join(numbers)})
    return " · ".join(parts)


def _marks(picture: ContentPicture) -> list[str]:
    marks = [_("Illustration")] if picture.illustrative else []
    match picture.ai:
        case "made":
            marks.append(_("Made with AI"))
        case "edited":
            marks.append(_("Edited with AI"))
    return marks


def _photos_of(content: Content) -> int:
    """How many pictures a photo story promises on its card; 0 for any other story."""
    if content.genre != Genre.PHOTO:
        return 0
    figures = [figure for figure in content.body.figures if not figure.embed]
    return sum(len(figure.images) for figure in figures)


def _card(image: Shown, photos: int) -> str:
    context = {
        "image": image,
        "photos": photos,
        "sizes": mark_safe(CARD_SIZES),  # noqa: S308 (constants of articles.text.stored)
        "loading": mark_safe(CARD_LOADING),  # noqa: S308
    }
    return render_to_string("articles/card_picture.html", context).strip()


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

"""What the site's templates say of a story: times, cards' pictures, data for machines."""

import json
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Paper, Publication
from articles.rules import dates
from articles.site import pages
from articles.text import stored

register = template.Library()

# A longer headline is set smaller, so that it does not fill a phone's whole screen.
_LONG_HEADLINE = 110
# Inside a script element only these can end it; https://html.spec.whatwg.org/#escapingString
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# How wide site.css makes the pictures of cards where they are not rows of a list in two columns.
_PLACES = {
    "lead": "(min-width: 1200px) 696px, (min-width: 808px) 57vw, 100vw",
    "first": "(min-width: 1200px) 548px, (min-width: 808px) 46vw, 96vw",
    "top": "(min-width: 1200px) 143px, (min-width: 808px) 12vw, 34vw",
    "related": "(min-width: 696px) 233px, 34vw",
    "column": "(min-width: 1200px) 357px, (min-width: 1008px) 29vw, (min-width: 600px) 45vw, 34vw",
}


@register.simple_tag
def said(moment: datetime, paper: Paper) -> SafeString:
    """A moment as the paper writes it, in a `time` element."""
    zone = timezone.get_default_timezone()
    local = moment.astimezone(zone).isoformat(timespec="seconds")
    words = dates.in_words(moment, paper.date_format, zone)
    return format_html('<time datetime="{}">{}</time>', local, words)


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """A day as it stands under the paper's name."""
    zone = timezone.get_default_timezone()
    local = moment.astimezone(zone)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.date().isoformat(),
        dates.in_words(moment, "l, j/n/Y", zone),
    )


@register.simple_tag
def card_picture(card: Publication, place: str = "") -> SafeString:
    """The card's stored picture for its place: a key of _PLACES, or "" for a row of a list."""
    html = card.card_picture_html
    if place in _PLACES:
        html = stored.card_picture(html, sizes=_PLACES[place], lead=place == "lead")
    # Written by articles.publishing.rendering only.
    return mark_safe(html)  # noqa: S308


@register.filter
def is_long(headline: str) -> bool:
    """Is it so long that it is set smaller?"""
    return len(headline) > _LONG_HEADLINE


@register.filter
def json_ld(data: dict[str, object]) -> SafeString:
    """Data as the content of a script element that is never run."""
    text = json.dumps(data, ensure_ascii=False)
    return mark_safe(text.translate(_JSON_ESCAPES))  # noqa: S308


@register.filter
def absolute(path: str) -> str:
    """The full address of a root-relative one."""
    return pages.absolute(path)

"""Two versions of a story beside each other, word by word: what an editor reads before deciding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.desk.editor.pictures import rendition_url
from articles.models import Article, Author, Category, Genre, Publication, Save
from articles.publishing import freezing, history, publications
from articles.rules.content import Content, ContentLink
from articles.rules.states import in_full
from articles.text import Body, comparing, inline, markup
from articles.text.comparing import Change, Unit
from articles.text.inline import Run
from media import library

COPY = "copy"
_SAVE = "save-"
_HEADINGS = {"h2", "h3"}


@dataclass(frozen=True)
class Version:
    """A version that can be chosen: the working copy, a publication by its number, or a save."""

    key: str
    label: str


@dataclass(frozen=True)
class Row:
    """One step of the comparison. kind: as `comparing.Change`, or "fold" for what stayed the same.

    label: what it is, in words; notes: what no mark in the text shows; html: what is shown.
    """

    kind: str
    label: str
    html: SafeString
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Comparison:
    """What differs: the fields, then the text. counts: in a sentence, "" where nothing differs."""

    fields: list[Row]
    rows: list[Row]
    counts: str


def versions_of(story: Article) -> list[Version]:
    """What there is of a story: the working copy, then publications and saves, the newest first.

    The last save is the working copy. Two queries.
    """
    zone = timezone.get_current_timezone()
    rows = story.publications.order_by("-number").only("number", "kind", "live_from")
    return [
        Version(COPY, _("Working copy")),
        *(
            Version(
                str(row.number),
                _("Version %(number)s (%(kind)s), from %(moment)s")
                % {
                    "number": row.number,
                    "kind": row.get_kind_display(),
                    "moment": in_full(row.live_from, zone),
                },
            )
            for row in rows
        ),
        *(
            Version(
                key_of(save),
                _("Save %(number)s: %(moment)s, %(who)s")
                % {
                    "number": save.version,
                    "moment": in_full(save.at.replace(microsecond=0), zone),
                    "who": save.by_name or _("Somebody"),
                },
            )
            for save in history.saves_of(story)[1:]
        ),
    ]


def label_of(story: Article, key: str) -> str:
    """What the version with this key is called; "" for none."""
    return next((each.label for each in versions_of(story) if each.key == key), "")


def no_such_version() -> str:
    """The sentence for a key that is none."""
    return _("There is no such version. Choose two of these.")


def key_of(save: Save) -> str:
    """By what a save is chosen."""
    return f"{_SAVE}{save.version}"


def content_of(story: Article, key: str) -> Content:
    """The content of one of them. Raises Publication.DoesNotExist."""
    if key == COPY:
        return freezing.unfinished_content(story)
    number = key.removeprefix(_SAVE)
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise Publication.DoesNotExist
    if number != key:
        save = story.saves.filter(version=int(number)).first()
        if save is None:
            raise Publication.DoesNotExist
        return history.read_back(save).content
    row = story.publications.select_related("text").get(number=int(key))
    return publications.read_back(row)


def default_pair(story: Article, *, at: datetime) -> tuple[str, str]:
    """What readers have, or had last, or get first, or what was saved before; and the working copy."""
    rows = story.publications.order_by("number")
    live = rows.live(at=at).first() or rows.filter(live_from__lte=at).last() or rows.first()
    if live:
        return str(live.number), COPY
    earlier = history.saves_of(story)[1:2]
    return (key_of(earlier[0]) if earlier else COPY), COPY


def nothing(content: Content) -> Content:
    """What a text is compared with that nobody has saved yet."""
    empty = dict.fromkeys(("headline", "slug", "dateline", "lede", "byline"), "")
    return replace(
        content,
        **empty,
        section_id=None,
        author_ids=(),
        lead_image_id=None,
        body=Body.read(""),
        pictures=(),
        links=(),
    )


def compare(old: Content, new: Content, *, seen: Q | None = None) -> Comparison:
    """All that differs between two contents. At most four queries.

    seen: the related stories whose headlines the person may read; None for all.
    """
    fields = [row for row in _fields(old, new, seen) if row]
    changes = comparing.compared(
        comparing.units_of(old.body.html), comparing.units_of(new.body.html)
    )
    images = library.renditions_of(
        {pk for change in changes for unit in (*change.old, *change.new) for pk in unit.images}
    )
    return Comparison(fields, list(_rows(changes, images)), _counted(fields, changes))


def field_names(names: Iterable[str]) -> list[str]:
    """What the fields of a content are called."""
    return [str(_NAMED[name]()) for name in names if name in _NAMED]


# Fields

_NAMED = {
    "headline": lambda: _("Headline"),
    "slug": lambda: _("Address"),
    "dateline": lambda: _("Mark before the lede"),
    "lede": lambda: _("Lede"),
    "section_id": lambda: _("Section"),
    "genre": lambda: _("Genre"),
    "byline": lambda: _("Source line"),
    "author_ids": lambda: _("Byline"),
    "lead_image_id": lambda: _("Lead picture"),
    "links": lambda: _("Related links"),
    "pictures": lambda: _("Alt text or credit line of a picture"),
    "body": lambda: _("Text"),
}


def _fields(old: Content, new: Content, seen: Q | None) -> Iterable[Row | None]:
    names = Names(seen, old, new)
    both = (old, new)
    yield _field(_("Headline"), *(content.headline for content in both))
    yield _field(_("Section"), *(names.section(content) for content in both))
    yield _field(_("Genre"), *(str(Genre(content.genre).label) for content in both))
    yield _field(_("Byline"), *(names.byline(content) for content in both))
    yield _field(_("Mark before the lede"), *(content.dateline.strip() for content in both))
    yield _field(_("Lede"), *(content.lede for content in both))
    yield _field(_("Lead picture"), *(names.lead(content) for content in both))
    yield _field(_("Address"), *(content.slug for content in both))
    yield _field(_("Related links"), *(names.links(content) for content in both))
    described = [{p.image_id: p for p in content.pictures} for content in both]
    for pk in described[0].keys() & described[1].keys():
        before, after = described[0][pk], described[1][pk]
        number = {"id": pk}
        yield _field(_("Alt text of picture no. %(id)s") % number, before.alt_text, after.alt_text)
        yield _field(_("Credit line of picture no. %(id)s") % number, before.credit, after.credit)


class Names:
    """What the ids in two contents are called."""

    def __init__(self, seen: Q | None, *contents: Content) -> None:
        self._sections = Category.objects.in_bulk({content.section_id for content in contents})
        self._authors = Author.objects.in_bulk({pk for c in contents for pk in c.author_ids})
        targets = {link.target_id for c in contents for link in c.links if link.target_id}
        there = Article.objects.filter(pk__in=targets)
        named = there if seen is None else there.filter(seen)
        self._stories = dict(named.values_list("pk", "headline"))
        self._hidden = seen is not None

    def said(self, name: str, content: Content) -> str:
        """What a field of a content holds, in words."""
        ways = {
            "section_id": self.section,
            "genre": lambda content: str(Genre(content.genre).label),
            "author_ids": self.authors,
            "lead_image_id": self.lead,
            "links": self.links,
        }
        return ways[name](content) if name in ways else str(getattr(content, name))

    def section(self, content: Content) -> str:
        found = self._sections.get(content.section_id)
        return str(found) if found else ""

    def byline(self, content: Content) -> str:
        return ", ".join(filter(None, [self.authors(content), content.byline]))

    def authors(self, content: Content) -> str:
        names = [self._authors[pk].name for pk in content.author_ids if pk in self._authors]
        return ", ".join(names)

    def lead(self, content: Content) -> str:
        pk = content.lead_image_id
        return _("Picture no. %(id)s") % {"id": pk} if pk else ""

    def links(self, content: Content) -> str:
        return "\n".join(map(self._link, content.links))

    def _link(self, link: ContentLink) -> str:
        if link.target_id:
            hidden = _("(a story that you may not see yet)")
            otherwise = hidden if self._hidden else f"#{link.target_id}"
            return self._stories.get(link.target_id, otherwise)
        return f"{link.title} ({link.url})"


def _field(label: str, old: str, new: str) -> Row | None:
    if old == new:
        return None
    found = comparing.marked(_plain(old), _plain(new))
    return Row("changed", label, _html(found.line))


def _plain(text: str) -> list[Run]:
    parts = text.replace("\n", "\0\n\0").split("\0")
    return [Run(part, inline.PLAIN) for part in parts if part]


# The text


def _rows(changes: Sequence[Change], images: Mapping[int, library.Picture]) -> Iterable[Row]:
    """The rows; more than two in a row that are the same are folded away."""
    for kind, group in groupby(changes, key=lambda change: change.kind):
        rows = [_row(change, images) for change in group]
        if kind == "same" and len(rows) > 2:
            label = _("Unchanged: %(count)s paragraphs") % {"count": len(rows)}
            yield Row("fold", label, format_html_join("", "{}", ((row.html,) for row in rows)))
        else:
            yield from rows


def _row(change: Change, images: Mapping[int, library.Picture]) -> Row:
    units = change.new or change.old
    notes = [_NOTES[name]() for name in sorted(comparing.told(change))]
    shown: list[SafeString] = []
    before, after = comparing.lines(change.old), comparing.lines(change.new)
    for place in range(max(len(before), len(after))):
        pair = [lines[place] if place < len(lines) else () for lines in (before, after)]
        found = comparing.marked(*pair)
        shown.append(_html(found.line))
        notes += [_("Emphasis changed")] if found.emphasis else []
        notes += [_("A link leads elsewhere")] if found.links else []
    html = _block(units[0], shown)
    if any(unit.images or unit.embed for unit in (*change.old, *change.new)):
        html = format_html("{}{}", _pictures(change, images), html)
    return Row(change.kind, _LABELS[change.kind](), html, list(dict.fromkeys(notes)))


_LABELS = {
    "same": lambda: _("Unchanged"),
    "changed": lambda: _("Changed"),
    "moved": lambda: _("Moved here"),
    "split": lambda: _("Made into several paragraphs"),
    "joined": lambda: _("Made into one paragraph"),
    "added": lambda: _("Added"),
    "removed": lambda: _("Removed"),
}
_NOTES = {
    "kind": lambda: _("Another kind of paragraph"),
    "place": lambda: _("Another number or place in its list"),
    "pictures": lambda: _("Other pictures"),
    "order": lambda: _("Pictures in another order"),
    "cells": lambda: _("Another number of cells"),
}


def _block(unit: Unit, shown: Sequence[SafeString]) -> SafeString:
    if unit.kind == "tr":
        cells = format_html_join("", "<td>{}</td>", ((html,) for html in shown))
        return format_html("<table><tr>{}</tr></table>", cells)
    words = format_html_join("", "{}", ((html,) for html in shown))
    if unit.kind in _HEADINGS:
        return format_html("<p><strong>{}</strong></p>", words)
    if unit.kind == "li":
        sign = unit.place.rpartition(" ")[2]
        return format_html("<p>{} {}</p>", sign if sign == "•" else f"{sign}.", words)
    return format_html("<p>{}</p>", words)


def _pictures(change: Change, images: Mapping[int, library.Picture]) -> SafeString:
    old = [pk for unit in change.old for pk in unit.images]
    new = [pk for unit in change.new for pk in unit.images]
    shown = [
        (_picture(images.get(pk), pk), _said(pk, old, new))
        for pk in [*new, *(pk for pk in old if pk not in new)]
    ]
    address = (change.new or change.old)[0].embed
    return format_html(
        '<div class="pictures">{}{}</div>',
        format_html_join("", "<figure>{}<figcaption>{}</figcaption></figure>", shown),
        format_html("<p>{}</p>", address) if address else "",
    )


def _said(pk: int, old: Sequence[int], new: Sequence[int]) -> str:
    if pk not in old:
        return _("Added")
    return _("Removed") if pk not in new else ""


def _picture(picture: library.Picture | None, pk: int) -> SafeString:
    number = _("Picture no. %(id)s") % {"id": pk}
    if picture is None:
        return format_html("{}", number)
    url = rendition_url(picture, "card", 0)
    return format_html('<img src="{}" alt="{}" loading="lazy">', url, picture.alt or number)


def _html(line: Sequence[Run]) -> SafeString:
    """Marked words, told to those who do not see the marks, too."""
    html = markup.serialise(inline.as_nodes(list(line)))
    for name, words in (("ins", _("added:")), ("del", _("removed:"))):
        html = html.replace(f"<{name}>", f'<{name}><span class="visually-hidden">[{words} </span>')
        html = html.replace(f"</{name}>", f'<span class="visually-hidden">]</span></{name}>')
    # Of a clean body, and of text that serialise has escaped.
    return mark_safe(html)  # noqa: S308


def _counted(fields: Sequence[Row], changes: Sequence[Change]) -> str:
    counts = {kind: sum(change.kind == kind for change in changes) for kind in _LABELS}
    told = [(_("fields"), len(fields))]
    told += [(_LABELS[kind]().lower(), count) for kind, count in counts.items() if kind != "same"]
    return ", ".join(f"{name}: {count}" for name, count in told if count)

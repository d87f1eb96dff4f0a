"""The history of a working copy: what each save left, kept, thinned by age, and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from articles.models import Article, Author, Category, Save
from articles.publishing import access, freezing
from articles.rules.content import Content, ContentLink, short_fields
from articles.rules.permissions import Verb
from articles.rules.saves import Kept, SavedText, superseded, what_changed
from articles.text import Body
from media.models import Image


@dataclass(frozen=True)
class ReadBack:
    """A save as it can be read and restored today.

    content: with pictures as the library describes them now. pictures, authors, links: how many of
    its own are gone since, or not for this person; section: its section is gone.
    """

    content: Content
    pictures: int = 0
    authors: int = 0
    links: int = 0
    section: bool = False

    @property
    def is_whole(self) -> bool:
        """Is everything that it held still there?"""
        return not (self.pictures or self.authors or self.links or self.section)


def saves_of(article: Article) -> list[Save]:
    """The saves of a story, the newest first, without their texts. One query."""
    return list(article.saves.order_by("-version").defer("fields", "body"))


def save_of(article: Article, version: int) -> Save:
    """The save that made this version of the working copy. Raises Save.DoesNotExist."""
    return article.saves.get(version=version)


def text_of(save: Save) -> SavedText:
    """What the save left, as it was."""
    return SavedText.from_json(save.fields, save.body)


def text_now(
    article: Article, authors: Sequence[Author], links: Sequence[ContentLink]
) -> SavedText:
    """What a working copy with clean fields holds."""
    ids = tuple(author.pk for author in authors)
    return SavedText(short_fields(article), ids, tuple(links), article.body)


def read_back(save: Save, *, by: access.User | None = None) -> ReadBack:
    """The save as a content, without what is gone since. At most four queries.

    by: only with the pictures that this person may place in the story.
    """
    text = text_of(save)
    body = Body.read(text.body)
    lead = text.fields["lead_image_id"]
    ids = freezing.image_ids(body, lead)
    usable = Image.objects.filter(access.pictures(by, save.article)) if by else Image.objects
    images = usable.in_bulk(ids)
    missing = set(ids) - images.keys()
    fields = dict(text.fields)
    if lead in missing:
        fields["lead_image_id"] = None
    section = fields["section_id"]
    lost_section = bool(section) and not Category.objects.filter(pk=section).exists()
    if lost_section:
        fields["section_id"] = None
    authors, links = _authors(text), _links(text)
    body = body.without_images(missing) if missing else body
    content = Content(
        **fields,
        author_ids=authors,
        body=body,
        pictures=_described(body, fields["lead_image_id"], images),
        links=links,
    )
    return ReadBack(
        content,
        pictures=len(missing),
        authors=len(text.author_ids) - len(authors),
        links=len(text.links) - len(links),
        section=lost_section,
    )


def _described(body: Body, lead: int | None, images: Mapping[int, Image]) -> tuple:
    return tuple(freezing.described(images[pk]) for pk in freezing.image_ids(body, lead))


def _authors(text: SavedText) -> tuple[int, ...]:
    there = set(Author.objects.filter(pk__in=text.author_ids).values_list("pk", flat=True))
    return tuple(pk for pk in text.author_ids if pk in there)


def _links(text: SavedText) -> tuple[ContentLink, ...]:
    targets = [link.target_id for link in text.links if link.target_id is not None]
    there = {None, *Article.objects.filter(pk__in=targets).values_list("pk", flat=True)}
    return tuple(link for link in text.links if link.target_id in there)


def forget(article: Article) -> None:
    """Drop all that is kept of work on a story: its saves, unsaved texts, and who has it open."""
    article.saves.all().delete()
    article.typed_copies.all().delete()
    article.presences.all().delete()


# Written by saving and by the verbs, in their transactions


def newest(article: Article) -> Save | None:
    """The last save that is kept of a story, with its text. One query."""
    return article.saves.order_by("-version").first()


def keep_what_was(
    article: Article,
    before: Save | None,
    authors: Sequence[Author],
    links: Sequence[ContentLink],
) -> Save | None:
    """Keep what is about to be saved over, where no save has kept it; the newest save then.

    article: with the new version's number, not written yet. before: the newest save. authors,
    links: those of the row. At most two queries.
    """
    if before is not None and before.version == article.version - 1:
        return before
    row = Article.objects.select_related("saved_by").get(pk=article.pk)
    text = text_now(row, authors, links)
    if before is not None and text_of(before) == text:
        return before
    return _add(row, text, before=before, by=row.saved_by, at=row.updated_at)


def keep(
    article: Article,
    text: SavedText,
    *,
    before: Save | None,
    by: access.User,
    at: datetime,
    restored: int | None = None,
) -> None:
    """Keep what a save has just written, if it changed anything, and thin what is old."""
    if before is not None and text_of(before) == text:
        return
    _add(article, text, before=before, by=by, at=at, restored=restored)
    if before is not None:
        _thin(article, at)


def _add(
    article: Article,
    text: SavedText,
    *,
    before: Save | None,
    by: access.User | None,
    at: datetime,
    restored: int | None = None,
) -> Save:
    changed = asdict(what_changed(text_of(before), text)) if before else None
    return Save.objects.create(
        article=article,
        version=article.version,
        at=at,
        by=by,
        by_name=access.name_of(by)[:150] if by else "",
        changed=changed,
        restored=restored,
        fields=text.as_json(),
        body=text.body,
    )


def _thin(article: Article, at: datetime) -> None:
    rows = article.saves.order_by("version").values_list("version", "at", "by", "mark")
    gone = superseded([Kept(number, when, by, bool(mark)) for number, when, by, mark in rows], at)
    if gone:
        article.saves.filter(version__in=gone).delete()


def mark(article: Article, verb: Verb) -> None:
    """Remember that a verb took the working copy as it stands to editors or readers. One query.

    Of other verbs nothing is remembered.
    """
    if verb not in (Verb.SUBMIT, Verb.PUBLISH):
        return
    last = article.saves.order_by("-version").values("pk")[:1]
    Save.objects.filter(pk__in=last).update(mark=str(verb))

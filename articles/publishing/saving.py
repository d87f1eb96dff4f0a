"""Saving a working copy: cleaned, its captions derived, all or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from articles.models import Article, ArticleAuthor, Author, Caption, CaptionImage, RelatedLink
from articles.models.desk import TEXT
from articles.publishing import access, freezing, history
from articles.rules.content import Content, ContentLink, short_fields
from articles.rules.refusals import StaleVersion
from articles.text import Body


def save_story(
    article: Article,
    *,
    by: access.User,
    body: Body | None = None,
    authors: Sequence[Author] | None = None,
    links: Sequence[ContentLink] | None = None,
    based_on: int | None = None,
    restored: int | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> Article:
    """Save a working copy with its captions, byline and related links, in one transaction.

    What it changes is kept in the story's history (articles.publishing.history).

    body: its text, where it has been cleaned already; None takes article.body and cleans it.
    authors, links: in order; None leaves what is there. based_on: the version that the text was
    opened at; a story saved by somebody since then is refused. restored: the version whose text
    this is again. Raises StaleVersion for that, and
    WorkflowError for a picture that is gone or that this person may not use, and for a video whose
    host the paper does not allow.
    """
    body = freezing.clean_fields(article, body)
    images = freezing.usable_pictures(article, freezing.image_ids(body, article.lead_image_id), by)
    freezing.check_videos(body)
    with transaction.atomic():
        _take_turn(article, based_on)
        article.updated_at, article.saved_by_id = clock(), by.pk
        before = None
        if article._state.adding:
            article.created_at = article.updated_at
            old_authors, old_links = [], []
        else:
            old_authors, old_links = freezing.byline_of(article), freezing.links_of(article)
            before = history.newest(article)
            before = history.keep_what_was(article, before, old_authors, old_links)
        authors = old_authors if authors is None else list(dict.fromkeys(authors))
        links = old_links if links is None else list(links)
        article.digest = freezing.frozen(
            article, body, images, author_ids=[author.pk for author in authors], links=links
        ).digest()
        _write(article)
        _store_captions(article, body)
        if authors != old_authors:
            _store_byline(article, authors)
        if links != old_links:
            _store_links(article, links)
        text = history.text_now(article, authors, links)
        history.keep(article, text, before=before, by=by, at=article.updated_at, restored=restored)
    return article


def save_content(article: Article, content: Content, *, by: access.User, now: datetime) -> None:
    """Write a content as the text of a working copy whose row is locked. See save_story."""
    for name, value in short_fields(content).items():
        setattr(article, name, value)
    authors = Author.objects.in_bulk(content.author_ids)
    save_story(
        article,
        by=by,
        body=content.body,
        authors=[authors[pk] for pk in content.author_ids if pk in authors],
        links=content.links,
        clock=lambda: now,
    )


def save_new(article: Article) -> None:
    """What a first save() of a story does: its owner brings it in. See save_story."""
    save_story(article, by=article.owner)


def _write(article: Article) -> None:
    """The row itself: all of a new one, and of another what saving is for."""
    if article._state.adding:
        Model.save(article, force_insert=True)
    else:
        Model.save(article, update_fields=[*TEXT, *_KEPT_WITH_IT])


# What else a save writes; the stage and the numbers are for the verbs.
_KEPT_WITH_IT = (
    *("version", "digest", "folded", "updated_at", "saved_by"),
    *("owner", "source_key", "imported_first_published"),
)


def _take_turn(article: Article, based_on: int | None) -> None:
    """Raise the version by one, unless somebody has done so since `based_on`."""
    if article._state.adding:
        article.version = 1
        return
    current = Article.objects.select_for_update().values_list("version", flat=True)
    version = current.get(pk=article.pk)
    if based_on is not None and version != based_on:
        raise StaleVersion
    article.version = version + 1


def _store_captions(article: Article, body: Body) -> None:
    """Bring the Caption rows in line with the body: they are never edited anywhere else."""
    wanted = [(n, figure.caption, figure.images) for n, figure in enumerate(body.figures)]
    if wanted == _captions_of(article):
        return
    article.captions.all().delete()
    captions = Caption.objects.bulk_create(
        Caption(article=article, position=position, text=text) for position, text, _ids in wanted
    )
    CaptionImage.objects.bulk_create(
        CaptionImage(caption=caption, position=n, image_id=pk)
        for caption, (_position, _text, ids) in zip(captions, wanted, strict=True)
        for n, pk in enumerate(ids)
    )


def _captions_of(article: Article) -> list[tuple[int, str, tuple[int, ...]]]:
    """Position, text and images of each caption as it is stored, in order. One query."""
    rows = article.captions.order_by("position", "image_rows__position").values_list(
        "position", "text", "image_rows__image"
    )
    return [
        (position, text, tuple(pk for _position, _text, pk in of_one if pk is not None))
        for (position, text), of_one in groupby(rows, key=lambda row: row[:2])
    ]


def _store_byline(article: Article, authors: Sequence[Author]) -> None:
    article.byline_rows.all().delete()
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=article, position=n, author=author)
        for n, author in enumerate(authors)
    )


def _store_links(article: Article, links: Sequence[ContentLink]) -> None:
    article.related_links.all().delete()
    RelatedLink.objects.bulk_create(
        RelatedLink(
            article=article, position=n, target_id=link.target_id, url=link.url, title=link.title
        )
        for n, link in enumerate(links)
    )

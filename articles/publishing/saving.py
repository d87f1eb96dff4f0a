"""Saving a working copy: cleaned, its captions derived, all or nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, ArticleAuthor, Author, Caption, CaptionImage, RelatedLink
from articles.publishing import access
from articles.publishing.freezing import check_pictures, check_videos, clean_fields, digest_of
from articles.rules.content import ContentLink
from articles.rules.refusals import StaleVersion
from articles.text import Body


def save_story(
    article: Article,
    *,
    by: access.User,
    authors: Sequence[Author] | None = None,
    links: Sequence[ContentLink] | None = None,
    based_on: int | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> Article:
    """Save a working copy with its captions, byline and related links, in one transaction.

    authors, links: in order; None leaves what is there. based_on: the version that the text was
    opened at; a story saved by somebody since then is refused. Raises StaleVersion for that, and
    WorkflowError for a picture that is gone or that this person may not use, and for a video whose
    host the paper does not allow.
    """
    clean_fields(article)
    check_pictures(article, by)
    check_videos(article)
    with transaction.atomic():
        _take_turn(article, based_on)
        article.updated_at = clock()
        if article._state.adding:
            article.created_at = article.updated_at
        article.save()
        derive_captions(article)
        if authors is not None:
            _store_byline(article, authors)
        if links is not None:
            _store_links(article, links)
        article.digest = digest_of(article)
        article.save(update_fields=["digest"])
    return article


def _take_turn(article: Article, based_on: int | None) -> None:
    """Raise the version by one, unless somebody has done so since `based_on`."""
    if article._state.adding:
        article.version = 1
        return
    current = Article.objects.select_for_update().values_list("version", flat=True)
    version = current.get(pk=article.pk)
    if based_on is not None and version != based_on:
        raise StaleVersion(
            _(
                "Somebody has saved this story since you opened it. Your text is kept here; "
                "compare it with the saved one before you save again."
            ),
            code="stale_version",
        )
    article.version = version + 1


def derive_captions(article: Article) -> None:
    """Write the Caption rows anew from the body: they are never edited anywhere else."""
    article.captions.all().delete()
    figures = Body.read(article.body).figures
    captions = Caption.objects.bulk_create(
        Caption(article=article, position=n, text=figure.caption)
        for n, figure in enumerate(figures)
    )
    CaptionImage.objects.bulk_create(
        CaptionImage(caption=caption, position=n, image_id=pk)
        for caption, figure in zip(captions, figures, strict=True)
        for n, pk in enumerate(figure.images)
    )


def _store_byline(article: Article, authors: Iterable[Author]) -> None:
    article.byline_rows.all().delete()
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=article, position=n, author=author)
        for n, author in enumerate(dict.fromkeys(authors))
    )


def _store_links(article: Article, links: Iterable[ContentLink]) -> None:
    article.related_links.all().delete()
    RelatedLink.objects.bulk_create(
        RelatedLink(
            article=article, position=n, target_id=link.target_id, url=link.url, title=link.title
        )
        for n, link in enumerate(links)
    )

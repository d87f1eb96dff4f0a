"""Publications as rows: written once when approved, read back as a content, rendered again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles.models import (
    Article,
    Publication,
    PublicationAuthor,
    PublicationLink,
    PublicationPicture,
    PublicationText,
)
from articles.publishing import rendering
from articles.rules.content import Content, ContentLink, ContentPicture, short_fields
from articles.rules.timing import Span
from articles.text import Body


@dataclass(frozen=True)
class Approved:
    """A content ready to be written: with its rendered HTML, who approved it when, and its note.

    by: the approver's id, None for an account that is gone.
    """

    content: Content
    rendered: rendering.Rendered
    by: int | None
    at: datetime
    note: str = ""


def approved_before(pk: int) -> Approved:
    """What a publication shows, ready to be written under another number."""
    row = Publication.objects.select_related("text").get(pk=pk)
    return Approved(
        read_back(row),
        rendering.Rendered(
            body_html=row.text.body_html,
            card_picture_html=row.card_picture_html,
            social_picture=row.text.social_picture,
            rendered_with=row.text.rendered_with,
        ),
        row.approved_by_id,
        row.approved_at,
        row.note,
    )


def frozen(pk: int) -> Content:
    """The content of the publication with this id. Five queries."""
    return read_back(Publication.objects.select_related("text").get(pk=pk))


def read_back(publication: Publication) -> Content:
    """A publication as the value that publishing takes. Four queries."""
    return Content(
        **short_fields(publication),
        author_ids=tuple(publication.author_rows.values_list("author_id", flat=True)),
        body=Body.read(publication.text.body),
        pictures=tuple(
            ContentPicture(*row)
            for row in publication.pictures.values_list(
                "image_id", "alt_text", "credit", "illustrative", "ai"
            )
        ),
        links=tuple(
            ContentLink(*row) for row in publication.links.values_list("target_id", "url", "title")
        ),
    )


def add(article: Article, span: Span, approved: Approved) -> None:
    """Write a publication of the story."""
    content, rendered = approved.content, approved.rendered
    row = Publication(
        article=article,
        number=span.number,
        kind=span.kind,
        asked_kind=span.asked,
        note=approved.note,
        approved_by_id=approved.by,
        approved_at=approved.at,
        first_published=span.first_published,
        live_from=span.live_from,
        until=span.until,
        live_until=span.live_until,
        digest=content.digest(),
        card_picture_html=rendered.card_picture_html,
        **short_fields(content),
    )
    row.top_section_id = row.section.parent_id or row.section_id
    row.save(force_insert=True)
    PublicationText.objects.create(
        publication=row,
        body=content.body.html,
        body_html=rendered.body_html,
        social_picture=rendered.social_picture,
        rendered_with=rendered.rendered_with,
    )
    PublicationAuthor.objects.bulk_create(
        PublicationAuthor(
            publication=row, position=n, author_id=pk, first_published=span.first_published
        )
        for n, pk in enumerate(content.author_ids)
    )
    PublicationPicture.objects.bulk_create(
        PublicationPicture(
            publication=row,
            position=n,
            image_id=picture.image_id,
            alt_text=picture.alt_text,
            credit=picture.credit,
            illustrative=picture.illustrative,
            ai=picture.ai,
        )
        for n, picture in enumerate(content.pictures)
    )
    PublicationLink.objects.bulk_create(
        PublicationLink(
            publication=row, position=n, target_id=link.target_id, url=link.url, title=link.title
        )
        for n, link in enumerate(content.links)
    )


def render_again(*, after: int = 0) -> Iterator[int]:
    """Render the publications that other code or templates rendered, in the order of their ids.

    after: begin after this id. Yields the id of each that was rendered; each is written by itself,
    so it may be stopped at any time.
    """
    digest = rendering.code_digest()
    old = PublicationText.objects.exclude(rendered_with=digest).order_by("pk")
    while text := old.filter(pk__gt=after).select_related("publication").first():
        after = text.pk
        store_rendering(text.publication)
        yield after


def store_rendering(publication: Publication) -> None:
    """Write a publication's rendered HTML anew; nothing else of what was approved changes."""
    rendered = rendering.render(read_back(publication))
    with transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(
            card_picture_html=rendered.card_picture_html
        )
        PublicationText.objects.filter(pk=publication.pk).update(
            body_html=rendered.body_html,
            social_picture=rendered.social_picture,
            rendered_with=rendered.rendered_with,
        )


def render_where_shown(*, image_id: int, **kwargs: object) -> None:
    """A picture's files have changed: render again all publications that show it."""
    shown = Publication.objects.filter(pictures__image=image_id).distinct()
    for publication in shown.select_related("text"):
        store_rendering(publication)

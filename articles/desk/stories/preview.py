"""A working copy as readers would get it."""

from datetime import datetime

from articles.models import Author, Publication, PublicationText
from articles.publishing import rendering
from articles.rules.content import Content, short_fields
from articles.site import pages
from articles.site.pages import Page


def preview(content: Content, *, article_id: int | None, at: datetime, banner: str) -> Page:
    """A working copy as its page would be at `at`, in the very template that readers get.

    content: of the saved working copy (freezing.content_of), or of a form that nobody has saved.
    article_id: None for a story without a row. banner: the sentence that marks the page as no
    reader's. Nothing is written; the view answers with `preview(…).html()`, for the desk only.
    Eight queries.
    """
    published = Publication.objects.filter(article_id=article_id).live(at=at).newest_first().first()
    publication = Publication(
        article_id=article_id,
        first_published=published.first_published if published else at,
        live_from=at,
        **short_fields(content),
    )
    rendered = rendering.render(content)
    text = PublicationText(body_html=rendered.body_html, social_picture=rendered.social_picture)
    people = Author.objects.in_bulk(content.author_ids)
    authors = [pages.byline(people[pk].name, people[pk].slug) for pk in content.author_ids]
    page = pages.story_page(publication, text, at=at, authors=authors, links=content.links)
    return page.with_banner(banner)

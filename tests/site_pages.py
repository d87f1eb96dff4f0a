"""Looking at the site's pages: their elements, and many stories at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from articles.models import Article, Category, Publication, PublicationText
from articles.rules.timing import Kind
from articles.text import markup


def elements(html: str, name: str, class_: str = "") -> list[markup.Element]:
    """The elements of this name, and this class where one is given, in document order."""
    return [
        element
        for element in markup.parse(html).walk()
        if element.name == name and (not class_ or class_ in classes(element))
    ]


def classes(element: markup.Element) -> list[str]:
    return element.attributes.get("class", "").split()


def words(element: markup.Element) -> str:
    """The text inside, white space collapsed."""
    return " ".join(element.text().split())


def headlines(html: str, class_: str = "") -> list[str]:
    """The headlines of a page's cards, in document order."""
    return [
        words(next(e for e in card.walk() if "headline" in classes(e)))
        for card in elements(html, "article", class_ or "card")
    ]


def get(path: str, status: int = 200, **options: object) -> str:
    """The body of an answer with that status."""
    response = Client(raise_request_exception=True).get(path, **options)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return response.content.decode()


def address(article: Article) -> str:
    """The story's public address, of its newest publication."""
    return article.publications.latest("number").get_absolute_url()


def many_stories(
    section: Category,
    owner: object,
    count: int,
    *,
    newest: datetime,
    headline: Callable[[int], str] = "Story {}".format,
) -> list[Publication]:
    """Stories that have been on the site for a while, an hour apart, written straight into the tables."""
    articles = Article.objects.bulk_create(
        Article(
            headline=headline(n), slug=f"story-{n}", section=section, owner=owner, stage="approved"
        )
        for n in range(count)
    )
    publications = Publication.objects.bulk_create(
        Publication(
            article=article,
            number=1,
            kind=Kind.FIRST,
            headline=article.headline,
            slug=article.slug,
            lede=f"Lede of {article.headline}",
            section=section,
            top_section=section.top,
            approved_by=owner,
            approved_at=newest,
            first_published=newest - timedelta(hours=n),
            live_from=newest - timedelta(hours=n),
            card_picture_html='<picture><img src="/uploads/x.jpg" alt="" width="640" height="360"'
            ' loading="lazy"></picture>',
        )
        for n, article in enumerate(articles)
    )
    PublicationText.objects.bulk_create(
        PublicationText(publication=publication, body_html=f"<p>Body of {publication.headline}</p>")
        for publication in publications
    )
    return publications

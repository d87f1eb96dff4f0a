"""A working copy as readers would get it: as it is saved, or as it stands in the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.stories.forms import StoryForm
from articles.models import Article, Author, Publication, PublicationText
from articles.publishing import access, freezing, rendering
from articles.rules.content import Content, short_fields
from articles.rules.refusals import WorkflowError
from articles.site import pages
from articles.site.pages import Page
from articles.text import Body, plain_line
from media.models import Image


class PreviewForm(StoryForm):
    """The same form, of which nothing is saved: nobody's later save stands in its way."""

    def _check_version(self) -> None:
        pass


def preview(
    content: Content,
    *,
    article_id: int | None,
    at: datetime,
    banner: str,
    authors: Sequence[Author] | None = None,
) -> Page:
    """A working copy as its page would be at `at`, in the very template that readers get.

    content: of the saved working copy (freezing.content_of), or of a form that nobody has saved.
    article_id: None for a story without a row. banner: the sentence that marks the page as no
    reader's. authors: the byline, where not all of it has rows. Nothing is written; the view
    answers with `preview(…).html()`, for the desk only. Eight queries.
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
    if authors is None:
        people = Author.objects.in_bulk(content.author_ids)
        authors = [people[pk] for pk in content.author_ids]
    bylines = [pages.byline(author.name, author.slug) for author in authors]
    page = pages.story_page(publication, text, at=at, authors=bylines, links=content.links)
    return page.with_banner(banner)


def preview_of_saved(story: Article, *, at: datetime) -> Page:
    """What is saved."""
    return preview(
        freezing.unfinished_content(story),
        article_id=story.pk,
        at=at,
        banner=_("Preview of the saved text: readers do not get this page."),
    )


def preview_of_version(story: Article, content: Content, told: str, *, at: datetime) -> Page:
    """One of a story's versions. told: which."""
    banner = _("%(version)s. This page is for the newsroom.") % {"version": told}
    return preview(content, article_id=story.pk, at=at, banner=banner)


@dataclass(frozen=True)
class TypedContent:
    """What stands in a form, as far as it can be shown. faults: what is wrong with it, in words."""

    content: Content
    authors: Sequence[Author]
    faults: Sequence[str]


def preview_of_typed(request: HttpRequest, story: Article | None, *, at: datetime) -> Page:
    """What stands in the form that was sent, of this story or of one without a row.

    What is wrong with it stands in the banner, over as much as can be shown.
    """
    typed = typed_content(request.POST, story, request.user, at=at)
    told = [_("Preview of what stands in the form: readers do not get this page.")]
    told += _on_their_way(request.POST.get("_preview", ""))
    return preview(
        typed.content,
        article_id=story and story.pk,
        at=at,
        banner=" ".join([*told, *typed.faults]),
        authors=typed.authors,
    )


def typed_content(
    data: MultiValueDict, story: Article | None, user: access.User, *, at: datetime
) -> TypedContent:
    """What this form holds, of this story or of one without a row; nothing is saved."""
    form = PreviewForm.for_person(user, at=at)(data, instance=story or Article(owner=user))
    form.is_valid()
    faults = [
        f"{form.fields[name].label}: {sentence}" if name in form.fields else str(sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    # A form writes on its story, which is not saved here.
    typed, given = form.instance, form.cleaned_data
    typed.headline = plain_line(form.data.get("headline", "")) or _("(no headline yet)")
    typed.lead_image_id = given.get("lead_image")
    body = form.text or Body.cleaned("")
    freezing.clean_fields(typed, body)
    ids = freezing.image_ids(body, typed.lead_image_id)
    images = Image.objects.filter(access.pictures(user, story)).in_bulk(ids)
    if typed.lead_image_id not in images:
        typed.lead_image_id = None
    body = body.without_images(set(ids) - images.keys())
    try:
        freezing.check_videos(body)
    except WorkflowError as refused:
        faults.append(str(refused))
    authors = given.get("authors", [])
    content = freezing.frozen(
        typed,
        body,
        images,
        author_ids=[author.pk for author in authors if author.pk],
        links=given.get("links", []),
    )
    return TypedContent(content, authors, faults)


def _on_their_way(count: str) -> list[str]:
    """About the pictures that the page has not finished sending; it says how many."""
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
    sentence = ngettext(
        "%(number)d picture is still on its way, and not shown yet.",
        "%(number)d pictures are still on their way, and not shown yet.",
        number,
    )
    return [sentence % {"number": number}] if number else []

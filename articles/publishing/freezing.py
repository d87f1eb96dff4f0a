"""The working copy frozen: its content, and what must be true of it before readers may have it."""

from collections.abc import Mapping, Sequence
from copy import copy

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Author, Paper
from articles.publishing import access
from articles.rules.addresses import slug_of
from articles.rules.content import Content, ContentLink, ContentPicture, short_fields
from articles.rules.refusals import WorkflowError
from articles.text import Body, part_mark, plain_line
from media.models import Image
from media.text import fold

LONGEST_MARK = Article._meta.get_field("dateline").max_length


def content_of(article: Article, by: access.User | None = None) -> Content:
    """The working copy as the value that publishing takes. Three queries.

    by: who must be allowed to use its pictures. Raises WorkflowError where a headline or section is
    missing, or a picture is gone or not theirs to use.
    """
    for field, value in (("headline", article.headline), ("section", article.section_id)):
        if not (value if field == "section" else plain_line(value)):
            raise WorkflowError(
                _("The story has no headline yet. Write one, then try again.")
                if field == "headline"
                else _("The story has no section yet. Choose one, then try again."),
                code=f"missing_{field}",
                field=field,
            )
    return unfinished_content(article, by=by)


def unfinished_content(
    article: Article, body: Body | None = None, *, by: access.User | None = None
) -> Content:
    """The same without asking whether headline and section are there: what a preview shows.

    What a program wrote past `save_story` is brought into the canonical form here, too: nothing is
    published that did not pass through clean_html. body: the story's, where it has been cleaned
    already. Raises WorkflowError where a picture is gone.
    """
    article = copy(article)
    body = clean_fields(article, body)
    ids = image_ids(body, article.lead_image_id)
    images = usable_pictures(article, ids, by) if by else Image.objects.in_bulk(ids)
    if len(images) < len(ids):
        raise WorkflowError(
            _("A picture of this story is gone from the library. Take it out of the text."),
            code="picture_unusable",
            field="body",
        )
    return frozen(
        article,
        body,
        images,
        author_ids=article.byline_rows.values_list("author_id", flat=True),
        links=links_of(article),
    )


def frozen(
    article: Article,
    body: Body,
    images: Mapping[int, Image],
    *,
    author_ids: Sequence[int],
    links: Sequence[ContentLink],
) -> Content:
    """The content of a working copy whose fields are clean, with what belongs to it. No query."""
    return Content(
        **short_fields(article),
        author_ids=tuple(author_ids),
        body=body,
        pictures=tuple(described(images[pk]) for pk in image_ids(body, article.lead_image_id)),
        links=tuple(links),
    )


def digest_of(article: Article, body: Body | None = None) -> str:
    """The digest of the working copy's content, finished or not."""
    return unfinished_content(article, body).digest()


def clean_fields(article: Article, body: Body | None = None) -> Body:
    """Bring every text of a working copy into its canonical form; returns its body.

    body: the story's, where it has been cleaned already.
    """
    article.headline = plain_line(article.headline)
    article.byline = plain_line(article.byline)
    mark, article.lede = part_mark(plain_line(article.lede), plain_line(article.dateline))
    article.dateline = mark if len(mark) <= LONGEST_MARK else plain_line(article.dateline)
    article.slug = slug_of(article.slug or article.headline)
    article.folded = fold(article.headline)[:320]
    if body is None:
        body = Body.cleaned(article.body)
    article.body = body.html
    return body


def image_ids(body: Body, lead_image_id: int | None) -> list[int]:
    """The pictures of a story in its order, each once; the lead picture last if not in the body."""
    lead = [] if lead_image_id is None else [lead_image_id]
    return list(dict.fromkeys([*body.images, *lead]))


def byline_of(article: Article) -> list[Author]:
    """The authors of a working copy, in order. One query."""
    return [row.author for row in article.byline_rows.select_related("author")]


def links_of(article: Article) -> list[ContentLink]:
    """The related links of a working copy, in order. One query."""
    rows = article.related_links.values_list("target_id", "url", "title")
    return [ContentLink(*row) for row in rows]


def described(image: Image) -> ContentPicture:
    """A picture as the library describes it now: what publishing freezes of it."""
    return ContentPicture(
        image_id=image.pk,
        alt_text=image.alt_text,
        credit=image.credit_line,
        illustrative=image.illustrative,
        ai=image.ai,
    )


def usable_pictures(
    article: Article, image_ids: Sequence[int], by: access.User
) -> dict[int, Image]:
    """These pictures by id. At most one query.

    Raises WorkflowError where one is gone, or is not for this person to use in this story.
    """
    usable = Image.objects.filter(access.pictures(by, article)).in_bulk(image_ids)
    missing = set(image_ids) - usable.keys()
    if missing:
        raise WorkflowError(
            ngettext(
                "A picture of the text is gone from the library, or you may not use it (number "
                "%(numbers)s). Take it out, or upload it again.",
                "Some pictures of the text are gone from the library, or you may not use them "
                "(numbers %(numbers)s). Take them out, or upload them again.",
                len(missing),
            )
            % {"numbers": ", ".join(str(pk) for pk in sorted(missing))},
            code="picture_unusable",
            field="body",
        )
    return usable


def check_videos(body: Body) -> None:
    """Raise WorkflowError where a video's player is at a host that the settings do not allow."""
    for video in body.videos:
        if video.host not in settings.EMBED_HOSTS:
            raise WorkflowError(
                _(
                    "This paper shows no videos of %(provider)s inside its stories. Take out the "
                    "video %(address)s, or write a link to it."
                )
                % {"provider": video.provider, "address": video.address},
                code="video_refused",
                field="body",
            )


def check_credits(content: Content) -> None:
    """Raise WorkflowError where the paper wants a credit for every picture and one has none."""
    missing = [picture.image_id for picture in content.pictures if not picture.credit]
    if missing and Paper.load().credit_required:
        labels = ", ".join(f"“{image}”" for image in Image.objects.filter(pk__in=missing))
        raise WorkflowError(
            _(
                "These pictures have no credit line yet: %(pictures)s. Write whom to name, then"
                " publish."
            )
            % {"pictures": labels},
            code="missing_credit",
            field="body",
            image_ids=missing,
        )

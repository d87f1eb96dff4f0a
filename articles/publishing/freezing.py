"""The working copy frozen: its content, as the value that publishing takes, and what it must be for that."""

from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Author, Paper
from articles.publishing import access
from articles.rules.addresses import slug_of
from articles.rules.content import Content, ContentLink, ContentPicture, short_fields
from articles.rules.refusals import WorkflowError
from articles.text import Body, clean_html, plain_line, take_off_mark
from media.models import Image
from media.text import fold


def content_of(article: Article) -> Content:
    """The working copy as the value that publishing takes. Four queries.

    Raises WorkflowError where a headline or section is missing or a picture is gone.
    """
    for field, value in (("headline", article.headline), ("section", article.section_id)):
        if not value:
            raise WorkflowError(
                _("The story has no headline yet. Write one, then try again.")
                if field == "headline"
                else _("The story has no section yet. Choose one, then try again."),
                code=f"missing_{field}",
                field=field,
            )
    return unfinished_content(article)


def unfinished_content(article: Article) -> Content:
    """The same without asking whether headline and section are there: what a preview shows.

    What a program wrote past `save_story` is brought into the canonical form here, too: nothing is
    published that did not pass through clean_html. Raises WorkflowError where a picture is gone.
    """
    clean_fields(article)
    ids = image_ids(article)
    images = Image.objects.in_bulk(ids)
    if len(images) < len(ids):
        raise WorkflowError(
            _("A picture of this story is gone from the library. Take it out of the text."),
            code="picture_unusable",
            field="body",
        )
    return Content(
        **short_fields(article),
        author_ids=tuple(article.byline_rows.values_list("author_id", flat=True)),
        body=article.body,
        pictures=tuple(described(images[pk]) for pk in ids),
        links=tuple(links_of(article)),
    )


def digest_of(article: Article) -> str:
    """The digest of the working copy's content, finished or not."""
    return unfinished_content(article).digest()


def clean_fields(article: Article) -> None:
    """Bring every text of a working copy into its canonical form."""
    article.headline = plain_line(article.headline)
    # The dash of the mark is followed by a space, which plain_line would take.
    article.dateline = plain_line(article.dateline)
    article.byline = plain_line(article.byline)
    article.lede = take_off_mark(plain_line(article.lede), article.dateline)
    article.body = clean_html(article.body)
    article.slug = slug_of(article.slug or article.headline)
    article.folded = fold(article.headline)[:320]


def image_ids(article: Article) -> list[int]:
    """The pictures of a working copy in story order, each once; the lead picture last if not in it."""
    ids = [*Body.read(article.body).images]
    if article.lead_image_id and article.lead_image_id not in ids:
        ids.append(article.lead_image_id)
    return ids


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
        credit=image.credit,
        illustrative=image.illustrative,
        ai=image.ai,
    )


def check_pictures(article: Article, by: access.User) -> None:
    """Raise WorkflowError where a picture is gone, or is not for this person to use."""
    wanted = set(image_ids(article))
    if not wanted:
        return
    usable = Image.objects.filter(access.pictures(by, article), pk__in=wanted)
    missing = wanted - set(usable.values_list("pk", flat=True))
    if missing:
        raise WorkflowError(
            ngettext(
                "A picture of the text is gone from the library or is not yours to use "
                "(number %(numbers)s). Take it out, or upload it again.",
                "Some pictures of the text are gone from the library or are not yours to use "
                "(numbers %(numbers)s). Take them out, or upload them again.",
                len(missing),
            )
            % {"numbers": ", ".join(str(pk) for pk in sorted(missing))},
            code="picture_unusable",
            field="body",
        )


def check_videos(article: Article) -> None:
    """Raise WorkflowError where a video's player is at a host that the settings do not allow."""
    for video in Body.read(article.body).videos:
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
            _("These pictures have no credit yet: %(pictures)s. Write whom to name, then publish.")
            % {"pictures": labels},
            code="missing_credit",
            field="body",
            image_ids=missing,
        )


def without_pictures(content: Content, image_ids: Collection[int]) -> Content:
    """The content with these pictures left out of its body, its card and its list of pictures."""
    lead = content.lead_image_id
    return replace(
        content,
        body=Body.read(content.body).without_images(image_ids).html,
        lead_image_id=None if lead in image_ids else lead,
        pictures=tuple(p for p in content.pictures if p.image_id not in image_ids),
    )

"""Taking story folders into the desk, and onto the site where that is asked for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles.importers import folder as folders
from articles.importers.folder import Folder, ImportRefused, Story
from articles.models import Article, Author, Category, Genre, Paper, Record
from articles.publishing import access, freezing, saving, workflow
from articles.rules import leftovers
from articles.rules.addresses import own_path, story_id_of
from articles.rules.content import ContentLink
from articles.rules.refusals import WorkflowError
from articles.text import Body, plain_line, take_off_mark
from media import library
from media.uploads import InvalidPicture

check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Outcome:
    """What became of one folder: "created", "updated", "unchanged", "refused".

    sentence: why it was refused, or what of its text was left out.
    """

    path: Path
    result: str
    article: Article | None = None
    sentence: str = ""
    published: bool = False


def import_stories(
    paths: Iterable[Path],
    *,
    by: access.User,
    section: Category | None = None,
    publish: bool = False,
    clock: Callable[[], datetime] = timezone.now,
) -> Iterator[Outcome]:
    """Take in story folders one by one; a bad one does not take the others with it.

    by: owns the drafts, and approves them with publish. section: instead of the one that the
    folder names. Related links between the folders of one call may point forward.
    """
    outcomes = []
    for path in paths:
        try:
            outcomes.append(
                (path, *take_in(folders.read(path), by=by, section=section, now=clock()))
            )
        except (ImportRefused, InvalidPicture, WorkflowError) as refused:
            yield Outcome(path, "refused", sentence=str(refused))
    for path, folder, article, result in outcomes:
        try:
            changed = link_up(article, folder, by=by, now=clock())
            result = "updated" if changed and result == "unchanged" else result
            published = publish and _publish(article, by=by, clock=clock)
        except WorkflowError as refused:
            yield Outcome(path, "refused", article, sentence=str(refused))
        else:
            sentence = leftovers.sentence(folder.story.left_out)
            yield Outcome(path, result, article, sentence=sentence, published=published)


def take_in(
    folder: Folder, *, by: access.User, section: Category | None, now: datetime
) -> tuple[Folder, Article, str]:
    """Make or update the draft of one folder, without its related links."""
    article = Article.objects.filter(source_key=folder.name).first()
    if article is None:
        article = Article(source_key=folder.name, owner=by)
    before = article.digest
    images = bring_pictures(folder, by)
    body, authors = fill_in(article, folder.story, images, section=section, now=now)
    if article.pk:
        if _is_as_imported(article, body, authors):
            return folder, article, "unchanged"
        _refuse_if_touched(article)
    result = "updated" if before else "created"
    with transaction.atomic():
        saving.save_story(article, by=by, body=body, authors=authors, clock=lambda: now)
        _record(article, by, now)
    return folder, article, result


def _is_as_imported(article: Article, body: Body, authors: list[Author]) -> bool:
    """Does the folder say what the story already holds?"""
    saved = Article.objects.get(pk=article.pk)
    same_authors = list(saved.byline_rows.values_list("author_id", flat=True)) == [
        author.pk for author in authors
    ]
    return same_authors and saved.digest == freezing.digest_of(article, body)


def _refuse_if_touched(article: Article) -> None:
    """Only a draft that nobody has touched since its import is written anew."""
    if article.publications.exists():
        raise ImportRefused(
            _(
                "“%(headline)s” came from this folder and has been published. Change it in the "
                "newsroom."
            )
            % {"headline": article.headline}
        )
    imported = Record.objects.filter(story=article, verb="import").first()
    if imported is None or imported.details.get("version") != article.version:
        raise ImportRefused(
            _(
                "“%(headline)s” came from this folder and has been changed in the newsroom "
                "since. Change it there, or delete the draft and import again."
            )
            % {"headline": article.headline}
        )


def _record(article: Article, by: access.User, now: datetime) -> None:
    workflow.record("import", article, by=by, at=now, details={"version": article.version})


def bring_pictures(folder: Folder, by: access.User) -> list[int]:
    """Bring the story's pictures into the library; their ids in the order of story.pictures."""
    ids = []
    for picture in folder.story.pictures:
        name = PurePosixPath(unquote(picture.file)).name
        if name not in folder.files:
            raise ImportRefused(
                _("The text shows the picture %(name)s, which is not in the folder.")
                % {"name": picture.file}
            )
        try:
            image = library.add_picture(
                folder.files[name], name, by=by, **_described(picture.alt_text, picture.credit)
            )
        except InvalidPicture as invalid:
            raise ImportRefused(
                _("The picture %(name)s: %(problem)s") % {"name": name, "problem": invalid}
            ) from invalid
        ids.append(image.pk)
    return ids


def _described(alt_text: str, credit: str) -> dict[str, str]:
    """Only what the folder says; the file's own words stand where it says nothing."""
    return {
        name: value for name, value in (("alt_text", alt_text), ("credit", credit)) if value.strip()
    }


def fill_in(
    article: Article, story: Story, images: list[int], *, section: Category | None, now: datetime
) -> tuple[Body, list[Author]]:
    """Write what the folder says into the working copy; returns its body and the authors named."""
    if not story.headline:
        raise ImportRefused(_("story.html has no headline: write one in an h1."))
    article.headline = story.headline
    article.lede = story.lede
    paper_mark = Paper.load().mark if article._state.adding else article.dateline
    article.dateline = story.meta.get("dateline", paper_mark)
    article.lede = take_off_mark(plain_line(story.lede), Paper.load().mark)
    article.section = section or _section(story)
    genre = story.meta.get("genre", "")
    article.genre = genre if genre in Genre else Genre.REPORT
    article.imported_first_published = _published(story, now)
    body = story.body.with_images(dict(enumerate(images, start=1)))
    article.body = body.html
    authors, article.byline = _byline(story.meta.get("byline", ""))
    return body, authors


def _section(story: Story) -> Category:
    slug = story.meta.get("section", "")
    found = Category.objects.filter(slug=slug).first() if slug and "\0" not in slug else None
    if found is None:
        slugs = ", ".join(Category.objects.values_list("slug", flat=True))
        raise ImportRefused(
            _("It names no section that exists (%(slug)s). Sections are: %(slugs)s.")
            % {"slug": slug or "-", "slugs": slugs or "-"}
        )
    return found


def _published(story: Story, now: datetime) -> datetime | None:
    """The earlier date of first publication that the folder brings; the paper's zone if it names none."""
    text = story.meta.get("published", "")
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime.combine(day, time())
    except ValueError:
        moment = None
    if moment is None:
        raise ImportRefused(
            _("The date “%(text)s” is not one like 2023-03-29T17:05.") % {"text": text}
        )
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment > now:
        raise ImportRefused(
            _("The date of first publication, %(text)s, lies ahead. Schedule it in the newsroom.")
            % {"text": text}
        )
    return moment


def _byline(text: str) -> tuple[list[Author], str]:
    """Names that are authors of the paper, and what is left as free text."""
    names = [" ".join(name.split()) for name in text.split(",") if name.strip()]
    known = {author.name.casefold(): author for author in Author.objects.filter(name__in=names)}
    authors = [known[name.casefold()] for name in names if name.casefold() in known]
    return authors, ", ".join(name for name in names if name.casefold() not in known)


def link_up(article: Article, folder: Folder, *, by: access.User, now: datetime) -> bool:
    """Set the related links, now that the other folders of the call are in. True if they changed."""
    links = [link for link in map(_content_link, folder.story.links) if link is not None]
    links = [link for link in links if link.target_id != article.pk]
    present = [
        ContentLink(*row) for row in article.related_links.values_list("target_id", "url", "title")
    ]
    if links == present:
        return False
    imported = Record.objects.filter(story=article, verb="import").first()
    if imported is None or imported.details.get("version") != article.version:
        return False
    with transaction.atomic():
        saving.save_story(article, by=by, links=links, clock=lambda: now)
        _record(article, by, now)
    return True


def _content_link(link: tuple[str, str]) -> ContentLink | None:
    """A link of the folder: to another folder's story, to a story's address, or outside."""
    href, title = link
    path = own_path(href, settings.SITE_URL)
    if path is not None:
        target = _target(path)
        return ContentLink(target_id=target) if target else None
    try:
        check_url(href)
    except ValidationError:
        return None
    return ContentLink(url=href, title=title or href)


def _target(path: str) -> int | None:
    ids = Article.objects.values_list("pk", flat=True)
    if (pk := story_id_of(path)) and ids.filter(pk=pk).exists():
        return pk
    name = PurePosixPath(unquote(path)).name
    return ids.filter(source_key=name).first() if "\0" not in name else None


def _publish(article: Article, *, by: access.User, clock: Callable[[], datetime]) -> bool:
    """Publish the draft unless readers have had it already. True if it was published."""
    if article.publications.exists():
        return False
    workflow.publish(article, by=by, clock=clock)
    return True

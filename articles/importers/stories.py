"""Taking story folders into the desk, and onto the site where that is asked for."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles.importers import folder as folders
from articles.importers.folder import File, Folder, ImportRefused, Picture, Story
from articles.importers.names import composed
from articles.models import Article, Author, Category, Genre, Paper, Record, RelatedLink
from articles.publishing import access, freezing, saving, workflow
from articles.rules import bounds, leftovers
from articles.rules.addresses import own_path, story_id_of
from articles.rules.content import ContentLink
from articles.rules.refusals import WorkflowError
from articles.text import Body, begins_with_mark, part_mark, plain_line, take_off_mark, with_dash
from media import library
from media.models import Image
from media.uploads import InvalidPicture

# Before it there are no clocks that a page could tell.
EARLIEST = 1900
# Of the links that lead nowhere, so many are named.
SHOWN_LINKS = 3

logger = logging.getLogger(__name__)


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
    taken = []
    names: set[str] = set()
    for path in paths:
        try:
            folder = folders.read(path)
            _refuse_twin(folder.name, names)
            _folder, article, result = take_in(folder, by=by, section=section, now=clock())
        except Exception as fault:  # noqa: BLE001 (what is wrong with one stops no other)
            yield Outcome(path, "refused", sentence=_said(fault))
        else:
            taken.append((path, folder, article, result))
    for path, folder, article, result in taken:
        try:
            changed = link_up(article, folder, by=by, now=clock())
            result = "updated" if changed and result == "unchanged" else result
            published = publish and _publish(article, by=by, clock=clock)
            said = leftovers.sentence(folder.story.left_out), _missing_targets(folder.story)
        except Exception as fault:  # noqa: BLE001
            yield Outcome(path, "refused", article, sentence=_said(fault))
        else:
            sentence = " ".join(filter(None, said))
            yield Outcome(path, result, article, sentence=sentence, published=published)


def _refuse_twin(name: str, names: set[str]) -> None:
    """A story is known by its folder's name: the second of a call would be written over the first."""
    if name in names:
        raise ImportRefused(
            _("Another folder named %(name)s came before it. Give one of them another name.")
            % {"name": name}
        )
    names.add(name)


def _said(fault: Exception) -> str:
    """Why a folder did not come in, in a sentence."""
    match fault:
        case ImportRefused() | InvalidPicture() | WorkflowError():
            return str(fault)
        case ValidationError():
            return " ".join(fault.messages)
    logger.error("A story folder could not be taken in.", exc_info=fault)
    return _("It could not be taken in: %(problem)s") % {"problem": fault}


def take_in(
    folder: Folder, *, by: access.User, section: Category | None, now: datetime
) -> tuple[Folder, Article, str]:
    """Make or update the draft of one folder, without its related links."""
    article = Article.objects.filter(source_key=folder.name).first()
    if article is None:
        article = Article(source_key=folder.name, owner=by)
    before = article.digest
    # Without its pictures first, which take long and stay in the library.
    fill_in(article, folder.story, [], section=section, now=now)
    _check(article, folder.story)
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
    ids: dict[str, int] = {}
    for picture in folder.story.pictures:
        file = folder.files[picture.file]
        if file.name not in ids:
            ids[file.name] = _bring(file, _described(picture), by)
    return [ids[folder.files[picture.file].name] for picture in folder.story.pictures]


def _bring(file: File, described: dict[str, str], by: access.User) -> int:
    try:
        name = PurePosixPath(file.name).name
        return library.add_picture(file.read(), name, by=by, **described).pk
    except InvalidPicture as invalid:
        raise ImportRefused(
            _("The picture %(name)s: %(problem)s") % {"name": file.name, "problem": invalid}
        ) from invalid


def _described(picture: Picture) -> dict[str, str]:
    """Only what the folder says; the file's own words stand where it says nothing."""
    names = "alt_text", "photographer", "credit"
    said = {name: plain_line(getattr(picture, name)) for name in names}
    return {name: words for name, words in said.items() if words}


def _check(article: Article, story: Story) -> None:
    """Raise ImportRefused or ValidationError for what the desk's form could not save."""
    for name in ("headline", "dateline", "lede", "byline", "source_key"):
        _check_field(Article._meta.get_field(name), getattr(article, name))
    bounds.check_body(story.body.html)
    for picture in story.pictures:
        for name, words in _described(picture).items():
            _check_field(Image._meta.get_field(name), words, of=picture.file)
    links = list(filter(None, map(_content_link, story.links)))
    bounds.check_links(len(links))
    for link in links:
        if link.url:
            bounds.check_address(link.url)
            _check_field(RelatedLink._meta.get_field("title"), link.title, of=link.url)


def _check_field(field: Field, value: str, *, of: str = "") -> None:
    """Let a field say what it does not take, as it does in a form."""
    try:
        field.formfield(required=False).clean(value)
    except ValidationError as invalid:
        name = str(field.verbose_name).capitalize()
        subject = f"{plain_line(of[:100])}, {field.verbose_name}" if of else name
        raise ImportRefused(f"{subject}: {' '.join(invalid.messages)}") from invalid


def fill_in(
    article: Article, story: Story, images: list[int], *, section: Category | None, now: datetime
) -> tuple[Body, list[Author]]:
    """Write what the folder says into the working copy; returns its body and the authors named."""
    article.headline = plain_line(story.headline)
    if not article.headline:
        raise ImportRefused(_("story.html has no headline: write one in an h1."))
    article.dateline, article.lede = _mark_and_lede(article, story)
    article.section = section or _section(story)
    genre = story.meta.get("genre", "")
    article.genre = genre if genre in Genre else Genre.REPORT
    article.imported_first_published = _published(story, now)
    body = story.body.with_images(dict(enumerate(images, start=1)))
    article.body = body.html
    authors, article.byline = _byline(story.meta.get("byline", ""))
    bounds.check_authors(len(authors))
    return body, authors


def _mark_and_lede(article: Article, story: Story) -> tuple[str, str]:
    """The mark and the lede after it: one mark only, with its dash.

    It is the one that the folder names, else the one that the lede begins with, else the paper's.
    """
    papers, written = plain_line(Paper.load().mark), plain_line(story.lede)
    if "dateline" in story.meta:
        mark, lede = part_mark(written, plain_line(story.meta["dateline"]))
        return with_dash(mark), take_off_mark(lede, papers)
    mark, lede = part_mark(written, papers)
    if lede != written:
        return mark, lede
    if begins_with_mark(lede):
        return "", lede
    return papers if article._state.adding else article.dateline, lede


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
    if moment.year < EARLIEST:
        raise ImportRefused(
            _("The date of first publication, %(text)s, is before %(year)d.")
            % {"text": text, "year": EARLIEST}
        )
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    # The last year of the calendar may end on no other clock.
    if moment.year > now.year + 1 or moment > now:
        raise ImportRefused(
            _("The date of first publication, %(text)s, lies ahead. Schedule it in the newsroom.")
            % {"text": text}
        )
    return moment


def _byline(text: str) -> tuple[list[Author], str]:
    """Names that are authors of the paper, and what is left as free text."""
    names = list(filter(None, map(plain_line, text.split(","))))
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
    return ContentLink(url=href, title=plain_line(title) or href)


def _missing_targets(story: Story) -> str:
    """What a story loses of its related links, in a sentence; "" for nothing."""
    lost = [link for link in story.links if _content_link(link) is None]
    missing = [plain_line((href or title)[:100]) for href, title in lost]
    if not missing:
        return ""
    shown = ", ".join(missing[:SHOWN_LINKS]) + (", …" if missing[SHOWN_LINKS:] else "")
    return _("Related links left out, since they lead to no story here: %(links)s.") % {
        "links": shown
    }


def _target(path: str) -> int | None:
    ids = Article.objects.values_list("pk", flat=True)
    if (pk := story_id_of(path)) and ids.filter(pk=pk).exists():
        return pk
    name = composed(PurePosixPath(unquote(path)).name)
    return ids.filter(source_key=name).first() if "\0" not in name else None


def _publish(article: Article, *, by: access.User, clock: Callable[[], datetime]) -> bool:
    """Publish the draft unless readers have had it already. True if it was published."""
    if article.publications.exists():
        return False
    workflow.publish(article, by=by, clock=clock)
    return True

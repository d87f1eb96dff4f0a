"""Reading a story folder: story.html and the pictures beside it, in a folder or a zip file.

story.html is plain HTML: h1 (or title) is the headline, `meta name="dateline|section|byline|genre|
published"` say the rest, p.lede is the lede; then paragraphs and figures, where several img with one
figcaption share the caption, and data-embed is a video's address; an optional nav.related lists
links. Nothing here touches a database.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

MAX_HTML = 5 * 1024 * 1024
MAX_PICTURE = 40 * 1024 * 1024
MAX_FILES = 300
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
SILENT = frozenset({"script", "style", "template", "noscript"})


class ImportRefused(Exception):
    """A story folder cannot be taken in; the text is the sentence to show."""


@dataclass(frozen=True)
class Picture:
    """An img of the story: the file beside it, its alt text and credit."""

    file: str
    alt_text: str = ""
    credit: str = ""


@dataclass
class Story:
    """What story.html says. `body` is uncleaned HTML with figures whose data-images count `pictures`."""

    headline: str = ""
    lede: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    body: str = ""
    pictures: list[Picture] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Folder:
    """A story folder: its own name, what story.html says, and the bytes of the files beside it."""

    name: str
    story: Story
    files: dict[str, bytes]


def read(path: Path) -> Folder:
    """Read a folder or zip file. Raises ImportRefused with a sentence."""
    try:
        if path.is_dir():
            files = _files_of_folder(path)
        elif zipfile.is_zipfile(path):
            files = _files_of_zip(path)
        else:
            raise ImportRefused(
                _("%(path)s is neither a folder nor a zip file that holds a story.html.")
                % {"path": path.name}
            )
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise ImportRefused(
            _("%(path)s cannot be read: %(problem)s") % {"path": path.name, "problem": error}
        ) from error
    return Folder(path.resolve().stem if path.is_file() else path.resolve().name, *_split(files))


def _split(files: dict[str, bytes]) -> tuple[Story, dict[str, bytes]]:
    if "story.html" not in files:
        raise ImportRefused(_("There is no story.html in it."))
    try:
        html = files.pop("story.html").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused(
            _("story.html is not UTF-8 text. Save it as UTF-8, then try again.")
        ) from error
    return parse(html), files


def _files_of_folder(path: Path) -> dict[str, bytes]:
    entries = [entry for entry in sorted(path.iterdir()) if entry.is_file()]
    _check_sizes((entry.name, entry.stat().st_size) for entry in entries)
    return {entry.name: entry.read_bytes() for entry in entries}


def _files_of_zip(path: Path) -> dict[str, bytes]:
    """The files beside the zip's story.html, which may lie in one folder inside."""
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        homes = [
            PurePosixPath(entry.filename).parent
            for entry in entries
            if PurePosixPath(entry.filename).name == "story.html"
        ]
        home = min(homes, key=lambda home: len(home.parts), default=None)
        beside = [entry for entry in entries if PurePosixPath(entry.filename).parent == home]
        _check_sizes((entry.filename, entry.file_size) for entry in beside)
        return {PurePosixPath(entry.filename).name: archive.read(entry) for entry in beside}


def _check_sizes(sizes: Iterable[tuple[str, int]]) -> None:
    sizes = list(sizes)
    if len(sizes) > MAX_FILES:
        raise ImportRefused(
            _("It holds more than %(count)d files; a story has fewer.") % {"count": MAX_FILES}
        )
    for name, size in sizes:
        limit = MAX_HTML if name.endswith("story.html") else MAX_PICTURE
        if size > limit:
            raise ImportRefused(_("The file %(name)s is too large.") % {"name": name})


def parse(html: str) -> Story:
    """Read story.html. Never raises: what is not understood is left for clean_html."""
    parser = _StoryParser()
    parser.feed(html)
    parser.close()
    return parser.finished()


class _StoryParser(HTMLParser):
    """Collects the headline, lede and links, and writes the rest on as the body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.story = Story()
        self.title = ""
        self.out: list[str] = []
        # Where text goes instead of the body: "title", "h1", "lede", "nav", or "" for the body.
        self.inside = ""
        self.depth = 0
        self.silent = 0
        self.href: str | None = None
        self.link_text = ""
        self.figure: list[int] | None = None
        self.figure_start = 0
        self.embed = ""

    def finished(self) -> Story:
        self.story.headline = self.story.headline.strip() or self.title.strip()
        self.story.body = "".join(self.out)
        return self.story

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("name"):
            self.story.meta.setdefault(values["name"].lower(), values.get("content", "").strip())
        elif tag in SILENT:
            self.silent += 1
        elif self.inside:
            self._start_inside(tag, values)
        elif place := self._place(tag, values):
            self.inside, self.depth = place, 1
        elif tag == "img":
            self._picture(values)
        elif tag == "figure" and self.figure is None:
            self.figure, self.figure_start = [], len(self.out)
            self.embed = values.get("data-embed", "")
        elif tag not in {"html", "head", "body", "link", "figure"}:
            self.out.append(_start_tag(tag, values))

    def _place(self, tag: str, values: dict[str, str]) -> str:
        """Which part of the story begins with this tag, if one does."""
        classes = values.get("class", "").split()
        if tag == "title":
            return "title"
        if tag == "h1" and not self.story.headline:
            return "h1"
        if tag == "p" and "lede" in classes and not self.story.lede:
            return "lede"
        return "nav" if tag == "nav" and "related" in classes else ""

    def _start_inside(self, tag: str, values: dict[str, str]) -> None:
        if tag not in VOID:
            self.depth += 1
        if tag == "br":
            self.handle_data(" ")
        if self.inside == "nav" and tag == "a":
            self.href, self.link_text = values.get("href", ""), ""

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.inside:
            self._end_inside(tag)
        elif tag == "figure" and self.figure is not None:
            self._end_figure()
        elif tag not in VOID | {"html", "head", "body", "figure"}:
            self.out.append(f"</{tag}>")

    def _end_inside(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag == "a" and self.href is not None:
            self.story.links.append((self.href.strip(), " ".join(self.link_text.split())))
            self.href = None
        self.depth -= 1
        if self.depth <= 0:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.inside == "title":
            self.title += data
        elif self.inside == "h1":
            self.story.headline += data
        elif self.inside == "lede":
            self.story.lede += data
        elif self.inside == "nav":
            self.link_text += data
        else:
            self.out.append(escape(data, quote=False))

    def _picture(self, values: dict[str, str]) -> None:
        """An img: one of the figure around it, or a figure of its own."""
        self.story.pictures.append(
            Picture(
                file=values.get("src", ""),
                alt_text=values.get("alt", ""),
                credit=values.get("data-credit", ""),
            )
        )
        number = len(self.story.pictures)
        if self.figure is None:
            self.out.append(f'<figure data-images="{number}"></figure>')
        else:
            self.figure.append(number)

    def _end_figure(self) -> None:
        numbers = " ".join(str(number) for number in self.figure)
        embed = f' data-embed="{escape(self.embed)}"' if self.embed else ""
        self.out.insert(self.figure_start, f'<figure{embed} data-images="{numbers}">')
        self.out.append("</figure>")
        self.figure = None


def _start_tag(tag: str, values: dict[str, str]) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
    return f"<{tag}{attributes}>"

"""Reading a story folder: story.html and the pictures beside it, in a folder or a zip file.

story.html is plain HTML: h1 (or title) is the headline, `meta name="dateline|section|byline|genre|
published"` say the rest, p.lede is the lede; then paragraphs and figures, where several img with one
figcaption share the caption, and data-embed is a video's address; an optional nav.related lists
links. Nothing here touches a database.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from articles.text import Body, LeftOut, blocks, incoming, markup
from articles.text.markup import Element, Node

MAX_HTML = 5 * 1024 * 1024
MAX_PICTURE = 40 * 1024 * 1024
MAX_FILES = 300

# A frame may show a video, and style sheets say what is hidden: what they are, the text knows.
_NOT_SHOWN = blocks.HIDDEN - {"iframe", "style"}


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
    """What story.html says. The images of `body` are numbers: they count `pictures` from 1."""

    headline: str = ""
    lede: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    body: Body = Body.read("")
    left_out: LeftOut = LeftOut()
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
    """Read story.html. Never raises: what is not understood is cleaned as text of the body."""
    return _Reader().read(markup.parse(html))


class _Reader:
    """Takes headline, lede, pictures and links out of the tree; what is left is the body."""

    def __init__(self) -> None:
        self.story = Story()
        # The pictures of the figure that is being read; None outside of figures.
        self.numbers: list[int] | None = None

    def read(self, root: Element) -> Story:
        """Read the whole tree."""
        rest = Element("", {}, self._rest(root.children))
        self.story.body, self.story.left_out = Body.counted(incoming.tidied(rest))
        titles = (element.text().strip() for element in root.walk() if element.name == "title")
        self.story.headline = self.story.headline or next(titles, "")
        return self.story

    def _rest(self, nodes: Iterable[Node]) -> list[Node]:
        """What of these nodes belongs to the body."""
        rest: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                rest.append(node)
            elif node.name == "img" and not blocks.emoji(node):
                rest += self._picture(node)
            elif node.name == "figure":
                rest.append(self._figure(node))
            elif node.name not in _NOT_SHOWN and not self._is_taken(node):
                rest.append(Element(node.name, node.attributes, self._rest(node.children)))
        return rest

    def _is_taken(self, node: Element) -> bool:
        """Take what has a place of its own in a story. Is it such a thing?"""
        story, classes = self.story, node.attributes.get("class", "").split()
        if node.name == "meta" and (name := node.attributes.get("name", "").lower()):
            story.meta.setdefault(name, node.attributes.get("content", "").strip())
        elif node.name == "h1" and not story.headline:
            story.headline = _line(node)
        elif node.name == "p" and "lede" in classes and not story.lede:
            story.lede = _line(node)
        elif node.name == "nav" and "related" in classes:
            links = (each for each in node.walk() if each.name == "a")
            story.links += [(a.attributes.get("href", "").strip(), _line(a)) for a in links]
        else:
            return False
        return True

    def _picture(self, node: Element) -> list[Node]:
        """An img: one of the figure around it, or a figure of its own."""
        values = node.attributes
        self.story.pictures.append(
            Picture(
                file=values.get("src", ""),
                alt_text=values.get("alt", ""),
                credit=values.get("data-credit", ""),
            )
        )
        number = len(self.story.pictures)
        if self.numbers is None:
            return [Element("figure", blocks.figure_attributes("", [number]))]
        self.numbers.append(number)
        return []

    def _figure(self, node: Element) -> Element:
        around, self.numbers = self.numbers, []
        inside = self._rest(node.children)
        shown = blocks.figure_attributes(blocks.embed_address(node), self.numbers)
        self.numbers = around
        return Element("figure", shown, inside)


def _line(element: Element) -> str:
    """The words of an element, on one line."""
    return " ".join(Body.of(Element("", {}, [element])).plain_text().split())

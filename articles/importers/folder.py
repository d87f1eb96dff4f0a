"""Reading a story folder: story.html and the pictures it shows, in a folder or a zip file.

story.html is plain HTML: h1 (or title) is the headline, `meta name="dateline|section|byline|genre|
published"` say the rest, p.lede is the lede; then paragraphs and figures, where several img with one
figcaption share the caption, and data-embed is a video's address; an optional nav.related lists
links. Nothing here touches a database, and of a zip nothing is unpacked but what the story shows.
"""

import os
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from articles.importers import names
from articles.text import Body, LeftOut, blocks, incoming, markup, plain_line
from articles.text.markup import Element, Node
from media import uploads

MAX_HTML = 5_000_000
MAX_PICTURE = uploads.MAX_BYTES
# All that is unpacked for one story; each picture goes on before the next is read.
MAX_STORY = 500_000_000
MAX_PICTURES = 300
STORY = "story.html"

_ZIP_START = b"PK\x03\x04"
# What others unpack within a memory that can be told.
_COMPRESSED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

# A frame may show a video, and style sheets say what is hidden: what they are, the text knows.
_NOT_SHOWN = blocks.HIDDEN - {"iframe", "style"}


class ImportRefused(Exception):
    """A story folder cannot be taken in; the text is the sentence to show."""


@dataclass(frozen=True)
class Picture:
    """An img of the story: the file beside it, its alt text, photographer and credit."""

    file: str
    alt_text: str = ""
    photographer: str = ""
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


class File(NamedTuple):
    """A picture's file: its name, and what reads it. Raises ImportRefused where it can't be read."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Folder:
    """A story folder: its own name, what story.html says, and the files by what its img call them."""

    name: str
    story: Story
    files: Mapping[str, File]


class _Entry(NamedTuple):
    """A file where it lies: its path there, how large it says it is, and what opens it."""

    path: str
    size: int
    opened: Callable[[], IO[bytes]]


def read(path: Path) -> Folder:
    """Read a folder or zip file. Raises ImportRefused with a sentence."""
    with _readable(path.name or str(path)):
        place = path.resolve()
        is_folder = place.is_dir()
        if not (is_folder or zipfile.is_zipfile(place)):
            if _begins_as_zip(place):
                raise ImportRefused(
                    _(
                        "%(path)s is a zip file that is not whole. Make it again, or have it sent "
                        "once more."
                    )
                    % {"path": path.name}
                )
            raise ImportRefused(
                _("%(path)s is neither a folder nor a zip file that holds a story.html.")
                % {"path": path.name}
            )
        home, files = _of_folder(place) if is_folder else _of_zip(place)
        story = _story(home)
        name = names.composed(place.name if is_folder else place.stem)
    # What is no text to the disk stays a name.
    name = name.encode(errors="replace").decode()
    return Folder(name, story, _shown(story, files))


def _begins_as_zip(place: Path) -> bool:
    """Is it what is left of a zip file, whose list of contents stands at its end?"""
    with place.open("rb") as file:
        start = file.read(len(_ZIP_START))
    return start == _ZIP_START or (not start and place.suffix.casefold() == ".zip")


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Says in a sentence what becomes of a file that cannot be read."""
    try:
        yield
    except ImportRefused:
        raise
    except Exception as error:  # those who read files and zips of strangers raise anything
        problem = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise ImportRefused(
            _("%(path)s cannot be read: %(problem)s") % {"path": name, "problem": problem}
        ) from error


def _story(entry: _Entry) -> Story:
    try:
        html = _bytes(entry, STORY, MAX_HTML).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused(
            _("story.html is not UTF-8 text. Save it as UTF-8, then try again.")
        ) from error
    return parse(html)


def _of_folder(place: Path) -> tuple[_Entry, names.Files[_Entry]]:
    """A folder's story.html, and all files that lie beside it or deeper."""
    beside = names.Files((path.name, path) for path in place.iterdir() if path.is_file())
    home = _only(beside.meant(STORY))
    files = (Path(top, name) for top, _folders, inside in os.walk(place) for name in inside)
    entries = ((file.relative_to(place).as_posix(), file) for file in files if file.is_file())
    return _on_disk(STORY, home), names.Files(
        (path, _on_disk(path, file)) for path, file in entries
    )


def _on_disk(path: str, file: Path) -> _Entry:
    return _Entry(path, file.stat().st_size, partial(file.open, "rb"))


def _of_zip(place: Path) -> tuple[_Entry, names.Files[_Entry]]:
    """A zip's story.html, which may lie in folders inside, and all files there or deeper."""
    with zipfile.ZipFile(place) as archive:
        named = [
            (path, _in_zip(place, path, entry))
            for entry in archive.infolist()
            if not entry.is_dir()
            for path in names.spellings(entry)
        ]
    stories = [path for path, _entry in named if posixpath.basename(path).casefold() == STORY]
    least = min((path.count("/") for path in stories), default=0)
    homes = {names.folder_of(path) for path in stories if path.count("/") == least}
    if len(homes) > 1:
        raise ImportRefused(
            _("It holds several stories (%(folders)s). Make a zip file of each.")
            % {"folders": ", ".join(sorted(homes))}
        )
    files = names.Files(
        ("/".join(path.split("/")[least:]), entry)
        for path, entry in named
        if names.folder_of(path, least) in homes
    )
    return _only(files.meant(STORY)), files


def _in_zip(place: Path, path: str, entry: zipfile.ZipInfo) -> _Entry:
    def opened() -> IO[bytes]:
        if entry.compress_type not in _COMPRESSED:
            raise ImportRefused(
                _("The zip file packs %(name)s in an unusual way. Make an ordinary zip file of it.")
                % {"name": path}
            )
        # The file stays open for as long as what is read from it.
        return zipfile.ZipFile(place).open(entry)

    return _Entry(path, entry.file_size, opened)


def _only(found: list) -> object:
    if not found:
        raise ImportRefused(_("There is no story.html in it."))
    if len(found) > 1:
        raise ImportRefused(_("It holds more than one story.html. Keep one of them."))
    return found[0]


def _shown(story: Story, files: names.Files[_Entry]) -> dict[str, File]:
    """The files of a story's pictures, none of them read yet."""
    if len(story.pictures) > MAX_PICTURES:
        raise ImportRefused(
            _("It shows more than %(count)d pictures; a story has fewer.") % {"count": MAX_PICTURES}
        )
    meant = {each.file: _meant(each.file, files) for each in story.pictures}
    for entry in meant.values():
        _check_size(entry.path, entry.size, MAX_PICTURE)
    if sum({entry.path: entry.size for entry in meant.values()}.values()) > MAX_STORY:
        raise ImportRefused(
            _("Its pictures have more than %(limit)d MB together. Make them smaller.")
            % {"limit": MAX_STORY // 1_000_000}
        )
    return {
        asked: File(entry.path, partial(_picture_bytes, entry)) for asked, entry in meant.items()
    }


def _meant(asked: str, files: names.Files[_Entry]) -> _Entry:
    found = files.meant(asked)
    if not found:
        raise ImportRefused(
            _("The text shows the picture %(name)s, which is not in the folder.")
            % {"name": plain_line(asked[:200])}
        )
    if len(found) > 1:
        raise ImportRefused(
            _("The text shows the picture %(name)s, and several files have that name: %(files)s.")
            % {
                "name": plain_line(asked[:200]),
                "files": ", ".join(entry.path for entry in found),
            }
        )
    return found[0]


def _picture_bytes(entry: _Entry) -> bytes:
    with _readable(entry.path):
        return _bytes(entry, entry.path, MAX_PICTURE)


def _bytes(entry: _Entry, name: str, limit: int) -> bytes:
    """A file's bytes. What it says of its size is believed only where that is too much."""
    _check_size(name, entry.size, limit)
    with entry.opened() as file:
        data = file.read(limit + 1)
    _check_size(name, len(data), limit)
    return data


def _check_size(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise ImportRefused(
            _("The file %(name)s is too large: at most %(limit)d MB are taken.")
            % {"name": name, "limit": limit // 1_000_000}
        )


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
                photographer=values.get("data-photographer", ""),
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

"""A story's body as a value: clean HTML, parsed once, that says what it shows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from articles.text import blocks, cleaning, embeds, incoming, markup
from articles.text.cleaning import LeftOut
from articles.text.embeds import Embed
from articles.text.markup import Element, Node


@dataclass(frozen=True)
class Figure:
    """A figure of a body: its image ids in order, and its caption as inline HTML.

    embed: the address of the video that it shows, "" for pictures; a video's only image is its
    still, and it may have none. plain_caption: the caption without markup.
    """

    images: tuple[int, ...]
    caption: str
    embed: str = ""
    plain_caption: str = field(default="", compare=False)


@dataclass(frozen=True)
class Body:
    """The text of a story, clean and parsed. Equal bodies have equal HTML.

    Made from anything by `cleaned`, and by `read` from what that wrote.
    """

    html: str
    _nodes: tuple[Node, ...] = field(repr=False, compare=False)

    @classmethod
    def cleaned(cls, html: str) -> "Body":
        """Any HTML reduced to a story's markup: see `clean_html`."""
        return cls.of(markup.parse(html))

    @classmethod
    def of(cls, root: Element) -> "Body":
        """The same of any HTML that has been parsed."""
        return cls.counted(root)[0]

    @classmethod
    def counted(cls, root: Element) -> tuple["Body", LeftOut]:
        """The same, and what of it is no text for readers."""
        html, elements, left_out = cleaning.clean(root)
        return cls(html, tuple(elements)), left_out

    @classmethod
    def read(cls, clean: str) -> "Body":
        """HTML that is known to be clean, since it was written by one of these before."""
        return cls(clean, tuple(markup.parse(clean).children))

    @property
    def blocks(self) -> tuple[Element, ...]:
        """Its paragraphs, headings, lists, tables and figures, in order."""
        return tuple(node for node in self._nodes if isinstance(node, Element))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in order."""
        return tuple(_figure(node) for node in self._nodes if _is_figure(node))

    @property
    def images(self) -> tuple[int, ...]:
        """The ids of its images in story order, each once; the first leads, unless one was chosen."""
        return tuple(dict.fromkeys(pk for figure in self.figures for pk in figure.images))

    @property
    def videos(self) -> list[Embed]:
        """Its videos, in order."""
        found = (embeds.embed_of(figure.embed) for figure in self.figures)
        return [video for video in found if video]

    def plain_text(self) -> str:
        """Its words: one line for each paragraph, item, cell, caption and broken line."""
        return cleaning.plain_text(self._nodes)

    def without_images(self, ids: Collection[int]) -> "Body":
        """The body without these images; a figure that loses its last one goes with its caption.

        A video stays without its still.
        """
        return self.with_images({pk: pk for pk in self.images if pk not in ids})

    def with_images(self, ids: Mapping[int, int]) -> "Body":
        """The body with other images: `ids` says by which one each is replaced, the rest go."""
        nodes: list[Node] = []
        for node in self._nodes:
            if _is_figure(node):
                images = [ids[pk] for pk in blocks.image_ids(node) if pk in ids]
                shown = blocks.figure_attributes(blocks.embed_address(node), images)
                if not shown:
                    continue
                node = Element("figure", shown, node.children)
            nodes.append(node)
        return Body(markup.serialise(nodes), tuple(nodes))

    def filled(self, fill: Callable[[Figure], str]) -> str:
        """Its HTML with what `fill` makes of each figure in the figure's place."""
        figures = iter(self.figures)
        return "".join(
            fill(next(figures)) if _is_figure(node) else markup.serialise([node])
            for node in self._nodes
        )


def clean_html(html: str) -> str:
    """Reduce any HTML to a story's markup, in one canonical form. Never raises, loses no text.

    Top level: p, h2, h3, ul, ol [start, type], blockquote, table, and figure[data-embed,
    data-images] with at most one figcaption; inside: li, thead, tbody, tr, th and td [colspan,
    rowspan], br, strong, em, s, sup, sub, a[href].
    Cleaning clean HTML changes nothing.
    """
    return cleaned_with_notes(html)[0]


def cleaned_with_notes(html: str) -> tuple[str, LeftOut]:
    """The same, and how much of what came in its author did not mean for readers."""
    body, left_out = Body.counted(incoming.tidied(markup.parse(html)))
    return body.html, left_out


def _is_figure(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "figure"


def _figure(element: Element) -> Figure:
    caption = [node for child in element.children for node in child.children]
    return Figure(
        images=blocks.image_ids(element),
        caption=markup.serialise(caption),
        embed=blocks.embed_address(element),
        plain_caption=cleaning.plain_text(caption),
    )

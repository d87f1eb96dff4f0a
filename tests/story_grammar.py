"""An independent reading of a story's text: which elements may stand where, with which attributes."""

import re
import unicodedata
from html import escape
from html.parser import HTMLParser

import nh3

from articles.text import Body, clean_html
from articles.text.embeds import embed_of

INLINE = {"strong", "em", "a", "br", "s", "sup", "sub"}
BLOCKS = {"p", "h2", "h3", "ul", "ol", "table"}
INSIDE = {
    "": BLOCKS | {"blockquote", "figure"},
    "blockquote": BLOCKS,
    "ul": {"li"},
    "ol": {"li"},
    "li": INLINE | {"ul", "ol"},
    "table": {"thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "figure": {"figcaption"},
    "figcaption": INLINE - {"br"},
} | dict.fromkeys(("p", "h2", "h3", "td", "th", "strong", "em", "a", "s", "sup", "sub"), INLINE)
HOLDS_NO_TEXT = {"", "blockquote", "ul", "ol", "table", "thead", "tbody", "tr", "figure"}
MAY_BE_EMPTY = {"td", "th", "figure"}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
LINK = re.compile(
    r"(?:https?://[^/\\\s]|mailto:.|tel:.|/(?![/\\]))[^\x00-\x20\x7f-\xa0<>\"\\]*", re.I
)


class Checker(HTMLParser):
    """Asserts that HTML obeys the grammar above and is well-formed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [("", [])]

    def handle_starttag(self, tag, attrs):
        parent, children = self.open[-1]
        assert tag in INSIDE[parent] or tag == "br", f"{tag} in {parent}"
        assert tag not in {"strong", "em", "a", "s", "sup", "sub"} or tag not in {
            name for name, _ in self.open
        }
        self.check_attributes(tag, dict(attrs))
        children.append(f"<{tag}>")
        if tag != "br":
            self.open.append((tag, []))

    def check_attributes(self, tag, attributes):
        if tag == "figure":
            self.check_figure(attributes)
        if tag == "a":
            assert LINK.fullmatch(attributes["href"])
        assert set(attributes) <= ATTRIBUTES.get(tag, set())

    def check_figure(self, attributes):
        address = attributes.pop("data-embed", None)
        assert address is None or embed_of(address).address == address
        shown = attributes.pop("data-images", None)
        ids = shown.split(" ") if shown is not None else []
        assert all(re.fullmatch("[1-9][0-9]*", i) and int(i) < 2**63 for i in ids)
        assert len(set(ids)) == len(ids) <= (1 if address else 30)
        assert address or ids

    def handle_endtag(self, tag):
        name, children = self.open.pop()
        assert name == tag
        assert children or name in MAY_BE_EMPTY
        assert "<br>" not in (children[:1] + children[-1:])
        if name in {"p", "h2", "h3", "td", "th", "figcaption"} and children:
            assert children[0] == children[0].lstrip() or children[0].startswith("<")
            assert children[-1] == children[-1].rstrip() or children[-1].startswith("<")

    def handle_data(self, data):
        parent, children = self.open[-1]
        assert parent not in HOLDS_NO_TEXT
        assert "  " not in data
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", data)
        assert unicodedata.is_normalized("NFC", data)
        # A text may read "<br>".
        children.append(data.replace("<", "("))

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


LOCK = nh3.Cleaner(
    tags=set(INSIDE) - {""} | {"br"},
    attributes={k: set(v) for k, v in ATTRIBUTES.items()}
    | {"figure": {"data-embed", "data-images"}},
    link_rel=None,
)


def cleaned(html):
    """clean_html, with what must be true of everything that it returns."""
    body = Body.cleaned(html)
    checker = Checker()
    checker.feed(body.html)
    checker.close()
    assert [name for name, _ in checker.open] == [""]
    assert clean_html(html) == clean_html(body.html) == body.html
    assert LOCK.clean(body.html) == body.html
    assert answers(body) == answers(Body.read(body.html)) == answers(Body.cleaned(body.html))
    return body.html


def answers(body):
    """All that a body says of itself."""
    some = body.images[::2]
    return (
        body,
        [(figure, figure.plain_caption) for figure in body.figures],
        body.images,
        body.videos,
        body.plain_text(),
        body.filled(as_written),
        body.without_images(some),
        body.without_images(some).figures,
    )


def as_written(figure):
    """A figure as it stands in a body."""
    embed = f' data-embed="{escape(figure.embed)}"' if figure.embed else ""
    images = f' data-images="{" ".join(map(str, figure.images))}"' if figure.images else ""
    caption = f"<figcaption>{figure.caption}</figcaption>" if figure.caption else ""
    return f"<figure{embed}{images}>{caption}</figure>"

"""A reader sees the numbers that the author saw, whatever wrote the list."""

import random
from html.parser import HTMLParser

import pytest

from articles.text import clean_html
from tests import office
from tests.story_grammar import cleaned

MARK = (
    "<p class=MsoListParagraph style='mso-list:l0 level{1} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{0}<span>&nbsp;&nbsp; </span></span><![endif]>{2}</p>"
)


def word(*items):
    """Word's paragraphs: a marker, or (marker, level); "" for a paragraph between."""
    paragraphs = []
    for n, item in enumerate(items):
        marker, level = item if isinstance(item, tuple) else (item, 1)
        paragraphs.append(MARK.format(marker, level, f"w{n}") if marker else f"<p>w{n}</p>")
    return "".join(paragraphs)


class Reader(HTMLParser):
    """The lines of a body as a browser shows them: signs, numbers and words."""

    def __init__(self):
        super().__init__()
        self.lists, self.lines = [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("ul", "ol"):
            kind = attributes.get("type", "1") + "." if tag == "ol" else "-"
            self.lists.append([kind, int(attributes.get("start", "1"))])
        elif tag == "li":
            kind, number = self.lists[-1]
            self.lists[-1][1] += 1
            self.lines.append(office.written(kind, number) + " ")
        elif tag == "p":
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag in ("ul", "ol"):
            self.lists.pop()

    def handle_data(self, data):
        self.lines[-1] += data


def seen(html):
    reader = Reader()
    reader.feed(html)
    return reader.lines


def meant(lines):
    """The same of a document, as its author saw it."""
    return [
        "".join(seen(f"<p>{line.sign} {line.text}</p>" if line.sign else f"<p>{line.text}</p>"))
        .replace("m2", "m²")
        for line in lines
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (word("1.", "2."), "<ol><li>w0</li><li>w1</li></ol>"),
        (word("3.", "4."), '<ol start="3"><li>w0</li><li>w1</li></ol>'),
        (word("1.", "", "2."), '<ol><li>w0</li></ol><p>w1</p><ol start="2"><li>w2</li></ol>'),
        (word("a.", "b."), '<ol type="a"><li>w0</li><li>w1</li></ol>'),
        (word("I.", "II."), '<ol type="I"><li>w0</li><li>w1</li></ol>'),
        (word("h.", "i.", "j."), '<ol start="8" type="a"><li>w0</li><li>w1</li><li>w2</li></ol>'),
        (word("i.", "ii.", "iii."), '<ol type="i"><li>w0</li><li>w1</li><li>w2</li></ol>'),
        (word("i.", "j."), '<ol start="9" type="a"><li>w0</li><li>w1</li></ol>'),
        (word("v.", "vi."), '<ol start="5" type="i"><li>w0</li><li>w1</li></ol>'),
        (word("1.", "1."), "<ol><li>w0</li></ol><ol><li>w1</li></ol>"),
        (word("1.", ("a.", 2), ("b.", 2), "2."), '<ol><li>w0<ol type="a"><li>w1</li><li>w2</li></ol></li><li>w3</li></ol>'),
        (word("1.", ("a)", 2), "2."), '<ol><li>w0</li></ol><p>a) w1</p><ol start="2"><li>w2</li></ol>'),
        (word("1)", "2)"), "<p>1) w0</p><p>2) w1</p>"),
        (word("d)", "đ)", "e)"), "<p>d) w0</p><p>đ) w1</p><p>e) w2</p>"),
        (word("d.", "đ.", "e."), "<p>d. w0</p><p>đ. w1</p><p>e. w2</p>"),
        (word("Điều 1.", "Điều 2."), "<p>Điều 1. w0</p><p>Điều 2. w1</p>"),
        (word("1.1.", "01.", "(2)", "1/", "1"), "<p>1.1. w0</p><p>01. w1</p><p>(2) w2</p><p>1/ w3</p><p>1 w4</p>"),
        (word("·", "-", "o", "\uf0a7", "+"), "<ul>" + "".join(f"<li>w{n}</li>" for n in range(5)) + "</ul>"),
        ("<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>I.<span> </span></span>Đề mục</h2>", "<h2>I. Đề mục</h2>"),
        ("<p class=MsoListNumber><span style='mso-list:Ignore'>2.<span> </span></span>a</p>", '<ol start="2"><li>a</li></ol>'),
        ("<p style='mso-list:l0 level1'><b><span style='mso-list:Ignore'>Điều 1.</span>Phạm vi</b></p>", "<p><strong>Điều 1. Phạm vi</strong></p>"),
        ("<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>Điều 1.</span><del cite=x>a</del></p>b", "<p>b</p>"),
        ("<ol start=3 type=a><li style='mso-list:l0 level1 lfo1'>a<li>b</ol>", '<ol start="3" type="a"><li>a</li><li>b</li></ol>'),
        ("<ol><li>a<li value=5>b<li>c</ol>", '<ol><li>a</li></ol><ol start="5"><li>b</li><li>c</li></ol>'),
        ("<ol reversed><li>a<li>b</ol>", '<ol start="2"><li>a</li></ol><ol><li>b</li></ol>'),
        ("<ol><li>a<li><li>c</ol>", '<ol><li>a</li></ol><ol start="3"><li>c</li></ol>'),
        ("<ol><li>a<ol><li>b</ol>c<li>d</ol>", '<ol><li>a<ol><li>b</li></ol></li></ol><p>c</p><ol start="2"><li>d</li></ol>'),
        ("<ol><li>a<figure data-images=1></figure>b<li>c</ol>", '<ol><li>a</li></ol><figure data-images="1"></figure><p>b</p><ol start="2"><li>c</li></ol>'),
        ("<ol><li>a<li style='display:block'>b<li>c</ol>", '<ol><li>a</li></ol><p>b</p><ol start="2"><li>c</li></ol>'),
        ("<ol style='list-style-type:disc'><li>a</ol>", "<ul><li>a</li></ul>"),
        ("<ul style='list-style-type:decimal'><li>a</ul>", "<ol><li>a</li></ol>"),
        ("<ol><li style='list-style-type:upper-roman'>a</ol>", '<ol type="I"><li>a</li></ol>'),
        ("<ol start=99999999><li>a</ol><ol start=x><li>b</ol><ol start=0><li>c</ol>", '<ol><li>a</li></ol><ol><li>b</li></ol><ol start="0"><li>c</li></ol>'),
    ],
)  # fmt: skip
def test_a_list_keeps_its_numbers_or_they_stay_as_text(html, expected):
    assert cleaned(html) == expected
    assert cleaned(f"<html><body lang=VI><div class=WordSection1>{html}</div></body></html>") == (
        expected
    )


@pytest.mark.parametrize(
    ("written_by", "formats"),
    [
        (office.word, office.FORMATS),
        (office.word_lists, [*office.HTML_TYPES, "-"]),
        (office.docs, [*office.HTML_TYPES, "-"]),
        (office.libreoffice, [*office.HTML_TYPES, "-"]),
    ],
    ids=["Word", "Word's own lists", "Google Docs", "LibreOffice"],
)
@pytest.mark.parametrize("seeds", [range(n, n + 50) for n in range(0, 250, 50)], ids=str)
def test_what_is_read_of_made_up_documents_is_what_was_written(written_by, formats, seeds):
    for seed in seeds:
        rng = random.Random(seed)
        lines = office.document(rng, formats)
        html = written_by(rng, lines)
        body = clean_html(html)
        assert seen(body) == meant(lines), (seed, html, body)
        assert clean_html(body) == body
        assert "GONE" not in body

"""What a browser tells of a published list are the numbers that its author saw."""

import random
from datetime import timedelta

import pytest

from articles.publishing import freezing
from articles.text import clean_html
from tests import office
from tests.editor_page import Editor
from tests.site_pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HTML_FORMATS = [*office.HTML_TYPES, "-"]
SHAPES = [
    (office.word, office.FORMATS),
    (office.word_lists, HTML_FORMATS),
    (office.docs, HTML_FORMATS),
    (office.libreoffice, HTML_FORMATS),
]


def documents():
    """Pasted HTML and its lines, of every shape; words are counted through all of them."""
    for seed in range(40):
        written_by, formats = SHAPES[seed % len(SHAPES)]
        rng = random.Random(1000 + seed)
        lines = office.document(rng, formats)
        yield written_by(rng, lines), lines


def meant(lines):
    """The sign and the number of each line's last word."""
    return [(line.sign, line.text[line.text.index("⟦") :]) for line in lines]


def told(page, selector):
    """The same of what the accessibility tree says of an element."""
    client = page.context.new_cdp_session(page)
    root = client.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    place = client.send("DOM.querySelector", {"nodeId": root, "selector": selector})
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}
    backend = client.send("DOM.describeNode", {"nodeId": place["nodeId"]})["node"]["backendNodeId"]
    lines = []

    def walk(node):
        role = node.get("role", {}).get("value")
        name = node.get("name", {}).get("value", "")
        if role == "ListMarker":
            lines.append(name)
            return
        if role == "paragraph":
            lines.append("")
        if role == "StaticText":
            lines[-1] += name
            return
        for child in node.get("childIds", []):
            if child in known:
                walk(known[child])

    walk(next(node for node in nodes if node.get("backendDOMNodeId") == backend))
    return [line.strip() for line in lines]


def signs(lines, expected):
    """What stands before the words of each line."""
    assert len(lines) == len(expected)
    found = []
    for line, (sign, word) in zip(lines, expected, strict=True):
        assert line.endswith(word)
        # Lists in lists have bullets of their own.
        shown = line[: len(sign)].replace("◦", "•") if sign else ""
        found.append((shown, word))
    return found


def test_a_reader_is_told_the_numbers_that_the_author_saw(
    open_page, make_story, publish_at, paper, now
):
    expected, html = [], ""
    for raw, lines in documents():
        html += clean_html(raw)
        expected += meant(lines)
    article = make_story("Numbers", body=html)
    digest = freezing.digest_of(article)
    publish_at(article, now - timedelta(hours=1))
    assert freezing.digest_of(article) == digest
    page = open_page()
    page.goto(address(article))

    assert signs(told(page, ".story-body"), expected) == expected


@pytest.mark.urls("tests.editor_page")
def test_and_so_is_who_pastes_it(open_page, reporter):
    editor = Editor(open_page(user=reporter))
    for raw, lines in list(documents())[:12]:
        editor.set_data("")
        # Under the mouse, a line would show where a paragraph can be put in.
        editor.page.evaluate("CKEDITOR.instances.id_body.focus()")
        editor.paste(html=raw, plain="x")
        expected = meant(lines)
        assert signs(told(editor.page, ".cke_wysiwyg_div"), expected) == expected
    assert editor.reports == []

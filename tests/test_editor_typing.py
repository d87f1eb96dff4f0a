"""Typing Vietnamese with an input method is never disturbed; quotes and dashes stay as typed."""

import pytest

from tests import pictures
from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]


@pytest.fixture
def editor(open_page, reporter, make_picture):
    image = make_picture(by=reporter)
    page = open_page(user=reporter)
    page.clock.install()
    editor = Editor(page, f'<p>Chào,</p><figure data-images="{image.pk}"></figure><p>x</p>')
    editor.pictures(1)
    editor.ime = editor.page.context.new_cdp_session(editor.page)
    yield editor
    assert editor.reports == []


def compose(editor: Editor, *steps: str) -> None:
    """What an input method shows of a word, step by step; the word stays unfinished."""
    for step in steps:
        editor.ime.send(
            "Input.imeSetComposition",
            {"text": step, "selectionStart": len(step), "selectionEnd": len(step)},
        )


def commit(editor: Editor, text: str) -> None:
    editor.ime.send("Input.insertText", {"text": text})


def test_words_composed_while_pictures_arrive_come_out_whole(editor):
    editor.slow_uploads()
    editor.drop({"a.jpg": pictures.jpeg(seed=9)}, on=editor.text.locator("p").last)
    editor.text.locator("p").first.click()
    editor.page.keyboard.press("End")
    compose(editor, "t", "ti", "tie", "tiê", "tiến")
    editor.let_uploads_go()
    editor.pictures(2)
    editor.page.clock.run_for(2000)
    compose(editor, "tiếng")
    commit(editor, "tiếng")
    assert "<p>Chào,tiếng</p>" in editor.data()


def test_nothing_is_announced_in_the_middle_of_a_word(editor):
    editor.page.evaluate(
        """() => { window.heard = [];
            document.addEventListener("newsroom:changed", e => heard.push(e.target.value)); }"""
    )
    editor.captions.first.click()
    compose(editor, "V", "Vi", "Viê")
    editor.page.clock.run_for(2000)
    assert editor.page.evaluate("heard") == []
    compose(editor, "Việt")
    commit(editor, "Việt")
    editor.page.clock.run_for(2000)
    heard = editor.page.evaluate("heard")
    assert len(heard) == 1
    assert "<figcaption>Việt</figcaption>" in heard[0]


def test_a_composed_caption_hides_its_placeholder_and_undo_and_redo_work(editor):
    editor.captions.first.click()
    assert editor.figures.locator(".placeholder").is_visible()
    compose(editor, "V", "Viê", "Việt")
    commit(editor, "Việt")
    assert editor.figures.locator(".placeholder").is_hidden()
    editor.page.keyboard.press("Control+z")
    assert "figcaption" not in editor.data()
    editor.page.keyboard.press("Control+y")
    assert "<figcaption>Việt</figcaption>" in editor.data()


def test_quotes_and_dashes_stay_as_typed(editor):
    editor.text.locator("p").last.click()
    editor.page.keyboard.type("\"a\" 'b' -- c - “d” … (c)")
    assert "\"a\" 'b' -- c - “d” … (c)" in editor.data()

"""Several pictures under one caption: whose words it has, and who gets them back."""

import re

import pytest
from playwright.sync_api import expect

from tests import pictures
from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engines,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

JOIN = "Join with the pictures above, under one caption"
FROM_FILES = ["Thuyền về bến", "Chợ cá sáng sớm.", "Phơi lưới"]
ALL = "Thuyền về bến. Chợ cá sáng sớm. Phơi lưới."


@pytest.fixture
def ids(reporter, make_picture):
    """Three pictures whose files brought a caption, one whose file brought none."""
    with_words = [make_picture(by=reporter, caption=caption).pk for caption in FROM_FILES]
    return [*with_words, make_picture(by=reporter).pk]


def figure(pk: object, caption: str = "") -> str:
    inside = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-images="{pk}">{inside}</figure>'


@pytest.fixture
def open_editor(open_page, reporter, ids):
    """Three figures, each with the caption of its file."""
    editors = []

    def open_one(body: str = "", **options: object) -> Editor:
        body = body or "".join(map(figure, ids, FROM_FILES))
        editor = Editor(open_page(user=reporter, **options), f"<p>One</p>{body}<p>Two</p>")
        editor.pictures(len(re.findall(r'\d+(?=[ "])', body)))
        editors.append(editor)
        return editor

    yield open_one
    assert [editor.reports for editor in editors] == [[]] * len(editors)


def captions(editor: Editor) -> list[str]:
    """What stands under each figure."""
    figures = re.findall(
        r"<figure[^>]*>(?:<figcaption>(.*?)</figcaption>)?</figure>", editor.data()
    )
    return [caption.replace("&nbsp;", " ") for caption in figures]


def join_all(editor: Editor) -> None:
    while editor.figures.count() > 1:
        editor.tool(JOIN, 1).click()


def choice(editor: Editor):
    return editor.figures.first.get_by_role("group", name="Which caption?")


def type_in(editor: Editor, number: int, words: str) -> None:
    editor.captions.nth(number).click()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.type(words)


def test_captions_of_files_are_a_choice_and_not_run_together(open_editor):
    editor = open_editor()
    join_all(editor)
    assert captions(editor) == ["Thuyền về bến"]
    editor.notice.get_by_text("They had captions of their own").wait_for()
    assert choice(editor).get_by_role("button").all_text_contents() == [*FROM_FILES, ALL, "×"]
    expect(choice(editor).get_by_role("button", pressed=True)).to_have_text(FROM_FILES[0])
    choice(editor).get_by_role("button", name=FROM_FILES[1], exact=True).click()
    assert captions(editor) == [FROM_FILES[1]]
    choice(editor).get_by_role("button", name=ALL).click()
    assert captions(editor) == [ALL]
    editor.page.keyboard.press("Control+z")
    assert captions(editor) == [FROM_FILES[1]]


def test_words_of_ones_own_end_the_choice_and_are_never_overwritten(open_editor):
    editor = open_editor()
    join_all(editor)
    type_in(editor, 0, "Một ngày ở bến")
    expect(choice(editor)).to_be_hidden()
    assert captions(editor) == ["Một ngày ở bến"]


def test_the_same_caption_twice_is_no_choice(open_editor, ids):
    editor = open_editor(figure(ids[0], FROM_FILES[0]) + figure(ids[1], FROM_FILES[0]))
    join_all(editor)
    assert captions(editor) == [FROM_FILES[0]]
    expect(choice(editor)).to_be_hidden()


def test_what_was_typed_goes_before_what_files_brought(open_editor):
    editor = open_editor()
    type_in(editor, 1, "Tôi viết")
    type_in(editor, 2, "Tôi cũng viết")
    join_all(editor)
    assert captions(editor) == ["Tôi viết. Tôi cũng viết."]
    texts = choice(editor).get_by_role("button").all_text_contents()
    assert texts[:3] == [FROM_FILES[0], "Tôi viết", "Tôi cũng viết"]


def test_each_gets_its_own_words_back(open_editor):
    editor = open_editor()
    type_in(editor, 1, "Tôi viết")
    before = editor.data()
    join_all(editor)
    for picture in (2, 1):
        editor.open_picture(0, picture)
        editor.tool("Split off").click()
    assert editor.data() == before


def test_words_written_for_all_stay_with_those_that_stay(open_editor, ids):
    editor = open_editor()
    join_all(editor)
    type_in(editor, 0, "Một ngày ở bến")
    editor.open_picture(0, 2)
    editor.tool("Split off").click()
    assert captions(editor) == ["Một ngày ở bến", FROM_FILES[2]]
    editor.page.keyboard.press("Control+z")
    assert captions(editor) == ["Một ngày ở bến"]


def test_a_picture_split_from_a_saved_story_gets_the_librarys_caption(open_editor, ids):
    editor = open_editor(figure(f"{ids[0]} {ids[3]} {ids[1]}", "Cả ba"))
    editor.open_picture(0, 1)
    editor.tool("Split off").click()
    editor.open_picture(0, 1)
    editor.tool("Split off").click()
    assert captions(editor) == ["Cả ba", FROM_FILES[1], ""]


def test_all_of_them_as_sentences_leave_out_who_leaves(open_editor):
    editor = open_editor()
    join_all(editor)
    choice(editor).get_by_role("button", name=ALL).click()
    editor.open_picture(0, 1)
    editor.tool("Split off").click()
    assert captions(editor) == ["Thuyền về bến. Phơi lưới.", FROM_FILES[1]]


def test_captions_that_come_after_the_pictures_were_joined_are_a_choice(open_editor):
    editor = open_editor("")
    editor.set_data("<p>One</p>")
    editor.slow_uploads()
    files = {
        f"{n}.jpg": pictures.iptc(caption=caption.encode()) for n, caption in enumerate(FROM_FILES)
    }
    editor.drop(files)
    editor.notice.get_by_role("button", name="Together with one caption").click()
    editor.let_uploads_go()
    choice(editor).get_by_role("button", name=ALL).wait_for()
    assert captions(editor) == [""]
    choice(editor).get_by_role("button", name=FROM_FILES[2], exact=True).click()
    assert captions(editor) == [FROM_FILES[2]]
    editor.notice.get_by_role("button", name="Each with its own caption").click()
    assert captions(editor) == FROM_FILES


def test_with_the_keyboard_alone(open_editor):
    editor = open_editor()
    editor.tool(JOIN, 1).focus()
    editor.page.keyboard.press("Enter")
    editor.captions.first.click()
    for key in ("Tab", "Tab", "Enter"):
        editor.page.keyboard.press(key)
    assert captions(editor)[0] == FROM_FILES[1]
    expect(choice(editor).get_by_role("button", pressed=True)).to_be_focused()
    editor.page.keyboard.press("Escape")
    expect(choice(editor)).to_be_hidden()
    editor.page.keyboard.type("!")
    assert captions(editor)[0] == f"{FROM_FILES[1]}!"


def test_in_a_narrow_window(open_editor):
    editor = open_editor(width=390, height=844)
    editor.tool(JOIN, 1).click()
    choice(editor).get_by_role("button", name=FROM_FILES[1], exact=True).click()
    assert captions(editor)[0] == FROM_FILES[1]
    box = choice(editor).bounding_box()
    assert box["x"] + box["width"] <= 390


def test_the_hint_never_shows_through_words_however_they_came(open_editor, ids):
    editor = open_editor(figure(ids[3]))
    hint = editor.figures.locator(".placeholder")
    expect(hint).to_be_visible()
    editor.captions.first.click()
    editor.notice_selection()
    editor.paste(plain="Dán vào")
    assert captions(editor) == ["Dán vào"]
    expect(hint).to_be_hidden()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.press("Control+x")
    expect(hint).to_be_visible()
    editor.notice_selection()
    editor.paste(html="<b>Từ nơi khác</b>")
    expect(editor.captions.first).to_have_text("Từ nơi khác")
    expect(hint).to_be_hidden()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.press("Delete")
    expect(hint).to_be_visible()
    editor.page.keyboard.insert_text("ghép")
    expect(hint).to_be_hidden()
    # A script's words too, as an extension of the browser writes them.
    editor.captions.first.evaluate("each => { each.textContent = '' }")
    expect(hint).to_be_visible()
    editor.captions.first.evaluate("each => { each.textContent = 'Từ máy' }")
    expect(hint).to_be_hidden()

"""What is pasted into the body is cleaned as on every other way in: one truth, said at once."""

import random

import pytest

from articles.text import Body, clean_html
from tests import office
from tests.editor_page import Editor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

CHAT = """<meta charset='utf-8'><span style="white-space: pre-wrap; color: rgb(8, 25, 43)">Dòng một
Dòng hai

Đoạn mới</span>"""
DELETED = (
    "<p class=MsoNormal>Bị cáo <del cite=x datetime=y>có tội</del><ins cite=x>vô tội</ins>.</p>"
)


@pytest.fixture
def editor(open_page, reporter):
    editor = Editor(open_page(user=reporter), "<p>Trước</p>")
    caret_at_end(editor)
    yield editor
    assert editor.reports == []


def caret_at_end(editor: Editor) -> None:
    editor.text.locator("p").last.click()
    editor.page.keyboard.press("End")


def hold_pastes(editor: Editor) -> None:
    """Hold back what asks the server to clean a paste."""
    editor.page.evaluate(
        """() => {
            const real = window.fetch;
            window.held = [];
            window.fetch = (address, options) =>
                new Promise(go => held.push(() => go(real(address, options))));
        }"""
    )


def let_paste_go(editor: Editor, number: int) -> None:
    """Send one of them, once it is there."""
    editor.page.wait_for_function("number => held.length === number", arg=number)
    editor.page.evaluate("number => held[number - 1]()", number)


def begin_paste(editor: Editor, html: str, plain: str = "x") -> None:
    """Paste without waiting until it is in."""
    editor.page.evaluate(
        """([html, plain]) => {
            const transfer = new DataTransfer();
            transfer.setData("text/html", html);
            transfer.setData("text/plain", plain);
            const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true});
            Object.defineProperty(event, "clipboardData", {value: transfer});
            document.activeElement.dispatchEvent(event);
        }""",
        [html, plain],
    )


def test_a_paste_is_what_cleaning_makes_of_it(editor):
    for written_by, formats in (
        (office.word, office.FORMATS),
        (office.word_lists, [*office.HTML_TYPES, "-"]),
        (office.docs, [*office.HTML_TYPES, "-"]),
        (office.libreoffice, [*office.HTML_TYPES, "-"]),
    ):
        for seed in range(12):
            rng = random.Random(seed)
            html = written_by(rng, office.document(rng, formats))
            editor.set_data("")
            editor.text.click()
            editor.paste(html=html, plain="x")
            assert clean_html(editor.data()) == clean_html(html), (written_by, seed)
            assert "GONE" not in editor.data()


def test_lines_of_a_chat_stay_lines(editor):
    editor.set_data("")
    editor.text.click()
    editor.paste(html=CHAT, plain="Dòng một")
    assert clean_html(editor.data()) == "<p>Dòng một<br>Dòng hai</p><p>Đoạn mới</p>"


def test_a_notice_says_what_was_left_out_and_goes_with_the_next_paste(editor):
    editor.paste(html=DELETED, plain="x")
    editor.notice.get_by_text("Left out: text deleted with changes tracked (1).").wait_for()
    assert clean_html(editor.data()) == "<p>TrướcBị cáo vô tội.</p>"
    editor.paste(html="<p>Hết</p>", plain="Hết")
    editor.notice.get_by_text("Left out").wait_for(state="detached")


def test_one_undo_takes_a_paste_back(editor):
    editor.paste(html="<p>Một</p><ol start=3><li>Hai</ol>", plain="x")
    assert "Hai" in editor.data()
    editor.page.keyboard.press("Control+z")
    assert clean_html(editor.data()) == "<p>Trước</p>"


def test_a_piece_of_a_line_keeps_the_spaces_at_its_ends(editor):
    editor.set_data("<p>đầusau</p>")
    editor.text.locator("p").click()
    editor.page.keyboard.press("Home")
    for _letter in "đầu":
        editor.page.keyboard.press("ArrowRight")
    editor.paste(html="<!--StartFragment--><b> giữa </b><!--EndFragment-->", plain=" giữa ")
    assert clean_html(editor.data()) == "<p>đầu <strong>giữa</strong> sau</p>"


def test_pastes_stand_in_their_order_whichever_answer_comes_first(editor):
    hold_pastes(editor)
    for n in (1, 2, 3):
        begin_paste(editor, f"<i>{n}</i>")
    for n in (1, 2, 3):
        let_paste_go(editor, n)
    editor.text.get_by_text("123").wait_for()
    assert clean_html(editor.data()) == "<p>Trước<em>123</em></p>"


def test_words_typed_meanwhile_follow_what_was_pasted(editor):
    hold_pastes(editor)
    begin_paste(editor, "<i>dán</i>")
    editor.page.keyboard.type(" gõ")
    let_paste_go(editor, 1)
    editor.text.locator("em").wait_for()
    editor.page.keyboard.type(" tiếp")
    assert clean_html(editor.data()) == "<p>Trước<em>dán</em> gõ tiếp</p>"


@pytest.mark.parametrize("how", ["offline", "logged out", "too much"])
def test_what_cannot_be_cleaned_comes_in_as_plain_text_and_it_says_so(editor, how):
    html = "<b>Đậm</b>" + ("<i></i>" * 60_000 if how == "too much" else "")
    if how == "offline":
        editor.page.route("**/pasted/", lambda route: route.abort())
    if how == "logged out":
        editor.page.context.clear_cookies()
    editor.paste(html=html, plain="Một\n\nHai <b>")
    editor.notice.get_by_text("Pasted as plain text").wait_for()
    if how == "logged out":
        editor.notice.get_by_role("link", name="Log in in a new tab").wait_for()
    assert clean_html(editor.data()) == "<p>Trước</p><p>Một</p><p>Hai &lt;b&gt;</p>"
    editor.reports.clear()


def test_a_figure_copied_in_another_tab_stays_a_figure(editor, make_picture, reporter):
    image = make_picture(by=reporter)
    editor.set_data(
        f'<p>a</p><figure data-images="{image.pk}"><figcaption>Chú</figcaption></figure>'
    )
    copied = editor.page.evaluate(
        "CKEDITOR.instances.id_body.editable().findOne('.cke_widget_wrapper').getOuterHtml()"
    )
    editor.set_data("<p>Trước</p>")
    caret_at_end(editor)
    editor.paste(html=copied, plain="Chú")
    assert f'<figure data-images="{image.pk}"><figcaption>Chú</figcaption></figure>' in (
        clean_html(editor.data())
    )


def test_emoji_that_are_pictures_are_letters_and_no_lost_pictures(editor):
    editor.paste(html='a<img alt="😀" src="https://x.vn/e.png">b', plain="a😀b")
    assert clean_html(editor.data()) == "<p>Trướca😀b</p>"
    assert editor.notice.text_content() == ""


def test_lists_and_tables_in_cells_are_lines_at_once(editor):
    editor.paste(
        html="<table><tr><td><ol start=3><li>a</ol><table><tr><td>b</table></td></tr></table>",
        plain="x",
    )
    shown = editor.text.inner_text()
    assert "Trước" in shown
    html = editor.data()
    assert clean_html(html) == html.replace("<p></p>", "")
    editor.set_data("<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>")
    button = editor.page.locator(".cke_button__numberedlist")
    editor.text.locator("p").first.click()
    editor.notice_selection()
    assert "cke_button_disabled" not in button.get_attribute("class")
    editor.text.locator("td").click()
    editor.notice_selection()
    assert "cke_button_disabled" in button.get_attribute("class")


def test_saving_waits_for_what_was_pasted_a_moment_ago(editor):
    hold_pastes(editor)
    begin_paste(editor, "<i>dán</i>")
    editor.page.get_by_role("button", name="Save", exact=True).click()
    let_paste_go(editor, 1)
    assert editor.sent()["body"] == "<p>Trước<em>dán</em></p>"


def test_pasting_as_plain_text_leaves_out_the_same(editor):
    # What the button does before the next paste.
    editor.page.evaluate("CKEDITOR.instances.id_body._.nextPasteType = 'text'")
    editor.paste(html=DELETED + "<p><b>Đậm</b></p>", plain="x")
    assert Body.cleaned(editor.data()).plain_text().split("\n") == [
        "Trước",
        "Bị cáo vô tội.",
        "Đậm",
    ]
    assert "<strong>" not in editor.data()


def test_paragraphs_pasted_into_a_caption_stay_in_it(editor, make_picture, reporter):
    image = make_picture(by=reporter)
    editor.set_data(f'<figure data-images="{image.pk}"><figcaption>Chú</figcaption></figure>')
    editor.captions.first.click()
    editor.page.keyboard.press("End")
    editor.paste(html=f"<p>một <s>x</s></p>{DELETED}<ul><li>hai</ul>", plain="x")
    found = Body.cleaned(editor.data())
    assert [figure.images for figure in found.figures] == [(image.pk,)]
    assert found.figures[0].plain_caption.replace(" ", "").endswith("hai")

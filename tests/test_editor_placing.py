"""Pictures come into the text by dropping or choosing files, one or many, alone or together."""

import re

import pytest

from media.models import Image
from tests.editor_page import Editor, photos

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

TEXT = "<p>One</p><p>Two</p><p>Three</p>"


@pytest.fixture
def editor(open_page, reporter):
    editor = Editor(open_page(user=reporter), TEXT)
    yield editor
    assert editor.reports == []


def names(editor: Editor) -> list[list[str]]:
    """The file names of each figure's pictures, in the order of the text."""
    return [
        [Image.objects.get(pk=pk).original_name for pk in ids.split()]
        for ids in re.findall(r'data-images="([0-9 ]+)"', editor.data())
    ]


def shape(editor: Editor) -> str:
    """The body with every figure as [captions]."""
    return re.sub(
        r"<figure[^>]*>(?:<figcaption>(.*?)</figcaption>)?</figure>", r"[\1]", editor.data()
    )


def choose(editor: Editor, files: dict[str, bytes], button="Add pictures") -> None:
    with editor.page.expect_file_chooser() as chooser:
        (editor.page if button == "Add pictures" else editor.text).get_by_role(
            "button", name=button
        ).click()
    chooser.value.set_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files.items()]
    )


@pytest.mark.engines
def test_dropped_files_become_figures_where_they_fall_in_the_order_of_their_names(editor):
    editor.drop(photos("b10.jpg", "b2.jpg", "B1.jpg"), on=editor.text.locator("p").nth(1))
    editor.pictures(3)
    assert shape(editor) == "<p>One</p><p>Two</p>[][][]<p>Three</p>"
    assert names(editor) == [["B1.jpg"], ["b2.jpg"], ["b10.jpg"]]


def test_captions_are_typed_one_after_the_other_with_nothing_but_enter(editor):
    editor.drop(photos("1.jpg", "2.jpg"), on=editor.text.locator("p").nth(0))
    editor.page.keyboard.type("First")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("Second")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("Text. ")
    editor.pictures(2)
    assert shape(editor) == "<p>One</p>[First][Second]<p>Text. Two</p><p>Three</p>"


@pytest.mark.engines
def test_one_choice_puts_them_under_one_caption_and_another_takes_them_apart(editor):
    editor.drop(photos("1.jpg", "2.jpg", "3.jpg"), on=editor.text.locator("p").nth(0))
    editor.notice.get_by_role("button", name="Together with one caption").click()
    editor.page.keyboard.type("All three")
    editor.pictures(3)
    assert shape(editor) == "<p>One</p>[All three]<p>Two</p><p>Three</p>"
    assert names(editor) == [["1.jpg", "2.jpg", "3.jpg"]]
    editor.notice.get_by_role("button", name="Each with its own caption").click()
    assert shape(editor) == "<p>One</p>[All three][][]<p>Two</p><p>Three</p>"


def test_the_choice_is_about_the_new_figures_only_and_goes_with_undo(
    editor, make_picture, reporter
):
    old = make_picture(by=reporter)
    editor.set_data(f'<figure data-images="{old.pk}"></figure><p>One</p>')
    editor.text.locator("p").first.click()
    new = make_picture(by=reporter)
    editor.page.get_by_role("button", name="From the library").click()
    options = editor.page.get_by_role("listbox").get_by_role("option")
    options.nth(0).click()
    options.nth(1).click()
    editor.page.get_by_role("button", name="Insert (2)").click()
    editor.notice.get_by_role("button", name="Together with one caption").click()
    assert editor.data() == (
        f'<figure data-images="{old.pk}"></figure><p>One</p>'
        f'<figure data-images="{new.pk} {old.pk}"></figure>'
    )
    editor.page.keyboard.press("Control+z")
    assert editor.figures.count() == 3
    assert editor.notice.get_by_role("button").count() == 0


@pytest.mark.engines
def test_chosen_files_follow_the_paragraph_with_the_caret(editor):
    editor.text.locator("p").nth(1).click()
    choose(editor, photos("a.jpg"))
    editor.pictures(1)
    assert shape(editor) == "<p>One</p><p>Two</p>[]<p>Three</p>"


def test_what_is_typed_after_pictures_were_added_is_their_caption_on_a_phone_too(
    open_page, reporter
):
    page = open_page(user=reporter, width=390, height=844, has_touch=True, is_mobile=True)
    editor = Editor(page, TEXT)
    editor.text.locator("p").nth(1).tap()
    choose(editor, photos("a.jpg", "b.jpg"))
    editor.page.keyboard.type("First")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("Second")
    editor.pictures(2)
    assert shape(editor) == "<p>One</p><p>Two</p>[First][Second]<p>Three</p>"


def test_an_empty_paragraph_waits_below_what_was_put_in_its_place(editor):
    editor.text.locator("p").nth(2).click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.press("Enter")
    choose(editor, photos("a.jpg"))
    editor.page.keyboard.type("Caption")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("Goes on")
    editor.pictures(1)
    assert shape(editor) == f"{TEXT}[Caption]<p>Goes on</p>"


def test_an_empty_text_takes_a_drop(open_page, reporter):
    editor = Editor(open_page(user=reporter))
    editor.drop(photos("a.jpg"))
    editor.pictures(1)
    editor.page.keyboard.type("Caption")
    editor.page.keyboard.press("Enter")
    editor.page.keyboard.type("Text")
    assert shape(editor) == "[Caption]<p>Text</p>"


def test_a_drop_on_a_picture_is_not_swallowed(editor):
    editor.drop(photos("a.jpg"), on=editor.text.locator("p").nth(0))
    editor.pictures(1)
    editor.drop(photos("b.jpg"), on=editor.figures.first.locator("img"))
    editor.pictures(2)
    assert sorted(names(editor)) == [["a.jpg"], ["b.jpg"]]


def test_files_can_be_added_to_a_figure(editor):
    editor.drop(photos("a.jpg"), on=editor.text.locator("p").nth(0))
    editor.pictures(1)
    choose(editor, photos("c.jpg", "b.jpg"), "Add pictures here, under this caption")
    editor.pictures(3)
    assert names(editor) == [["a.jpg", "b.jpg", "c.jpg"]]


def test_a_file_dropped_beside_the_text_does_not_take_the_page_away(editor):
    prevented = editor.page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["x"], "x.jpg"));
            const drop = new DragEvent("drop", {
                dataTransfer: transfer, bubbles: true, cancelable: true});
            return !document.body.dispatchEvent(drop);
        }"""
    )
    assert prevented
    assert editor.data() == TEXT


def test_the_librarys_default_caption_is_copied_when_a_picture_is_placed(
    editor, make_picture, reporter
):
    from tests import pictures

    data = pictures.iptc(caption="Lời của thư viện".encode())
    editor.drop({"a.jpg": data}, on=editor.text.locator("p").nth(0))
    editor.captions.filter(has_text="Lời của thư viện").wait_for()
    assert shape(editor) == "<p>One</p>[Lời của thư viện]<p>Two</p><p>Three</p>"
    # The caret is behind it, so that it can be changed at once.
    editor.page.keyboard.type("!")
    assert "[Lời của thư viện!]" in shape(editor)


def test_words_typed_before_the_picture_has_arrived_stay(editor):
    from tests import pictures

    editor.slow_uploads()
    data = pictures.iptc(caption=b"From the library")
    editor.drop({"a.jpg": data}, on=editor.text.locator("p").nth(0))
    editor.page.keyboard.type("Typed")
    editor.let_uploads_go()
    editor.pictures(1)
    assert "[Typed]" in shape(editor)

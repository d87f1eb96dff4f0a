"""A video comes into the text by its address; its still and its title like a picture's."""

import pytest

from articles.text import Body, clean_html
from tests.editor_page import Editor, photos
from tests.test_editor_looks import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]

ADDRESS = "https://www.youtube.com/watch?v=dMFO9n_-XyA"
VIDEO = f'<figure data-embed="{ADDRESS}"></figure>'


@pytest.fixture
def editor(open_page, reporter) -> Editor:
    return Editor(open_page(user=reporter))


def saved(editor: Editor) -> str:
    """What would be stored now."""
    return clean_html(editor.data())


def add_video(editor: Editor, address: str) -> None:
    """Add a video by the toolbar's button."""
    editor.page.get_by_role("button", name="Add a video").click()
    editor.page.get_by_label("Address of the video").fill(address)
    editor.page.get_by_label("Address of the video").press("Enter")


def test_an_address_pasted_on_its_own_line_becomes_a_video_with_still_and_title(
    open_page, reporter
):
    page = open_page(user=reporter)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    editor = Editor(page)
    editor.text.click()
    page.keyboard.type("Before")
    page.keyboard.press("Enter")
    editor.paste(plain="https://youtu.be/dMFO9n_-XyA?si=AbC")
    page.keyboard.type("Boats at sea")
    editor.drop(photos("still.jpg"), on=editor.figures.first.locator(".figure-pictures"))
    editor.pictures(1)

    assert editor.figures.first.get_by_role("link", name="Video on YouTube").is_visible()
    sent = editor.save()["body"]
    [figure] = Body.cleaned(sent).figures
    assert clean_html(sent) == (
        f'<p>Before</p><figure data-embed="{ADDRESS}" data-images="{figure.images[0]}">'
        "<figcaption>Boats at sea</figcaption></figure>"
    )
    assert editor.reports == []
    assert [url for url in asked if "youtu" in url] == []


def test_an_address_among_words_stays_text(editor):
    editor.text.click()
    editor.page.keyboard.type("See ")
    editor.paste(plain=ADDRESS)

    assert editor.figures.count() == 0
    assert ADDRESS in editor.data()


def test_a_shortened_address_stays_text_and_the_strip_says_what_to_do(editor):
    editor.text.click()
    editor.paste(plain="https://fb.watch/3zYsXdnxjf/")

    assert "does not say which video" in editor.notice.inner_text()
    assert editor.data() == "<p>https://fb.watch/3zYsXdnxjf/</p>"


def test_the_button_asks_for_the_address_and_refuses_others(editor):
    add_video(editor, "https://evil.example/watch?v=dMFO9n_-XyA")
    assert "YouTube, Vimeo, Facebook, TikTok" in editor.notice.inner_text()
    assert editor.data() == ""
    editor.page.get_by_label("Address of the video").fill("m.youtube.com/watch?v=dMFO9n_-XyA")
    editor.notice.get_by_role("button", name="Add").click()

    editor.page.keyboard.type("Its title")
    assert editor.notice.inner_text() == ""
    assert saved(editor) == VIDEO.replace("><", "><figcaption>Its title</figcaption><", 1)


def test_a_video_whose_host_the_paper_does_not_allow_is_refused(open_page, reporter, settings):
    settings.EMBED_HOSTS = ["player.vimeo.com"]
    editor = Editor(open_page(user=reporter))
    add_video(editor, ADDRESS)

    assert "no videos of YouTube" in editor.notice.inner_text()
    assert editor.data() == ""


def test_undo_takes_a_video_away_and_redo_brings_it_back(editor):
    add_video(editor, ADDRESS)
    assert saved(editor) == VIDEO
    editor.page.keyboard.press("Control+z")
    assert saved(editor) == ""
    editor.page.keyboard.press("Control+y")
    assert saved(editor) == VIDEO


def test_a_still_is_chosen_and_taken_out_again_and_the_video_stays(
    open_page, reporter, make_picture
):
    image = make_picture(by=reporter, alt_text="A boat")
    other = make_picture(by=reporter, alt_text="Another")
    editor = Editor(open_page(user=reporter), VIDEO)
    still = VIDEO.replace("><", f' data-images="{image.pk}"><', 1)

    editor.tool("Cover picture from the library").click()
    options = editor.page.get_by_role("option")
    options.filter(has_text=other.alt_text).click()
    options.filter(has_text=image.alt_text).click()
    editor.page.get_by_role("button", name="Insert (1)").click()
    editor.pictures(1)
    assert editor.data() == still

    editor.open_picture(0, 0)
    editor.tool("Remove").click()
    assert editor.data() == VIDEO
    editor.page.keyboard.press("Control+z")
    assert editor.data() == still


def test_a_chosen_file_takes_the_place_of_the_still(open_page, reporter, make_picture):
    image = make_picture(by=reporter)
    editor = Editor(
        open_page(user=reporter), VIDEO.replace("><", f' data-images="{image.pk}"><', 1)
    )
    editor.pictures(1)
    with editor.page.expect_file_chooser() as chooser:
        editor.tool("Add a cover picture: it stands for the video until it plays").click()
    assert not chooser.value.is_multiple()
    [(name, data)] = photos("new.jpg").items()
    chooser.value.set_files([{"name": name, "mimeType": "image/jpeg", "buffer": data}])

    editor.pictures(1)
    [figure] = Body.cleaned(editor.save()["body"]).figures
    assert figure.embed == ADDRESS
    assert figure.images != (image.pk,)


def test_the_keyboard_walks_through_a_video(open_page, reporter):
    editor = Editor(open_page(user=reporter), f"<p>Before</p>{VIDEO}<p>After</p>")
    press = editor.page.keyboard.press
    editor.text.locator("p").first.click()
    press("Tab")
    focused = "() => document.activeElement.shadowRoot?.activeElement?.textContent"
    assert editor.page.evaluate(focused) == "Video on YouTube"
    press("Tab")
    editor.page.keyboard.type("Title")
    press("Tab")
    assert editor.page.evaluate(focused) == "Add a cover picture"
    press("ArrowRight")
    assert editor.page.evaluate(focused) == "Cover picture from the library"

    assert editor.data() == f"<p>Before</p>{VIDEO}<p>After</p>".replace(
        "></figure>", "><figcaption>Title</figcaption></figure>"
    )


def test_a_video_neither_joins_pictures_nor_takes_them(open_page, reporter, make_picture):
    image = make_picture(by=reporter)
    picture = f'<figure data-images="{image.pk}"></figure>'
    editor = Editor(open_page(user=reporter), picture + VIDEO + picture)
    editor.pictures(2)

    for figure in (1, 2):
        tools = editor.figures.nth(figure).get_by_role("toolbar").get_by_role("button")
        names = [tool.inner_text() for tool in tools.all() if tool.is_enabled()]
        assert "Join above" not in names
    assert editor.data() == picture + VIDEO + picture


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_a_video_and_the_question_for_its_address(
    open_page, reporter, make_picture, scheme
):
    still = VIDEO.replace("><", f' data-images="{make_picture(by=reporter).pk}"><', 1)
    editor = Editor(open_page(user=reporter, color_scheme=scheme), VIDEO + still)
    editor.pictures(1)
    add_video(editor, "no address")
    assert violations(editor) == []

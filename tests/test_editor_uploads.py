"""While pictures are on their way: the text is safe, saving waits, what fails can be tried again."""

import pytest

from media.models import Image
from tests import pictures
from tests.editor_page import Editor, photos

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.editor_page"),
]


@pytest.fixture
def editor(open_page, reporter):
    return Editor(open_page(user=reporter), "<p>One</p><p>Two</p>")


def drop(editor: Editor, **files: bytes) -> None:
    editor.drop(
        {f"{name}.jpg": data for name, data in files.items()}, on=editor.text.locator("p").first
    )


def only_id() -> int:
    return Image.objects.get().pk


def test_progress_shows_and_an_unfinished_picture_is_not_in_the_body(editor):
    editor.slow_uploads()
    drop(editor, a=pictures.jpeg())
    assert editor.figures.locator("progress").is_visible()
    assert editor.figures.get_by_text("a.jpg").is_visible()
    assert editor.data() == "<p>One</p><p>Two</p>"
    editor.let_uploads_go()
    editor.pictures(1)
    assert f'<figure data-images="{only_id()}"></figure>' in editor.data()


def test_saving_waits_for_the_pictures_and_then_goes_on_by_itself(editor):
    editor.slow_uploads()
    drop(editor, a=pictures.jpeg())
    editor.page.keyboard.type("Caption")
    editor.page.get_by_role("button", name="Save", exact=True).click()
    editor.notice.get_by_text("1 to go").wait_for()
    editor.let_uploads_go()
    sent = editor.sent()
    assert sent["body"] == (
        f'<p>One</p><figure data-images="{only_id()}"><figcaption>Caption</figcaption></figure>'
        "<p>Two</p>"
    )
    assert sent["_save"] == "Save"


def test_a_bad_file_says_why_in_its_place_and_the_others_arrive(editor):
    editor.drop(
        {"1.jpg": pictures.jpeg(), "2.jpg": b"no picture", "3.jpg": pictures.jpeg(seed=3)},
        on=editor.text.locator("p").first,
    )
    failed = editor.figures.nth(1).locator(".failed")
    failed.get_by_text("is not a picture").wait_for()
    editor.figures.locator("img").nth(1).wait_for()
    assert failed.get_by_text("2.jpg").is_visible()
    assert editor.data().count("<figure") == 2
    # Saving says so and leads there; without the bad one it goes.
    editor.page.get_by_role("button", name="Save", exact=True).click()
    editor.notice.get_by_text("Not saved yet").wait_for()
    failed.get_by_role("button", name="Remove", exact=True).click()
    assert editor.save()["body"].count("<figure") == 2


def test_a_caption_typed_under_a_picture_that_is_given_up_stays_as_text(editor):
    drop(editor, a=b"no picture")
    editor.page.keyboard.type("Words that took long")
    editor.figures.get_by_role("button", name="Remove", exact=True).click()
    assert editor.data() == "<p>One</p><p>Words that took long</p><p>Two</p>"
    # Undo does not bring back what was given up.
    for _n in range(4):
        editor.page.keyboard.press("Control+z")
        assert editor.figures.locator(".unfinished").count() == 0


def test_a_lost_connection_is_tried_again(editor):
    editor.page.route("**/pictures/add/", lambda route: route.abort())
    drop(editor, a=pictures.jpeg())
    editor.figures.get_by_text("cannot be reached").wait_for()
    editor.page.unroute("**/pictures/add/")
    editor.figures.get_by_role("button", name="Try again").click()
    editor.pictures(1)
    assert editor.data().count("<figure") == 1


def busy_at_first(page, times: int) -> None:
    """The server has no room for a picture, so many times."""
    left = iter(range(times))

    def answer(route) -> None:
        if next(left, None) is None:
            route.continue_()
        else:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="Busy")

    page.route("**/pictures/add/", answer)


def test_a_busy_server_is_asked_again_by_itself_and_the_picture_keeps_its_place(editor):
    busy_at_first(editor.page, 2)
    drop(editor, a=pictures.jpeg())
    editor.page.keyboard.type("Caption")
    editor.figures.get_by_text("The server is busy").wait_for()
    assert not editor.figures.get_by_role("button", name="Try again").count()
    editor.pictures(1)
    assert editor.data() == (
        f'<p>One</p><figure data-images="{only_id()}"><figcaption>Caption</figcaption></figure>'
        "<p>Two</p>"
    )


def test_saving_waits_for_a_picture_that_the_server_sent_away(editor):
    busy_at_first(editor.page, 1)
    drop(editor, a=pictures.jpeg())
    editor.figures.get_by_text("The server is busy").wait_for()
    editor.page.get_by_role("button", name="Save", exact=True).click()
    assert str(only_id_in(editor.sent()["body"])) == str(only_id())


def only_id_in(body: str) -> str:
    return body.partition('data-images="')[2].partition('"')[0]


def test_an_expired_login_leads_to_a_new_one_and_the_same_file_arrives(editor, reporter):
    from tests.conftest import session_cookie

    context = editor.page.context
    context.clear_cookies(name="sessionid")
    drop(editor, a=pictures.jpeg())
    editor.page.keyboard.type("Caption")
    link = editor.figures.get_by_role("link", name="Log in in a new tab")
    link.wait_for()
    assert link.get_attribute("target") == "_blank"
    context.add_cookies([session_cookie(reporter, editor.page.url.split("/admin/")[0])])
    editor.figures.get_by_role("button", name="Try again").click()
    editor.pictures(1)
    assert "<figcaption>Caption</figcaption>" in editor.data()


def test_undo_during_an_upload_and_redo_after_it_show_the_picture(editor):
    editor.slow_uploads()
    drop(editor, a=pictures.jpeg())
    editor.page.keyboard.press("Control+z")
    assert editor.figures.count() == 0
    with editor.page.expect_response("**/pictures/add/"):
        editor.let_uploads_go()
    assert editor.data() == "<p>One</p><p>Two</p>"
    editor.page.keyboard.press("Control+y")
    editor.pictures(1)
    assert editor.data() == f'<p>One</p><figure data-images="{only_id()}"></figure><p>Two</p>'


def test_typing_stays_a_step_of_its_own_beside_an_upload_that_ends(editor):
    editor.slow_uploads()
    drop(editor, a=pictures.jpeg())
    editor.page.keyboard.type("Caption")
    editor.let_uploads_go()
    editor.pictures(1)
    editor.page.keyboard.press("Control+z")
    assert editor.data() == f'<p>One</p><figure data-images="{only_id()}"></figure><p>Two</p>'
    editor.page.keyboard.press("Control+z")
    assert editor.data() == "<p>One</p><p>Two</p>"


def test_the_same_file_twice_stands_once_in_a_figure(editor):
    editor.drop({"1.jpg": pictures.jpeg(), "2.jpg": pictures.jpeg()})
    editor.notice.get_by_role("button", name="Together with one caption").click()
    editor.pictures(2)
    assert f'<figure data-images="{only_id()}"></figure>' in editor.data()


def test_the_form_follows_every_change_and_says_so(editor):
    editor.page.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("newsroom:changed", event =>
                heard.push([event.target.id, event.target.value]));
        }"""
    )
    editor.text.locator("p").first.click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.type("!")
    editor.in_step()
    editor.drop(photos("a.jpg"), on=editor.text.locator("p").first)
    editor.pictures(1)
    editor.in_step()
    heard = editor.page.evaluate("heard")
    assert heard[0] == ["id_body", "<p>One!</p><p>Two</p>"]
    figure = f'<figure data-images="{only_id()}"></figure>'
    assert heard[-1] == ["id_body", f"<p>One!</p>{figure}<p>Two</p>"]


def test_looking_changes_nothing_and_says_nothing(open_page, reporter):
    page = open_page(user=reporter)
    page.clock.install()
    editor = Editor(page, "<p>One</p><p>Two</p>")
    editor.page.evaluate(
        """() => { window.heard = 0;
            document.addEventListener("newsroom:changed", () => heard++); }"""
    )
    editor.text.locator("p").first.click()
    editor.page.keyboard.press("ArrowDown")
    page.clock.run_for(2000)
    assert editor.page.evaluate("heard") == 0


def test_more_pictures_than_one_caption_bears_are_not_joined(editor, reporter, make_picture):
    ids = " ".join(str(900_000 + n) for n in range(29))
    one, two = make_picture(by=reporter).pk, make_picture(by=reporter).pk
    body = f'<figure data-images="{ids}"></figure><figure data-images="{one} {two}"></figure>'
    editor.set_data(body)
    editor.tool("Join with the pictures above, under one caption", 1).click()
    editor.notice.get_by_text("At most 30 pictures").wait_for()
    assert editor.data() == body


def test_pictures_are_asked_for_again_when_the_server_was_away(editor, reporter, make_picture):
    image = make_picture(by=reporter)
    editor.page.route("**/pictures/data/*", lambda route: route.abort())
    editor.set_data(f'<figure data-images="{image.pk}"></figure>')
    editor.notice.get_by_text("cannot be reached").wait_for()
    editor.page.unroute("**/pictures/data/*")
    editor.pictures(1)


def test_words_of_a_photo_that_nobody_can_read_are_told_beside_the_offer_that_waits(editor):
    drop(editor, a=pictures.iptc(caption=b"Ch\xf3 ng\xa8"), b=pictures.jpeg(seed=7))
    editor.pictures(2)
    editor.notice.get_by_text("Some words inside a.jpg could not be read for sure.").wait_for()
    assert editor.captions.first.inner_text().strip() == ""
    editor.notice.get_by_role("button", name="Together with one caption").click()
    assert editor.figures.count() == 1

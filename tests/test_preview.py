"""The preview shows what stands in the form, saved or not, to who may write it, and stores nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Author, Record
from articles.publishing import saving, workflow
from tests import desk
from tests.editor_page import photos

pytestmark = pytest.mark.django_db

NEW = reverse("admin:articles_article_preview_new")


@pytest.fixture
def at_desk(client, reporter):
    return desk.log_in(client, reporter)


def typed(client: Client, story: Article | None = None, **fields: object) -> dict[str, object]:
    """The form as it was opened, with what was typed, and the button of the preview."""
    address = desk.page("change", story.pk) if story else reverse(desk.ADD)
    return desk.filled(client.get(address), _preview="", **fields)


def shown(response) -> str:
    assert response.status_code == 200
    assert '<article class="story' in response.content.decode()
    return desk.text(response)


def test_it_shows_what_was_typed_and_stores_nothing(at_desk, draft):
    form = typed(
        at_desk, draft, headline="Typed just now", lede="A new lede", body="<p>New words</p>"
    )
    words = shown(at_desk.post(desk.page("preview", draft.pk), form))
    for part in ("Typed just now", "A new lede", "New words", "Kinh tế"):
        assert part in words
    assert "readers do not get this page" in words
    saved = Article.objects.get(pk=draft.pk)
    assert (saved.headline, saved.version) == (draft.headline, 1)
    assert not Record.objects.exists()


def test_a_story_that_nobody_has_saved_is_shown(at_desk, section, make_picture, reporter):
    image = make_picture(by=reporter, credit="Minh Khuê")
    figure = f'<figure data-images="{image.pk}"><figcaption>Boats</figcaption></figure>'
    form = typed(at_desk, headline="A first draft", section=section.pk, body=f"<p>One</p>{figure}")
    form |= {"links_words": ["https://x.example/"], "links_title": ["Outside"]}
    response = at_desk.post(NEW, form | {"links_target": [""]})
    words = shown(response)
    for part in ("A first draft", "Kinh tế", "Boats", "Minh Khuê", "Outside"):
        assert part in words
    assert "/uploads/" in response.content.decode()
    assert not Article.objects.exists()


def test_it_is_cleaned_by_the_same_door(at_desk, draft):
    form = typed(at_desk, draft, body='<p onclick="x()">Words<script>alert(1)</script></p>')
    page = at_desk.post(desk.page("preview", draft.pk), form).content.decode()
    assert "onclick" not in page
    assert "alert(1)" not in page


def test_what_is_wrong_is_told_in_sentences_over_what_can_be_shown(at_desk, draft):
    form = typed(at_desk, draft, headline="", slug="---", authors=["Nobody Known"])
    words = shown(at_desk.post(desk.page("preview", draft.pk), form))
    assert "Headline: A story needs a headline to be saved." in words
    assert "Address: An address needs letters or digits." in words
    # With other errors a name that no list holds stays an error, too.
    assert "Nobody Known" in words
    assert "Body of Draft that nobody may read" in words
    assert draft.headline not in words.replace("Body of Draft", "").replace("Lede of Draft", "")


def test_pictures_that_one_may_not_use_are_left_out_and_told(
    at_desk, draft, other_reporter, make_picture
):
    hidden = make_picture(by=other_reporter, alt_text="Nobody may know of this")
    body = f'<p>Words</p><figure data-images="{hidden.pk} 99999"></figure>'
    form = typed(at_desk, draft, body=body, lead_image=str(hidden.pk))
    response = at_desk.post(desk.page("preview", draft.pk), form)
    words = shown(response)
    assert f"{hidden.pk}, 99999" in words
    assert "Nobody may know of this" not in response.content.decode()
    assert hidden.file.name not in response.content.decode()


@pytest.mark.parametrize("body", ["<p>" + "x" * 2_000_001, "<p>" + "<b><i>" * 100_000])
def test_a_text_that_cannot_be_saved_is_told_so(at_desk, draft, body):
    words = shown(at_desk.post(desk.page("preview", draft.pk), typed(at_desk, draft, body=body)))
    assert "Text: This text" in words


def test_an_author_whom_the_form_would_make_is_named_and_not_made(client, editor, draft):
    at_desk = desk.log_in(client, editor)
    form = typed(at_desk, draft, authors=["Somebody New"])
    assert "Somebody New" in shown(at_desk.post(desk.page("preview", draft.pk), form))
    assert not Author.objects.filter(name="Somebody New").exists()


def test_a_story_saved_meanwhile_is_shown_as_it_was_typed(at_desk, draft, editor):
    form = typed(at_desk, draft, headline="Mine, as it stands here")
    draft.headline = "Theirs"
    saving.save_story(draft, by=editor)
    words = shown(at_desk.post(desk.page("preview", draft.pk), form))
    assert "Mine, as it stands here" in words
    assert "saved this story" not in words


def test_pictures_on_their_way_are_counted(at_desk, draft):
    form = typed(at_desk, draft) | {"_preview": "2"}
    words = shown(at_desk.post(desk.page("preview", draft.pk), form))
    assert "2 pictures are still on their way" in words


@pytest.mark.parametrize("count", ["-1", "x", "9" * 99, "\0"])
def test_a_forged_count_is_none(at_desk, draft, count):
    form = typed(at_desk, draft) | {"_preview": count}
    assert "on their way" not in shown(at_desk.post(desk.page("preview", draft.pk), form))


def test_it_is_for_nobody_elses_eyes_and_kept_nowhere(at_desk, draft):
    for address, form in (
        (desk.page("preview", draft.pk), typed(at_desk, draft)),
        (NEW, typed(at_desk)),
    ):
        response = at_desk.post(address, form)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_others_get_nothing(client, other_reporter, without_role, draft, at_desk):
    form = typed(at_desk, draft, headline="Typed just now")
    address = desk.page("preview", draft.pk)
    for person, allowed in ((other_reporter, 302), (without_role, 302), (None, 302)):
        other = Client()
        if person:
            other.force_login(person)
        response = other.post(address, form)
        assert response.status_code == allowed
        assert draft.headline not in response.content.decode()
    nobody = Client()
    assert "/admin/login/" in nobody.post(NEW, form).url
    nobody.force_login(without_role)
    assert nobody.post(NEW, form).status_code == 403


def test_a_story_that_was_handed_in_gives_back_what_was_typed(at_desk, draft, editor):
    form = typed(at_desk, draft, headline="My last headline")
    workflow.submit(draft, by=editor)
    response = at_desk.post(desk.page("preview", draft.pk), form)
    assert response.status_code == 403
    assert "My last headline" in desk.text(response)


def test_a_token_is_asked_for(reporter, draft):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)
    assert strict.post(desk.page("preview", draft.pk), {"headline": "x"}).status_code == 403
    assert strict.post(NEW, {"headline": "x"}).status_code == 403


def test_opened_by_its_address_it_shows_what_is_saved_or_leads_to_the_form(at_desk, draft):
    words = shown(at_desk.get(desk.page("preview", draft.pk)))
    assert "Preview of the saved text" in words
    assert at_desk.get(NEW).url == reverse(desk.ADD)


@pytest.fixture
def page(open_page, reporter, section):
    return open_page(user=reporter)


def preview_of(page):
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    return opened.value


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_before_a_first_save_and_then_one_writes_on(page):
    page.goto(reverse(desk.ADD))
    page.fill("#id_headline", "Nobody has saved this")
    page.locator(".cke_editable").first.click()
    page.keyboard.type("Words so far")
    preview = preview_of(page)
    expect(preview.locator("article.story h1")).to_have_text("Nobody has saved this")
    expect(preview.locator(".story-body")).to_contain_text("Words so far")
    preview.close()
    page.locator(".cke_editable").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(", and more")
    expect(preview_of(page).locator(".story-body")).to_contain_text("Words so far, and more")
    assert not Article.objects.exists()
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    assert Article.objects.get().body == "<p>Words so far, and more</p>"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_pictures_that_have_just_come_are_shown_and_others_counted(page):
    page.goto(reverse(desk.ADD))
    page.fill("#id_headline", "With pictures")
    held = []

    def hold(route) -> None:
        if held:
            held.append(route)
        else:
            held.append(None)
            route.continue_()

    page.route("**/pictures/add/", hold)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add pictures").first.click()
    files = [
        {"name": name, "mimeType": "image/jpeg", "buffer": data}
        for name, data in photos("1.jpg", "2.jpg").items()
    ]
    chooser.value.set_files(files)
    page.locator("figure img").wait_for()
    preview = preview_of(page)
    expect(preview.locator(".story-body img")).to_have_count(1)
    expect(preview.locator(".banner")).to_contain_text("1 picture is still on its way")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_after_logging_in_again_elsewhere(page, reporter, draft):
    """The form's token is an old one then; what is typed is shown all the same."""
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed before")
    page.context.clear_cookies(name="csrftoken")
    other = page.context.new_page()
    other.goto("/admin/")
    other.close()
    expect(preview_of(page).locator("article.story h1")).to_have_text("Typed before")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_it_works_too(open_page, reporter, draft):
    page = open_page(user=reporter, java_script_enabled=False)
    page.goto(desk.page("change", draft.pk))
    page.fill("#id_headline", "Typed without scripts")
    with page.expect_popup() as opened:
        page.click("[name=_preview]")
    expect(opened.value.locator("article.story h1")).to_have_text("Typed without scripts")

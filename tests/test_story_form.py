"""The story form: what it takes, what it refuses with a sentence, and that it loses nothing."""

import html

import pytest
from django.urls import reverse

from articles.models import Article, Author, RelatedLink
from articles.publishing import workflow
from articles.rules.permissions import Stage
from articles.rules.refusals import WorkflowError
from tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_reporters_desk(client, reporter, paper):
    return desk.log_in(client, reporter)


@pytest.fixture
def at_editors_desk(client, editor, paper):
    return desk.log_in(client, editor)


def test_a_new_story_begins_with_the_papers_mark_and_the_reporters_pen_name(at_reporters_desk):
    form = desk.fields(at_reporters_desk.get("/admin/articles/article/add/"))
    assert form["dateline"] == ["VS -"]
    assert form["authors"] == ["Minh Khuê", ""]


def test_a_headline_is_enough_for_a_draft(at_reporters_desk, reporter):
    response = desk.save(at_reporters_desk, headline="Chợ nổi mùa nước lên")
    story = Article.objects.get()
    assert response.url == desk.page("change", story.pk)
    assert (story.headline, story.owner, story.stage) == (
        "Chợ nổi mùa nước lên",
        reporter,
        Stage.DRAFT,
    )
    assert story.slug == "cho-noi-mua-nuoc-len"


def test_typing_a_new_story_begins_with_its_headline(at_reporters_desk, draft):
    new = at_reporters_desk.get("/admin/articles/article/add/").content.decode()
    assert new.count(" autofocus") == 1
    assert " autofocus" in new[new.index('name="headline"') :].partition(">")[0]
    assert " autofocus" not in at_reporters_desk.get(desk.page("change", draft.pk)).content.decode()


def test_a_headline_without_letters_gets_an_address_all_the_same(at_reporters_desk):
    desk.save(at_reporters_desk, headline="!!!")
    assert Article.objects.get().slug == "tin"


def test_everything_typed_is_saved(at_reporters_desk, section, published):
    desk.save(
        at_reporters_desk,
        headline="Diễn đàn khởi nghiệp",
        lede="VS - Tỉnh tổ chức diễn đàn.",
        section=section.pk,
        genre="forum",
        byline="theo TTXVN",
        body="<p>Một</p><p>Hai</p>",
        slug="dien-dan",
        authors=["Minh Khuê"],
        links_words=["", "https://forum.example/programme"],
        links_target=[str(published.pk), ""],
        links_title=["", "The programme"],
    )
    story = Article.objects.exclude(pk=published.pk).get()
    assert story.lede == "Tỉnh tổ chức diễn đàn."
    assert (story.section, story.genre, story.byline) == (section, "forum", "theo TTXVN")
    assert (story.body, story.slug) == ("<p>Một</p><p>Hai</p>", "dien-dan")
    assert [row.author.name for row in story.byline_rows.all()] == ["Minh Khuê"]
    assert list(story.related_links.values_list("target", "url", "title")) == [
        (published.pk, "", ""),
        (None, "https://forum.example/programme", "The programme"),
    ]


def test_opening_and_saving_changes_nothing_but_the_version(at_reporters_desk, forum_report):
    before = Article.objects.values().get(pk=forum_report.pk)
    desk.save(at_reporters_desk, forum_report)
    after = Article.objects.values().get(pk=forum_report.pk)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"version", "updated_at"}
    assert [link.target_id for link in forum_report.related_links.all()][1] is None


def test_without_a_headline_nothing_is_saved_and_nothing_is_lost(at_reporters_desk, published):
    response = desk.save(
        at_reporters_desk,
        headline="",
        lede="Kept",
        body="<p>Kept too</p>",
        byline="kept as well",
        authors=["Nobody Known", "Minh Khuê"],
        authors_id=["", ""],
        links_words=["ftp://kept.example", ""],
        links_target=["", str(published.pk)],
        links_title=["Kept title", ""],
    )
    assert set(desk.errors(response)) == {"headline", "authors", "links"}
    shown = desk.fields(response)
    assert shown["lede"] == ["Kept"]
    assert shown["body"] == ["<p>Kept too</p>"]
    assert shown["byline"] == ["kept as well"]
    assert shown["authors"] == ["Nobody Known", "Minh Khuê", ""]
    assert shown["links_words"] == ["ftp://kept.example", "", ""]
    assert shown["links_target"] == ["", str(published.pk), ""]
    assert shown["links_title"] == ["Kept title", "", ""]
    assert Article.objects.count() == 1


def test_a_name_that_is_not_in_the_list_keeps_no_draft_from_being_saved(at_reporters_desk):
    response = desk.save(
        at_reporters_desk,
        headline="H",
        authors=["Nobody Known", "Minh Khuê", "Tú Anh"],
        byline="theo TTXVN, Tú Anh",
    )
    story = Article.objects.get()
    assert [row.author.name for row in story.byline_rows.all()] == ["Minh Khuê"]
    assert story.byline == "Nobody Known, theo TTXVN, Tú Anh"
    assert not Author.objects.filter(name="Nobody Known").exists()
    page = desk.text(at_reporters_desk.get(response.url))
    assert "moved to “Source line”: Nobody Known, Tú Anh" in page
    desk.save(at_reporters_desk, story)
    story.refresh_from_db()
    assert story.byline == "Nobody Known, theo TTXVN, Tú Anh"


def test_a_reporter_cannot_invent_an_author_but_is_told_what_to_do(at_reporters_desk, section):
    response = desk.save(
        at_reporters_desk,
        headline="H",
        section=section.pk,
        authors=["Nobody Known"],
        _submit="1",
    )
    assert "Nobody Known" in desk.errors(response)["authors"][0]
    assert desk.fields(response)["authors"] == ["Nobody Known", ""]
    assert not Article.objects.exists()


def test_the_same_draft_with_an_unknown_name_sent_twice_is_one(at_reporters_desk):
    form = desk.filled(
        at_reporters_desk.get(reverse(desk.ADD)), headline="H", authors=["Nobody Known"]
    )
    for _time in "12":
        assert at_reporters_desk.post(reverse(desk.ADD), form).status_code == 302
    assert Article.objects.get().byline == "Nobody Known"


def test_an_editor_adds_an_author_by_typing_the_name(at_editors_desk):
    desk.save(at_editors_desk, headline="H", authors=["Minh Khuê Mới", "Minh Khuê Mới"])
    author = Author.objects.get()
    assert (author.name, author.slug) == ("Minh Khuê Mới", "minh-khue-moi")
    assert [row.author for row in Article.objects.get().byline_rows.all()] == [author]


def test_two_authors_of_one_name_are_told_apart_by_choosing(at_editors_desk):
    first, second = (Author.objects.create(name="Lan Anh", slug=f"lan-anh-{n}") for n in (1, 2))
    typed = {"headline": "H", "authors": ["Lan Anh"]}
    response = desk.save(at_editors_desk, **typed, authors_id=[""], _publish="1")
    assert "Several authors" in desk.errors(response)["authors"][0]
    assert not Article.objects.exists()
    desk.save(at_editors_desk, **typed, authors_id=[str(second.pk)])
    assert Article.objects.get().byline_rows.get().author == second


@pytest.mark.parametrize("person", ["at_reporters_desk", "at_editors_desk"])
def test_two_authors_of_one_name_keep_no_draft_from_being_saved(person, request):
    client = request.getfixturevalue(person)
    for n in (1, 2):
        Author.objects.create(name="Lan Anh", slug=f"lan-anh-{n}")
    names = ["Lan Anh", "Minh Khuê", "lan anh", "Lan Anh"]
    response = desk.save(client, headline="H", authors=names, authors_id=[], byline="theo TTXVN")
    story = Article.objects.get()
    assert [row.author.name for row in story.byline_rows.all()] == ["Minh Khuê"]
    assert story.byline == "Lan Anh, lan anh, theo TTXVN"
    assert Author.objects.filter(name__iexact="Lan Anh").count() == 2
    page = desk.text(client.get(response.url))
    assert "Several authors have this name, so moved to “Source line”: Lan Anh, lan anh" in page


@pytest.mark.parametrize("field", ["headline", "lede", "body", "byline", "slug"])
def test_a_nul_byte_gets_a_sentence_at_its_field(at_reporters_desk, field):
    response = desk.save(at_reporters_desk, **({"headline": "H"} | {field: "a\0b"}))
    assert response.status_code == 200
    assert set(desk.errors(response)) == {field}


def test_nul_bytes_in_rows_are_no_fault(at_reporters_desk):
    response = desk.save(
        at_reporters_desk,
        headline="H",
        authors=["a\0b"],
        authors_id=["1\0"],
        links_words=["a\0b"],
        links_target=["\0"],
        links_title=[""],
    )
    assert set(desk.errors(response)) == {"authors", "links"}


def test_a_paste_of_five_megabytes_is_refused_with_a_sentence_and_shown_again(at_reporters_desk):
    body = "<p>" + "dài " * 1_200_000 + "</p>"
    response = desk.save(at_reporters_desk, headline="H", body=body)
    assert "MB" in desk.errors(response)["body"][0]
    assert desk.fields(response)["body"] == [body]


def test_a_picture_that_is_gone_is_named_at_the_text(at_reporters_desk):
    body = '<figure data-images="987654"><figcaption>Gone</figcaption></figure>'
    response = desk.save(at_reporters_desk, headline="H", body=body)
    assert "987654" in desk.errors(response)["body"][0]
    assert desk.fields(response)["body"] == [body]


def test_a_colleagues_unpublished_picture_cannot_be_placed(
    at_reporters_desk, make_picture, other_reporter
):
    image = make_picture(by=other_reporter)
    body = f'<figure data-images="{image.pk}"></figure>'
    assert desk.errors(desk.save(at_reporters_desk, headline="H", body=body))["body"]
    assert desk.errors(desk.save(at_reporters_desk, headline="H", lead_image=image.pk))["body"]
    assert not Article.objects.exists()


def test_an_address_of_nothing_but_punctuation_is_refused(at_reporters_desk):
    response = desk.save(at_reporters_desk, headline="H", slug="?!…")
    assert set(desk.errors(response)) == {"slug"}


def test_a_long_headline_is_refused_at_its_field(at_reporters_desk):
    assert set(desk.errors(desk.save(at_reporters_desk, headline="x" * 301))) == {"headline"}


def test_the_same_form_sent_twice_makes_one_story(at_reporters_desk):
    address = "/admin/articles/article/add/"
    form = desk.filled(at_reporters_desk.get(address), headline="Once")
    first, second = (at_reporters_desk.post(address, form) for _n in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Article.objects.get().headline == "Once"


def test_the_same_form_sent_again_with_another_text_shows_both(at_reporters_desk):
    address = "/admin/articles/article/add/"
    form = desk.filled(at_reporters_desk.get(address), headline="First")
    at_reporters_desk.post(address, form)
    response = at_reporters_desk.post(address, form | {"headline": "Second"})
    assert response.status_code == 200
    assert Article.objects.get().headline == "First"
    assert "First" in desk.text(response)
    assert desk.fields(response)["headline"] == ["Second"]


def test_a_form_handed_in_twice_leads_to_the_story(at_reporters_desk, section):
    address = "/admin/articles/article/add/"
    form = desk.filled(
        at_reporters_desk.get(address), headline="Once", section=section.pk, _submit="1"
    )
    first, second = (at_reporters_desk.post(address, form) for _n in range(2))
    assert first.url == second.url
    assert Article.objects.get().stage == Stage.SUBMITTED


def test_a_form_id_that_is_somebody_elses_makes_a_story_of_ones_own(
    at_reporters_desk, make_story, other_reporter
):
    hidden = make_story("Hidden", by=other_reporter)
    desk.save(at_reporters_desk, headline="Mine", form_id=str(hidden.form_id))
    assert Article.objects.exclude(pk=hidden.pk).get().headline == "Mine"


def test_handing_in_asks_for_a_section(at_reporters_desk):
    response = desk.save(at_reporters_desk, headline="H", _submit="1")
    assert set(desk.errors(response)) == {"section"}


def test_a_story_handed_in_can_be_read_but_not_changed_by_its_reporter(at_reporters_desk, draft):
    desk.save(at_reporters_desk, draft, _submit="1")
    draft.refresh_from_db()
    assert draft.stage == Stage.SUBMITTED
    response = at_reporters_desk.get(desk.page("change", draft.pk))
    assert response.status_code == 200
    assert not desk.fields(response)
    forged = {"headline": "Forged", "genre": "report", "version": draft.version}
    assert at_reporters_desk.post(desk.page("change", draft.pk), forged).status_code == 403
    draft.refresh_from_db()
    assert draft.headline != "Forged"


def test_a_hand_in_that_is_refused_leaves_the_text_saved(at_reporters_desk, draft, monkeypatch):
    def refuse(article: Article, *, by: object) -> None:
        raise WorkflowError("Somebody was faster.", code="busy")

    monkeypatch.setattr(workflow, "submit", refuse)
    desk.save(at_reporters_desk, draft, headline="Typed", _submit="1")
    draft.refresh_from_db()
    assert (draft.headline, draft.stage) == ("Typed", Stage.DRAFT)
    page = desk.text(at_reporters_desk.get(desk.page("change", draft.pk)))
    assert "Somebody was faster." in page
    assert "Handed in" not in page


def test_who_types_while_the_story_is_handed_in_gets_the_text_back(at_reporters_desk, draft):
    form = desk.filled(at_reporters_desk.get(desk.page("change", draft.pk)), body="<p>Mine</p>")
    draft.stage = Stage.SUBMITTED
    draft.save()
    response = at_reporters_desk.post(desk.page("change", draft.pk), form)
    assert response.status_code == 403
    assert "<p>Mine</p>" in html.unescape(response.content.decode())


def test_whether_one_is_logged_in_can_be_asked(client, reporter):
    address = "/admin/articles/article/alive/"
    assert client.get(address).status_code == 401
    client.force_login(reporter)
    answer = client.get(address)
    assert answer.json()["user"] == reporter.pk
    assert answer.json()["token"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_hidden_story_is_answered_like_a_missing_one(
    at_reporters_desk, make_story, other_reporter
):
    hidden = make_story("Hidden", by=other_reporter)
    for address in ("change", "preview", "publish", "submit", "duplicate", "delete", "history"):
        answers = [
            at_reporters_desk.get(desk.page(address, pk), follow=True) for pk in (hidden.pk, 99_999)
        ]
        pages = [desk.text(answer).replace(str(hidden.pk), "99999") for answer in answers]
        assert pages[0] == pages[1], address
        assert "Hidden" not in pages[0]


def test_save_and_publish_leads_to_the_page_that_publishes(at_editors_desk, draft):
    response = desk.save(at_editors_desk, draft, _publish="1")
    assert response.url == desk.page("publish", draft.pk)


def test_a_reporters_save_and_publish_saves_only(at_reporters_desk, draft):
    response = desk.save(at_reporters_desk, draft, headline="Changed", _publish="1")
    assert response.url == desk.page("change", draft.pk)


def test_a_draft_can_be_deleted_by_its_owner_and_leaves_a_record(at_reporters_desk, draft):
    at_reporters_desk.post(desk.page("delete", draft.pk), {"post": "yes"})
    assert not Article.objects.exists()


def test_a_published_story_is_not_deleted(client, managing_editor, published):
    desk.log_in(client, managing_editor)
    address = desk.page("delete", published.pk)
    assert "Published: take down instead." in desk.text(client.get(address))
    client.post(address, {"post": "yes"})
    assert Article.objects.filter(pk=published.pk).exists()


def test_links_survive_an_editor_who_did_not_touch_them(at_editors_desk, forum_report):
    before = list(RelatedLink.objects.values_list("target", "url", "title"))
    desk.save(at_editors_desk, forum_report)
    assert list(RelatedLink.objects.values_list("target", "url", "title")) == before

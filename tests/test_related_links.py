"""Related links: which stories a person may link, how they are found, and what is refused."""

from datetime import timedelta

import pytest

from articles.models import Article
from articles.publishing import saving
from articles.rules.content import ContentLink
from tests import desk

pytestmark = pytest.mark.django_db

FIND = "/admin/articles/article/find/"


@pytest.fixture
def at_desk(client, reporter):
    return desk.log_in(client, reporter)


@pytest.fixture
def hidden(make_story, other_reporter):
    return make_story("Hidden draft of a colleague", by=other_reporter)


def found(client, words: str) -> list[str]:
    response = client.get(FIND, {"q": words})
    return [result["text"] for result in response.json()["results"]]


def test_stories_are_found_without_accents_and_in_any_order(at_desk, make_story):
    make_story("Đường Đà Nẵng thông xe")
    assert found(at_desk, "nang DUONG") == ["Đường Đà Nẵng thông xe"]
    assert found(at_desk, "nắng đường") == ["Đường Đà Nẵng thông xe"]
    assert found(at_desk, "nang hue") == []


def test_a_reporter_finds_own_stories_and_those_on_the_site_only(
    at_desk, make_story, publish_at, other_reporter, hidden, now
):
    live = make_story("A colleague's story on the site", by=other_reporter)
    publish_at(live, now - timedelta(hours=1))
    planned = make_story("A colleague's story of tomorrow", by=other_reporter)
    publish_at(planned, now + timedelta(days=1))
    assert found(at_desk, "colleague") == [live.headline]


def test_odd_questions_get_an_answer(at_desk):
    for words in ("", "\0", "%", "_", "x" * 5000, "'"):
        assert at_desk.get(FIND, {"q": words}).status_code == 200


def test_a_stranger_finds_nothing(client, without_role):
    client.force_login(without_role)
    assert client.get(FIND, {"q": "a"}).status_code == 403


def links(client, draft, *rows: tuple[str, object, str]):
    """Save the draft with these rows: words, target, title."""
    words, targets, titles = zip(*rows, strict=True)
    return desk.save(
        client,
        draft,
        links_words=list(words),
        links_target=[str(target) for target in targets],
        links_title=list(titles),
    )


def test_rows_are_kept_in_order(at_desk, draft, published, corrected):
    links(
        at_desk,
        draft,
        ("", corrected.pk, ""),
        ("https://x.example/", "", "Outside"),
        ("", "", ""),
        ("", published.pk, ""),
    )
    rows = draft.related_links.values_list("target", "url")
    assert list(rows) == [(corrected.pk, ""), (None, "https://x.example/"), (published.pk, "")]


def test_a_headline_typed_in_full_needs_no_choosing(at_desk, draft, published):
    links(at_desk, draft, (published.headline.upper(), "", ""))
    assert draft.related_links.get().target == published


@pytest.mark.parametrize("site", ["https://baovinhsa.example", "https://www.baovinhsa.example"])
@pytest.mark.parametrize(
    "pasted",
    [
        "https://baovinhsa.example{path}/",
        "https://baovinhsa.example{path}",
        "http://www.baovinhsa.example{path}",
        "https://BaoVinhSa.example:443{path}/?utm_source=zalo&x=1#anh-3",
        "//www.baovinhsa.example{path}?page=2",
        "{path}/",
    ],
)
def test_the_sites_own_address_becomes_a_link_to_the_story(
    at_desk, draft, published, settings, site, pasted
):
    settings.SITE_URL = site
    path = published.publications.get().get_absolute_url().removesuffix("/")
    links(at_desk, draft, (pasted.format(path=path), "", ""))
    assert draft.related_links.get().target == published


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example{path}/",
        "https://baovinhsa.example.evil.example{path}/",
        "https://baovinhsa.example:8443{path}/",
    ],
)
def test_an_address_of_another_site_stays_one(at_desk, draft, published, settings, address):
    settings.SITE_URL = "https://baovinhsa.example"
    path = published.publications.get().get_absolute_url().removesuffix("/")
    links(at_desk, draft, (address.format(path=path), "", "Elsewhere"))
    assert draft.related_links.get().url == address.format(path=path)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("javascript:alert(1)", "Click"),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", "x"),
        ("//evil.example/", "x"),
        ("https://", "x"),
        ("https://[", "x"),
        ("https://user:secret@x.example/", "x"),
        ("https://x.example/" + "a" * 600, "x"),
        ("https://x.example/", ""),
        ("no such story", ""),
        ("", "A title alone"),
    ],
)
def test_a_bad_row_gets_a_sentence_and_stays(at_desk, draft, words, title):
    response = links(at_desk, draft, (words, "", title))
    assert len(desk.errors(response)["links"]) == 1
    assert desk.fields(response)["links_words"][0] == words
    assert desk.fields(response)["links_title"][0] == title
    assert not draft.related_links.exists()


def test_a_story_is_not_related_to_itself(at_desk, draft):
    response = links(at_desk, draft, (draft.headline, draft.pk, ""))
    assert "itself" in desk.errors(response)["links"][0]
    assert "itself" in desk.errors(links(at_desk, draft, (draft.headline, "", "")))["links"][0]


def test_a_hidden_story_is_refused_like_a_missing_one(at_desk, draft, hidden):
    answers = [
        desk.errors(links(at_desk, draft, ("Guess", pk, "")))["links"]
        for pk in (hidden.pk, 99_999, "9" * 18)
    ]
    assert answers[0] == answers[1] == answers[2]
    by_headline = links(at_desk, draft, (hidden.headline, "", ""))
    assert desk.errors(by_headline)["links"]
    assert not draft.related_links.exists()


def test_a_link_to_a_hidden_story_made_by_an_editor_survives_unnamed(
    at_desk, editor, draft, hidden
):
    saving.save_story(draft, by=editor, links=[ContentLink(target_id=hidden.pk)])
    response = at_desk.get(desk.page("change", draft.pk))
    assert hidden.headline not in response.content.decode()
    desk.save(at_desk, draft, headline="Changed")
    assert draft.related_links.get().target_id == hidden.pk
    assert Article.objects.get(pk=draft.pk).headline == "Changed"


def test_names_are_found_without_accents(at_desk):
    response = at_desk.get("/admin/articles/article/names/", {"q": "khue"})
    assert [result["text"] for result in response.json()["results"]] == ["Minh Khuê"]

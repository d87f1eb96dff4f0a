"""Many pictures given the same words at once, after a look at what will change."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from media.models import Image

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/media/image/many/"


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def ask(client: Client, images: list[Image], **words: object):
    return client.post(ADDRESS, {"ids": [image.pk for image in images], **words})


def change(client: Client, images: list[Image], **words: object):
    seen = ask(client, images, **words).context["seen"]
    return ask(client, images, seen=seen, **words)


def test_nothing_changes_before_the_list_of_changes_was_read(reporter, make_picture):
    one, two = make_picture(by=reporter, credit="Old"), make_picture(by=reporter)
    client = client_of(reporter)
    page = ask(client, [one, two], credit="Minh Khuê").content.decode()
    assert "2 pictures will change" in page
    assert "<del>Old</del>" in page
    assert not Image.objects.filter(credit="Minh Khuê").exists()
    assert change(client, [one, two], credit="Minh Khuê").status_code == 302
    assert Image.objects.filter(credit="Minh Khuê").count() == 2


def test_what_is_left_empty_stays_as_it_is_in_each(editor, make_picture, now):
    end = now + timedelta(days=400)
    one = make_picture(credit="A", source="S", illustrative=True, rights_until=end)
    two = make_picture(credit="B", ai="made")
    change(client_of(editor), [one, two], rights="© TTXVN", ai="none")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.credit, one.source, one.illustrative, one.rights_until) == ("A", "S", True, end)
    assert (two.credit, two.ai) == ("B", "")
    assert {one.rights, two.rights} == {"© TTXVN"}


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("credit", "  Thuye\u0302\u0300n\u202e ", "Thuyền"),
        ("source", "TTXVN", "TTXVN"),
        ("illustrative", "yes", True),
        ("ai", "edited", "edited"),
    ],
)
def test_every_field_is_given_to_all_and_is_found_at_once(editor, make_picture, name, typed, kept):
    images = [make_picture(), make_picture()]
    change(client_of(editor), images, **{name: typed})
    assert [getattr(image, name) for image in Image.objects.all()] == [kept, kept]
    assert LogEntry.objects.count() == 2
    if name == "credit":
        assert Image.objects.filter(folded__contains="thuyen").count() == 2


def test_a_field_is_emptied_in_all_where_that_is_asked(editor, make_picture, now):
    end = now + timedelta(days=400)
    one = make_picture(credit="A", source="S", rights="R", rights_until=end)
    two = make_picture(credit="B", rights_until=end)
    change(client_of(editor), [one, two], emptied=["source", "rights_until"])
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.credit, one.source, one.rights, one.rights_until) == ("A", "", "R", None)
    assert (two.credit, two.rights_until) == ("B", None)


def test_what_is_both_written_and_emptied_is_asked_about(editor, make_picture):
    image = make_picture(credit="A")
    page = ask(client_of(editor), [image], credit="B", emptied=["credit"])
    assert "not both" in str(page.context["form"].errors["credit"])
    page = ask(client_of(editor), [image], emptied=["id"])
    assert page.context["form"].errors["emptied"]


def words_of(image: Image, **typed: str) -> dict[str, str]:
    """The fields of a picture's own words as the page sends them, some typed anew."""
    sent = {}
    for name in ("alt_text", "caption"):
        was = getattr(image, name)
        sent[f"initial-picture-{image.pk}-{name}"] = was
        sent[f"picture-{image.pk}-{name}"] = typed.get(name, was)
    return sent


def test_each_picture_gets_its_own_words_on_the_same_page(editor, make_picture):
    one, two = make_picture(caption="Old"), make_picture(alt_text="Kept")
    page = client_of(editor).get(f"{ADDRESS}?ids={one.pk},{two.pk}").content.decode()
    assert f'name="picture-{one.pk}-alt_text"' in page
    typed = words_of(one, alt_text="  Thuyền\u202e về ", caption="") | words_of(two)
    change(client_of(editor), [one, two], credit="Lan", **typed)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.alt_text, one.caption, one.credit) == ("Thuyền về", "", "Lan")
    assert (two.alt_text, two.caption, two.credit) == ("Kept", "", "Lan")


def test_a_colleagues_words_of_the_meantime_stay(editor, make_picture):
    image = make_picture(alt_text="Before")
    typed = words_of(image, caption="Mine")
    Image.objects.filter(pk=image.pk).update(alt_text="A colleague's")
    change(client_of(editor), [image], **typed)
    image.refresh_from_db()
    assert (image.alt_text, image.caption) == ("A colleague's", "Mine")


def test_own_words_that_cannot_be_are_said_at_their_picture(editor, make_picture):
    image = make_picture()
    page = ask(client_of(editor), [image], **words_of(image, alt_text="x" * 1000))
    assert "Not saved yet" in page.content.decode()
    assert f'href="#id_picture-{image.pk}-alt_text"' in page.content.decode()
    assert not page.context["is_asked"]


def test_own_words_of_a_picture_that_is_not_ones_own_change_nothing(
    reporter, other_reporter, make_picture, make_story, publish_at, now
):
    shown = make_picture(by=other_reporter, alt_text="Shown")
    figure = f'<figure data-images="{shown.pk}"></figure>'
    publish_at(make_story("Live", by=other_reporter, body=figure), now)
    mine = make_picture(by=reporter)
    typed = words_of(shown, alt_text="Taken over") | words_of(mine, alt_text="Mine")
    change(client_of(reporter), [mine, shown], **typed)
    shown.refresh_from_db()
    mine.refresh_from_db()
    assert (shown.alt_text, mine.alt_text) == ("Shown", "Mine")


def test_pictures_of_others_stay_as_they_are_and_hidden_ones_are_as_good_as_missing(
    reporter, other_reporter, make_picture, make_story, publish_at, now
):
    mine, shown = make_picture(by=reporter), make_picture(by=other_reporter, alt_text="Shown")
    hidden = make_picture(by=other_reporter, alt_text="Hidden")
    figure = f'<figure data-images="{shown.pk}"></figure>'
    publish_at(make_story("Live", by=other_reporter, body=figure), now)
    client = client_of(reporter)
    page = client.get(f"{ADDRESS}?ids={mine.pk},{shown.pk},{hidden.pk},99999").content.decode()
    assert "You may not change these" in page
    assert "Shown" in page
    assert "Hidden" not in page
    change(client, [mine, shown, hidden], credit="Me")
    assert list(Image.objects.filter(credit="Me")) == [mine]


@pytest.mark.parametrize(
    "next_", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_no_address_leads_on_to_another_site(editor, make_picture, next_):
    image = make_picture()
    client = client_of(editor)
    assert client.get(ADDRESS, {"ids": image.pk, "next": next_}).context["next"] == ""
    assert change(client, [image], credit="A", next=next_).url == "/admin/media/image/"


def test_what_would_change_nothing_is_said(editor, make_picture):
    image = make_picture(credit="Minh Khuê")
    for words in ({"credit": "Minh Khuê"}, {}):
        page = ask(client_of(editor), [image], **words)
        assert "Nothing would change" in page.content.decode()


def test_another_list_of_changes_must_be_read_again(editor, make_picture):
    image = make_picture()
    client = client_of(editor)
    seen = ask(client, [image], credit="A").context["seen"]
    assert ask(client, [image], seen=seen, credit="B").status_code == 200
    image.credit = "Somebody else's"
    image.save()
    assert ask(client, [image], seen=seen, credit="A").status_code == 200
    image.refresh_from_db()
    assert image.credit == "Somebody else's"


@pytest.mark.parametrize(
    ("name", "value"), [("credit", "x" * 300), ("rights_until", "2030-13-01"), ("credit", "\0")]
)
def test_what_cannot_be_is_said_at_its_field(editor, make_picture, name, value):
    page = ask(client_of(editor), [make_picture()], **{name: value})
    assert name in page.context["form"].errors
    assert "Not saved yet" in page.content.decode()


def test_none_selected_is_said(reporter, make_picture, other_reporter):
    hidden = make_picture(by=other_reporter)
    for query in ("", "?ids=", f"?ids={hidden.pk}", "?ids=%00,x"):
        page = client_of(reporter).get(f"{ADDRESS}{query}").content.decode()
        assert "You may not change any of these pictures" in page


def test_what_the_files_themselves_said_is_shown_for_confirmation(editor, make_picture, now):
    image = make_picture(caption="Thuyền về bến", credit="TTXVN", taken_at=now)
    page = client_of(editor).get(f"{ADDRESS}?ids={image.pk}").content.decode()
    assert "Thuyền về bến" in page
    assert "TTXVN" in page


def test_old_words_on_the_site_are_offered_afterwards(
    editor, reporter, make_picture, make_story, publish_at, now
):
    image = make_picture(by=reporter, credit="Old")
    story = make_story("Live", body=f'<figure data-images="{image.pk}"></figure>')
    publish_at(story, now - timedelta(days=1))
    assert "/words/" in change(client_of(editor), [image], credit="New").url
    assert "/words/" not in change(client_of(reporter), [image], credit="Newer").url


def test_stories_that_outlive_the_new_rights_are_spoken_of(
    editor, make_picture, reporter, make_story, publish_at, now
):
    image = make_picture(by=reporter, alt_text="Agency")
    story = make_story("Live", body=f'<figure data-images="{image.pk}"></figure>')
    publish_at(story, now - timedelta(days=1))
    client = client_of(editor)
    change(client, [image], rights_until="2100-01-01T06:00")
    assert "too long" in client.get("/admin/media/image/").content.decode()


def test_a_list_costs_the_same_for_many_pictures_as_for_one(
    editor, make_picture, django_assert_max_num_queries
):
    ids = ",".join(str(make_picture().pk) for _n in range(4))
    client = client_of(editor)
    with django_assert_max_num_queries(14):
        client.get(f"{ADDRESS}?ids={ids}")

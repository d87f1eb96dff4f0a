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


def test_pictures_of_others_stay_as_they_are_and_hidden_ones_are_as_good_as_missing(
    reporter, other_reporter, make_picture, make_story, publish_at, now
):
    mine, shown = make_picture(by=reporter), make_picture(by=other_reporter, alt_text="Shown")
    hidden = make_picture(by=other_reporter, alt_text="Hidden")
    figure = f'<figure data-images="{shown.pk}"></figure>'
    publish_at(make_story("Live", by=other_reporter, body=figure), now)
    client = client_of(reporter)
    page = client.get(f"{ADDRESS}?ids={mine.pk},{shown.pk},{hidden.pk},99999").content.decode()
    assert "Not yours to change" in page
    assert "Shown" in page
    assert "Hidden" not in page
    change(client, [mine, shown, hidden], credit="Me")
    assert list(Image.objects.filter(credit="Me")) == [mine]


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
        assert "None of these pictures is yours" in page


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
    assert "longer than its rights" in client.get("/admin/media/image/").content.decode()


def test_a_list_costs_the_same_for_many_pictures_as_for_one(
    editor, make_picture, django_assert_max_num_queries
):
    ids = ",".join(str(make_picture().pk) for _n in range(4))
    client = client_of(editor)
    with django_assert_max_num_queries(14):
        client.get(f"{ADDRESS}?ids={ids}")

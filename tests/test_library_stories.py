"""What a change in the library asks of stories, on the picture's page and on pages of its own."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from articles.models import Publication
from media.models import Image

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page_of(user, image: Image) -> str:
    return client_of(user).get(f"/admin/media/image/{image.pk}/change/").content.decode()


def told(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


@pytest.fixture
def image(make_picture, reporter) -> Image:
    return make_picture(by=reporter, alt_text="Boats", credit="Old")


@pytest.fixture
def stories(make_story, publish_at, image, now):
    """Two on the site since yesterday."""
    made = []
    for headline in ("First story", "Second story"):
        body = f'<p>Text</p><figure data-images="{image.pk}"><figcaption>A <em>caption</em></figcaption></figure>'
        story = make_story(headline, body=body)
        publish_at(story, now - DAY)
        story.refresh_from_db()
        made.append(story)
    return made


def change(user, image: Image, **words: object):
    sent = {"alt_text": image.alt_text, "credit": image.credit, "focus_x": 0.5, "focus_y": 0.5}
    return client_of(user).post(f"/admin/media/image/{image.pk}/change/", sent | words)


def renew(user, image: Image, chosen: list):
    address = f"/admin/media/image/words/?ids={image.pk}"
    sent = {"stories": [story.pk for story in chosen]}
    return client_of(user).post(address, marks(user, address) | sent)


def decide(user, image: Image, **ways: str):
    sent = {name.replace("_", "-"): way for name, way in ways.items()}
    address = f"/admin/media/image/{image.pk}/rights/"
    return client_of(user).post(address, marks(user, address) | sent)


def marks(user, address: str) -> dict[str, str]:
    """The marks of what the page has shown, as its form sends them back."""
    page = client_of(user).get(address).content.decode()
    return dict(re.findall(r'name="(mark-\d+)" value="(\w+)"', page))


def test_a_changed_credit_stays_on_the_page_and_offers_the_stories(editor, image, stories):
    answer = change(editor, image, credit="New")
    assert answer.url == f"/admin/media/image/{image.pk}/change/"
    page = page_of(editor, image)
    assert "2 stories, live or scheduled, still show the old picture details" in page
    assert f"/admin/media/image/words/?ids={image.pk}" in page


def test_who_may_not_publish_is_offered_nothing(reporter, image, stories):
    assert change(reporter, image, credit="New").url == "/admin/media/image/"
    assert "old picture details" not in page_of(reporter, image)
    assert renew(reporter, image, stories).status_code == 403
    assert decide(reporter, image).status_code == 403


def test_a_changed_caption_asks_nothing_of_stories(editor, image, stories):
    assert change(editor, image, caption="Another").url == "/admin/media/image/"
    assert "old picture details" not in page_of(editor, image)


def test_the_page_says_what_readers_have_and_would_get(editor, image, stories):
    change(editor, image, credit="New")
    page = client_of(editor).get(f"/admin/media/image/words/?ids={image.pk}").content.decode()
    assert "First story" in page
    assert "<del>Old</del> → <ins>New</ins>" in page


def test_only_the_chosen_stories_get_the_words(editor, image, stories):
    change(editor, image, credit="New")
    answer = renew(editor, image, stories[:1])
    assert "“First story” has the new picture details" in told(answer)
    assert "Second" not in told(answer)
    assert "1 story, live or scheduled, still shows" in page_of(editor, image)


def test_a_story_that_waits_gets_them_for_its_moment(editor, image, make_story, publish_at, now):
    story = make_story("Tomorrow", body=f'<figure data-images="{image.pk}"></figure>')
    publish_at(story, now + DAY)
    change(editor, image, credit="New")
    page = client_of(editor).get(f"/admin/media/image/words/?ids={image.pk}").content.decode()
    assert "goes live" in page.lower()
    assert "“Tomorrow” has the new picture details" in told(renew(editor, image, [story]))
    assert story.publications.get().pictures.get().credit == "New"


def test_one_storys_refusal_does_not_take_the_others_with_it(
    editor, image, stories, make_picture, reporter, publish_at, make_story, now
):
    agency = make_picture(by=reporter, alt_text="Agency")
    both = make_story("Third story", body=f'<figure data-images="{image.pk} {agency.pk}"></figure>')
    publish_at(both, now - DAY)
    agency.rights_until = now + 30 * DAY
    agency.save()
    change(editor, image, credit="New")
    answer = renew(editor, image, [both, *stories])
    assert "“Third story”: The usage rights of these pictures end" in told(answer)
    assert "“First story” has the new picture details" in told(answer)
    assert "“Second story” has the new picture details" in told(answer)


def test_stories_that_show_no_old_words_are_not_changed_whoever_asks(editor, image, stories):
    renew(editor, image, stories)
    assert Publication.objects.count() == 2
    page = client_of(editor).get(f"/admin/media/image/words/?ids={image.pk}").content.decode()
    assert "All stories have the current picture details" in page


def test_rights_that_end_earlier_stay_on_the_page_and_ask_for_a_decision(editor, image, stories):
    answer = change(editor, image, rights_until="2100-01-02T06:00")
    assert answer.url == f"/admin/media/image/{image.pk}/change/"
    assert f"/admin/media/image/{image.pk}/rights/" in page_of(editor, image)


def test_each_story_goes_its_own_way_out(editor, image, stories, now):
    one, two = stories
    image.rights_until = now + 2 * DAY
    image.save()
    page = client_of(editor).get(f"/admin/media/image/{image.pk}/rights/").content.decode()
    assert "First story" in page
    assert "Decide later" in page
    answer = decide(editor, image, **{f"story_{one.pk}": "end", f"story_{two.pk}": "leave_out"})
    assert "“First story” goes offline" in told(answer)
    assert "“Second story” goes on, each picture left out" in told(answer)
    live = Publication.objects.live(at=now + 2 * DAY)
    assert [each.article for each in live] == [two]
    assert not live.get().pictures.exists()
    page = client_of(editor).get(f"/admin/media/image/{image.pk}/rights/").content.decode()
    assert "No story uses this picture after its usage rights end" in page


@pytest.mark.parametrize("way", ["", "x", "\0"])
def test_what_is_no_way_out_changes_nothing(editor, image, stories, now, way):
    image.rights_until = now + 2 * DAY
    image.save()
    answer = decide(editor, image, **{f"story_{stories[0].pk}": way})
    assert told(answer) == ""
    assert Publication.objects.filter(live_until=None).count() == 2


def test_a_plan_that_begins_too_late_can_only_be_taken_back(
    editor, image, make_story, publish_at, now
):
    story = make_story("Planned", body=f'<figure data-images="{image.pk}"></figure>')
    publish_at(story, now + 5 * DAY)
    image.rights_until = now + 2 * DAY
    image.save()
    page = client_of(editor).get(f"/admin/media/image/{image.pk}/rights/").content.decode()
    assert "unschedule it" in page
    assert "goes on without" not in page
    decide(editor, image, **{f"story_{story.pk}": "end"})
    assert not Publication.objects.exists()


def test_a_picture_says_in_which_figures_of_which_stories_it_stands(
    editor, image, stories, make_story
):
    make_story("Leads with it", lead_image=image)
    page = page_of(editor, image)
    assert page.count("Figure 1: A caption") == 2
    assert "the lead picture" in page
    assert "Live since yesterday" in page


def test_a_picture_that_only_readers_have_is_said_to_be_used(editor, image, stories):
    story = stories[0]
    story.captions.all().delete()
    assert "In a published version, not in the draft" in page_of(editor, image)


def test_the_pages_ask_for_no_more_with_more_stories(
    editor, image, stories, django_assert_max_num_queries
):
    client = client_of(editor)
    image.credit = "New"
    image.save()
    with django_assert_max_num_queries(28):
        client.get(f"/admin/media/image/{image.pk}/change/")
    with django_assert_max_num_queries(12):
        client.get(f"/admin/media/image/words/?ids={image.pk}")

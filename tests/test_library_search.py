"""Finding pictures of the library: by words, by whose they are, by what they lack."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles.desk.pictures.search import Wish, find, months
from articles.rules.cursors import Cursor
from media.models import Image

pytestmark = pytest.mark.django_db


def found(user, now, **wish: object) -> list[int]:
    return find(user, Wish(**wish), at=now, limit=48).ids


def figure(image: Image) -> str:
    return f'<figure data-images="{image.pk}"></figure>'


def test_words_are_those_of_the_picture_or_of_the_headline_of_a_story_that_uses_it(
    reporter, make_picture, make_story, now
):
    placed = make_picture(by=reporter, caption="Thuyền trên sông")
    lead = make_picture(by=reporter, caption="Cầu mới")
    make_picture(by=reporter, caption="Thuyền ra khơi")
    make_story("Hội thi ở Đồng Tháp", body=figure(placed), lead_image=lead)
    assert found(reporter, now, words="dong thap") == [lead.pk, placed.pk]
    assert found(reporter, now, words="ĐỒNG thuyen") == [placed.pk]
    assert found(reporter, now, words="đồng khơi") == []


def test_headlines_that_a_person_may_not_see_find_nothing(
    reporter, other_reporter, editor, make_picture, make_story, now
):
    image = make_picture(by=reporter)
    image.holders.add(other_reporter)
    make_story("Secret inquiry", body=figure(image))
    assert found(reporter, now, words="inquiry") == [image.pk]
    assert found(editor, now, words="inquiry") == [image.pk]
    assert found(other_reporter, now, words="inquiry") == []
    assert found(other_reporter, now) == [image.pk]


def test_mine_are_those_that_i_brought_also_where_somebody_was_earlier(
    reporter, editor, make_picture, now
):
    mine, shared = make_picture(by=reporter), make_picture(by=editor)
    make_picture(by=editor)
    shared.holders.add(reporter)
    assert found(reporter, now, mine=True) == [shared.pk, mine.pk]


def test_unused_are_those_in_no_story_and_in_no_publication(
    reporter, editor, make_picture, make_story, publish_at, now
):
    placed, lead, live, unused = (make_picture(by=reporter) for _n in range(4))
    make_story("Placed", body=figure(placed))
    make_story("Lead", lead_image=lead)
    story = make_story("Live", body=figure(live))
    publish_at(story, now)
    story.refresh_from_db()
    story.captions.all().delete()
    assert found(editor, now, which="unused") == [unused.pk]


def test_what_lacks_words_is_found(reporter, make_picture, now):
    bare = make_picture(by=reporter)
    no_alt = make_picture(by=reporter, credit="Minh Khuê")
    no_credit = make_picture(by=reporter, alt_text="Thuyền")
    make_picture(by=reporter, alt_text="Cầu", credit="Minh Khuê")
    assert found(reporter, now, which="no_alt") == [no_alt.pk, bare.pk]
    assert found(reporter, now, which="no_credit") == [no_credit.pk, bare.pk]


def test_rights_that_end_within_a_week_and_rights_that_have_ended_are_two_lists(
    reporter, make_picture, now
):
    ends = {days: now + timedelta(days=days) for days in (-1, 0, 1, 7, 8)}
    ids = {days: make_picture(by=reporter, rights_until=end).pk for days, end in ends.items()}
    make_picture(by=reporter)
    assert found(reporter, now, which="ending") == [ids[7], ids[1]]
    assert found(reporter, now, which="ended") == [ids[0], ids[-1]]


def test_a_month_is_that_of_the_papers_clocks(reporter, make_picture, now):
    first, last, after = (make_picture(by=reporter) for _n in range(3))
    for image, moment in (
        (first, datetime(2026, 7, 31, 17, 0, tzinfo=UTC)),  # midnight in Vietnam
        (last, datetime(2026, 8, 31, 16, 59, 59, tzinfo=UTC)),
        (after, datetime(2026, 8, 31, 17, 0, tzinfo=UTC)),
    ):
        Image.objects.filter(pk=image.pk).update(uploaded_at=moment)
    assert found(reporter, now, month=date(2026, 8, 1)) == [last.pk, first.pk]
    assert months(Image.objects.all()) == [date(2026, 9, 1), date(2026, 8, 1)]


def test_there_are_no_months_of_an_empty_library(db):
    assert months(Image.objects.all()) == []


def test_pages_follow_each_other_without_gap_or_repetition(reporter, make_picture, now):
    ids = [make_picture(by=reporter).pk for _n in range(5)]
    # Two that arrived in the same moment still stand in one order.
    Image.objects.filter(pk__in=ids[1:3]).update(uploaded_at=Image.objects.first().uploaded_at)
    everything = list(Image.objects.order_by("-uploaded_at", "-pk").values_list("pk", flat=True))
    page = find(reporter, Wish(), at=now, limit=2)
    seen = page.ids
    while page.next:
        page = find(reporter, Wish(), at=now, limit=2, after=Cursor.read(str(page.next)))
        seen += page.ids
    assert seen == everything


@pytest.mark.parametrize(
    "given",
    [{"month": "2026-13"}, {"month": "9999-12"}, {"which": "x"}, {"whose": "x"}, {"q": "\0 \n"}],
)
def test_an_address_that_makes_no_sense_wishes_for_nothing(given):
    assert Wish.of_address(given.get) == Wish()


def test_the_search_is_one_query(
    reporter, make_picture, make_story, now, django_assert_num_queries
):
    make_picture(by=reporter)
    find(reporter, Wish(), at=now, limit=48)
    with django_assert_num_queries(1):
        find(reporter, Wish(words="a b", mine=True, which="unused"), at=now, limit=48)

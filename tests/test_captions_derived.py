"""Captions, byline and related links of a working copy: in line with it after each save."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Author
from articles.publishing.freezing import byline_of, links_of
from articles.publishing.saving import save_story
from articles.rules.content import ContentLink

VIDEO = ' data-embed="https://vimeo.com/76979871"'


@pytest.fixture
def ids(make_picture, reporter):
    return [make_picture(by=reporter).pk for _n in range(3)]


def body_of(figures, ids):
    return "<p>x</p>".join(
        f'<figure{VIDEO if video else ""} data-images="{" ".join(str(ids[n]) for n in numbers)}">'
        f"<figcaption>{caption}</figcaption></figure>"
        for video, numbers, caption in figures
    )


FIGURES = st.lists(
    st.one_of(
        st.tuples(st.just(False), st.permutations(range(3)).map(lambda p: p[:2]), st.sampled_from("ab")),
        st.tuples(st.just(True), st.sampled_from([[], [0]]), st.sampled_from(["", "a"])),
    ),
    max_size=3,
)  # fmt: skip


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bodies=st.lists(FIGURES, min_size=1, max_size=3))
def test_captions_are_what_the_body_says_whatever_it_said_before(draft, reporter, ids, bodies):
    for figures in bodies:
        draft.body = body_of(figures, ids)
        save_story(draft, by=reporter)
        assert [
            (caption.text, [row.image_id for row in caption.image_rows.all()])
            for caption in draft.captions.all()
        ] == [(caption, [ids[n] for n in numbers]) for _video, numbers, caption in figures]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(False, [0, 1], "a")], [(False, [1, 0], "a")]),
        ([(False, [0, 1], "a")], [(False, [0, 2], "a")]),
        ([(False, [0, 1], "a")], [(False, [0, 1], "b")]),
        ([(False, [0], "a"), (False, [1], "a")], [(False, [0, 1], "a")]),
        ([(True, [0], "a")], [(True, [], "a")]),
        ([(True, [], "")], []),
    ],
)
def test_a_change_of_one_thing_only_reaches_the_captions(draft, reporter, ids, before, after):
    for figures in (before, after):
        draft.body = body_of(figures, ids)
        save_story(draft, by=reporter)
    assert [
        (caption.text, [row.image_id for row in caption.image_rows.all()])
        for caption in draft.captions.all()
    ] == [(caption, [ids[n] for n in numbers]) for _video, numbers, caption in after]


def test_byline_and_links_follow_in_their_order_and_stay_where_nothing_is_said(
    draft, reporter, published
):
    an, binh = (Author.objects.create(name=name, slug=name.lower()) for name in ("An", "Binh"))
    links = [ContentLink(target_id=published.pk), ContentLink(url="https://a.example/", title="A")]
    for authors in ([an, binh], [binh, an], [binh, an, binh], []):
        save_story(draft, by=reporter, authors=authors, links=links)
        assert byline_of(draft) == list(dict.fromkeys(authors))
        assert links_of(draft) == links
        links.reverse()
    save_story(draft, by=reporter)
    assert links_of(draft) == links[::-1]


def test_an_untouched_story_is_saved_in_one_write(forum_report, reporter):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        save_story(forum_report, by=reporter)
    written = [
        q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(written) == 1


def test_a_changed_caption_is_refused_and_the_door_named(forum_report):
    caption = forum_report.captions.first()
    caption.text = "Typed into the wrong table"
    place = caption.image_rows.get()
    place.position = 5
    for row in (caption, place):
        with pytest.raises(TypeError, match="save_story"):
            row.save()
    assert forum_report.captions.first().text == "Caption 1"

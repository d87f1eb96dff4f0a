"""What nobody sees is nothing: a field that holds only that is told to be empty."""

import unicodedata

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL.ExifTags import Base
from PIL.Image import Exif

from articles.models import Article, Author, Category
from articles.publishing import saving, workflow
from articles.rules.refusals import WorkflowError
from articles.text import clean_html, plain_line
from media import library
from media.models import Image
from media.text import is_blank, one_line
from tests import desk, pictures

UNSEEN = {
    "zero width space": "\u200b",
    "joiners": "\u200c\u200d\u2060",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "no-break spaces": "\u00a0\u202f\u2007",
    "directions": "\u200e\u202e\u2066\u2069\u061c",
    "Hangul fillers": "\u115f\u1160\u3164\uffa0",
    "braille blank": "\u2800",
    "grapheme joiner": "\u034f",
    "variation selectors": "\ufe0f\U000e0100",
    "tags": "\U000e0041",
    "a mark on nothing": "\u0301",
    "Khmer vowels without a look": "\u17b4\u17b5",
    "Mongolian separator": "\u180e\u180b",
    "place of an object": "\ufffc",
    "ideographic space": "\u3000",
    "mixed": " \u200b\u00ad \u3164\u2800\u034f ",
}
unseen = pytest.mark.parametrize("nothing", UNSEEN.values(), ids=UNSEEN)
LETTERS = st.sampled_from([*"".join(UNSEEN.values()), " "])


@unseen
def test_what_nobody_sees_is_blank(nothing):
    assert is_blank(nothing)
    assert plain_line(nothing) == one_line(nothing, 100) == ""


@pytest.mark.parametrize(
    "text",
    ["a", "…", "5", "新闻", "ព័ត៌មាន", "한글", "😀", "👨\u200d👩", "❤\ufe0f", "⠓", "€", "\u200bĐ"],
)
def test_what_is_seen_is_not_blank(text):
    assert not is_blank(text)
    assert plain_line(text)
    assert one_line(text, 100)


@given(st.lists(LETTERS).map("".join), st.characters(categories=["L", "N", "P", "S"]))
def test_one_letter_among_what_nobody_sees_is_enough(nothing, letter):
    assert is_blank(nothing)
    if letter not in "".join(UNSEEN.values()):
        assert is_blank(f"{nothing}{letter}{nothing}") == is_blank(letter)
        assert is_blank(letter) == (unicodedata.name(letter, "") == "MUSICAL SYMBOL NULL NOTEHEAD")


@unseen
def test_a_headline_that_nobody_sees_is_missing(client, reporter, nothing):
    desk.log_in(client, reporter)
    response = desk.save(client, headline=nothing, lede="Kept")
    assert desk.errors(response) == {"headline": ["A story needs a headline to be saved."]}
    assert desk.fields(response)["lede"] == ["Kept"]
    assert not Article.objects.exists()


@unseen
def test_rows_and_lines_of_a_story_that_nobody_sees_are_left_out(client, reporter, nothing):
    desk.log_in(client, reporter)
    response = desk.save(
        client,
        headline="H",
        dateline=nothing,
        lede=nothing,
        byline=nothing,
        slug=nothing,
        authors=[nothing, "Minh Khuê"],
        links_words=[nothing, "https://a.example/"],
        links_target=["", ""],
        links_title=[nothing, "A"],
        body=f"<p>x</p><figure data-embed='https://youtu.be/dQw4w9WgXcQ'><figcaption>{nothing}"
        "</figcaption></figure>",
    )
    assert response.status_code == 302
    story = Article.objects.get()
    assert (story.dateline, story.lede, story.byline, story.slug) == ("", "", "", "h")
    assert story.byline_rows.get().author.name == "Minh Khuê"
    assert story.related_links.get().title == "A"
    assert story.captions.get().text == ""


@unseen
def test_a_link_whose_title_nobody_sees_asks_for_one(client, reporter, nothing):
    desk.log_in(client, reporter)
    response = desk.save(
        client,
        headline="H",
        links_words=["https://a.example/"],
        links_target=[""],
        links_title=[nothing],
    )
    assert "Write a title" in desk.errors(response)["links"][0]


@unseen
def test_a_caption_that_nobody_sees_is_none(nothing):
    html = f'<figure data-images="1"><figcaption>{nothing}<em>{nothing}</em></figcaption></figure>'
    assert clean_html(html) == '<figure data-images="1"></figure>'


@unseen
def test_names_of_the_paper_that_nobody_sees_are_missing(client, managing_editor, nothing):
    desk.log_in(client, managing_editor)
    for model, fields in (
        ("category", {"name": nothing, "position": 1}),
        ("author", {"name": nothing, "slug": "a"}),
    ):
        response = client.post(reverse(f"admin:articles_{model}_add"), fields)
        errors = response.context["adminform"].form.errors
        assert errors["name"] == ["This field is required."]
    response = client.post(
        reverse("admin:auth_user_add"),
        {"username": nothing, "role": "reporter", "pen_name": nothing},
    )
    assert "username" in response.context["adminform"].form.errors
    assert not Category.objects.exists()
    assert not Author.objects.exists()
    assert User.objects.count() == 1


@unseen
def test_words_of_a_picture_that_nobody_sees_are_none(client, editor, make_picture, nothing):
    desk.log_in(client, editor)
    image = make_picture(by=editor, alt_text="Boats", credit="Minh Khuê")
    response = client.post(
        reverse("admin:articles_pictures_describe", args=[image.pk]),
        {"alt_text": nothing, "credit": nothing},
    )
    assert (response.json()["alt_text"], response.json()["credit"]) == ("", "")
    form = {"alt_text": nothing, "caption": nothing, "credit": nothing, "source": nothing}
    client.post(
        reverse("admin:media_image_change", args=[image.pk]),
        form | {"rights": nothing, "focus_x": 0.5, "focus_y": 0.5, "_save": "1"},
    )
    image.refresh_from_db()
    assert {image.alt_text, image.caption, image.credit, image.source, image.rights} == {""}


def test_what_nobody_sees_is_not_given_instead_of_a_files_own_words(client, editor):
    desk.log_in(client, editor)
    exif = Exif()
    exif[Base.Artist] = "Hai Trieu"
    data = pictures.jpeg((64, 48), 7, exif=exif)
    client.post(
        reverse("admin:media_image_add"),
        {"upload": SimpleUploadedFile("a.jpg", data), "credit": "\u200b", "alt_text": "\u00ad"},
    )
    assert Image.objects.get().credit == "Hai Trieu"


def test_a_correction_needs_a_text_that_is_seen(published, editor):
    with pytest.raises(WorkflowError, match="A correction needs its text"):
        workflow.publish(published, by=editor, kind="correction", note=" \u200b\u3164")


def test_no_story_is_published_under_a_headline_that_nobody_sees(draft, editor):
    draft.headline = "\u00ad\u3164"
    saving.save_story(draft, by=editor)
    with pytest.raises(WorkflowError, match="no headline yet"):
        workflow.publish(draft, by=editor)


def test_a_picture_brought_in_by_a_program_has_no_words_that_nobody_sees(db):
    image = library.add_picture(
        pictures.jpeg((64, 48), 8), "a.jpg", credit="\u3164", caption="\u00ad"
    )
    assert (image.credit, image.caption) == ("", "")

"""Addresses, as people paste them."""

import pytest
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.addresses import (
    RESERVED_SLUGS,
    is_reserved,
    own_path,
    settled,
    slug_of,
    story_id_of,
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Giá lúa tăng", "gia-lua-tang"),
        ("Đường Đà Nẵng: “thông xe”!", "duong-da-nang-thong"),
        # Cut at a word's end, which may be exactly there; one long word is cut anywhere.
        ("một hai ba bốn năm sáu bảy", "mot-hai-ba-bon-nam"),
        ("mười chín chữ là đây rồi", "muoi-chin-chu-la-day"),
        ("x" * 30, "x" * 20),
        ("", "tin"),
        ("！？", "tin"),
    ],
)
def test_an_address_is_made_of_the_words_that_fit(text, slug):
    assert slug_of(text, length=20) == slug


def test_every_word_that_an_address_begins_with_is_kept_from_sections():
    first = {str(each.pattern).split("/")[0] for each in get_resolver().url_patterns}
    site = get_resolver().url_patterns[-1].url_patterns
    first |= {str(each.pattern).split("/")[0] for each in site}
    # An address of a section has no dot.
    words = {word for word in first if word and "<" not in word and "." not in word}
    assert {"admin", "uploads", "healthz", "feed", "author"} <= words <= RESERVED_SLUGS


@given(st.text())
def test_no_spelling_of_a_reserved_word_is_free(text):
    for slug in (settled(text), slug_of(text)):
        assert is_reserved(slug) == (slug.casefold() in RESERVED_SLUGS)
        assert settled(slug) == slug


@pytest.mark.parametrize("word", sorted(RESERVED_SLUGS))
def test_a_reserved_word_in_capitals_is_reserved(word):
    assert is_reserved(word.upper())
    assert is_reserved(settled(f"-{word.title()}_"))
    assert is_reserved(slug_of(word.upper()))


@pytest.mark.parametrize(
    ("path", "story"),
    [
        ("/kinh-te/gia-lua-tang-12/", 12),
        ("/kinh-te/gia-lua-tang-12", 12),
        ("/Kinh-Te/Gia%20lua-12", 12),
        ("/kinh-te/12/", 12),
        ("/kinh-te/gia-lua-tang/", None),
        ("/kinh-te/gia-lua-tang-12/anh/", None),
        ("/gia-lua-tang-12/", None),
        ("kinh-te/gia-lua-tang-12/", None),
        ("/author/le-12/", None),
        ("/Author/le-12/", None),
        ("/kinh-te/x-" + "9" * 19, None),
        ("/kinh-te/x-\u0661/", None),
    ],
)
def test_the_id_decides_which_story_an_address_leads_to(path, story):
    assert story_id_of(path) == story


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://127.0.0.1:8000/a/b-1/", "/a/b-1/"),
        (" https://127.0.0.1:8000/a/b-1?x#y ", "/a/b-1"),
        ("/a/b-1/", "/a/b-1/"),
        ("", ""),
        ("http://127.0.0.1/a/b-1/", None),
        ("ftp://127.0.0.1:8000/a/b-1/", None),
        ("mailto:a@127.0.0.1:8000", None),
        ("http://127.0.0.1:port/a/b-1/", None),
        ("http://[", None),
    ],
)
def test_what_is_a_path_of_the_site_and_what_lies_elsewhere(address, path):
    assert own_path(address, "http://127.0.0.1:8000") == path

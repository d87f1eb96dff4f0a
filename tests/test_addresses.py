"""Addresses, as people paste them."""

import pytest

from articles.rules.addresses import own_path, story_id_of


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

"""Pages are compressed on their way; the same page always to the same bytes."""

import gzip

import pytest

pytestmark = pytest.mark.django_db

GZIP = {"accept-encoding": "gzip"}


@pytest.fixture
def story(client, published):
    return published.publications.get().get_absolute_url()


@pytest.mark.parametrize("address", ["/", "/feed/", "/kinh-te/", "/unknown/unknown-9/"])
def test_readers_get_fewer_bytes_and_always_the_same(client, story, address):
    plain = client.get(address).content
    first, second = (client.get(address, headers=GZIP) for _n in range(2))
    assert first["Content-Encoding"] == "gzip"
    assert gzip.decompress(first.content) == plain
    assert len(first.content) < len(plain)
    assert first.content == second.content
    assert first["Vary"] == client.get(address)["Vary"] == "Accept-Encoding"


def test_a_page_that_has_not_changed_is_not_sent_again(client, story):
    etag = client.get(story, headers=GZIP)["ETag"]
    assert client.get(story, headers=GZIP | {"if-none-match": etag}).status_code == 304


def test_the_desks_pages_are_compressed_and_their_length_tells_nothing(client, editor):
    client.force_login(editor)
    answers = [client.get("/admin/", headers=GZIP) for _n in range(8)]
    assert all("Bích Thủy" in gzip.decompress(answer.content).decode() for answer in answers)
    assert len({len(answer.content) for answer in answers}) > 1


def test_pictures_are_sent_as_they_are(client, make_picture):
    file = make_picture().renditions.first().file
    answer = client.get(f"/uploads/{file.name}", headers=GZIP)
    assert "Content-Encoding" not in answer
    assert answer["Content-Length"] == str(file.size)
    assert answer.getvalue()

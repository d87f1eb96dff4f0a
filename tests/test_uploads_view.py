"""Stored pictures at /uploads/: only ours, kept for ever by browsers, and never a page."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

# Closing an answer touches the connection, not the database.
pytestmark = pytest.mark.django_db

NAME = "ab/" + "0123456789" * 3 + "01234567"


@pytest.fixture(autouse=True)
def _files(storage, tmp_path):
    """One of our pictures, and what may lie beside it."""
    for name in (f"{NAME}.jpg", f"{NAME}.avif", f"{NAME}.html", "ab/note.jpg", "secret.txt"):
        default_storage.save(name, ContentFile(b"bytes of " + name[-4:].encode()))
    (tmp_path / "outside.jpg").write_bytes(b"outside")


@pytest.fixture
def ask(client):
    """Ask for a stored file; the answer is closed after the test, as a server does it."""
    answers = []

    def ask(name, method="get"):
        answers.append(getattr(client, method)(f"/uploads/{name}"))
        return answers[-1]

    yield ask
    for answer in answers:
        answer.close()


@pytest.mark.parametrize(("extension", "kind"), [("jpg", "image/jpeg"), ("avif", "image/avif")])
def test_a_stored_picture_is_served_to_be_kept_for_ever(ask, extension, kind):
    response = ask(f"{NAME}.{extension}")
    assert response.status_code == 200
    assert response.streaming
    assert response.getvalue() == b"bytes of " + f".{extension}"[-4:].encode()
    assert response["Content-Type"] == kind
    assert response["Content-Length"] == str(len(b"bytes of xxxx"))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert "Vary" not in response
    assert not response.cookies


def test_it_is_streamed(ask):
    assert ask(f"{NAME}.jpg").streaming


def test_a_head_gets_the_same_headers_and_no_bytes(ask):
    response = ask(f"{NAME}.jpg", "head")
    assert response.status_code == 200
    assert response["Content-Length"] == "13"
    assert response.getvalue() == b""


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_nothing_but_reading_is_allowed(ask, method):
    assert ask(f"{NAME}.jpg", method).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME}.html",
        f"{NAME}.JPG",
        f"{NAME}.jpg/",
        f"{NAME}.jpg%00",
        f"{NAME[:-1]}f.jpg",
        "ab/note.jpg",
        "secret.txt",
        "ab",
        "ab/",
        "../outside.jpg",
        "..%2Foutside.jpg",
        "ab/../../outside.jpg",
        "/etc/passwd",
        "%E2%80%AE.jpg",
        "a" * 3000,
    ],
)
def test_any_other_name_is_a_plain_404(ask, name):
    response = ask(name)
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain"
    assert response.content == b"Not found\n"
    assert not response.cookies


def test_a_storage_that_does_not_answer_is_a_plain_503(ask, monkeypatch):
    def fail(name):
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "open", fail)
        response = ask(f"{NAME}.jpg")
    assert response.status_code == 503
    assert response["Content-Type"] == "text/plain"
    assert "immutable" not in response.get("Cache-Control", "")


def test_no_query_is_asked(ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask(f"{NAME}.jpg").status_code == 200

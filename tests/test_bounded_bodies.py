"""A body that is larger than its address takes is refused before a byte of it is parsed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom import bodies
from newsroom.bodies import REFUSED, Most, Refusal
from newsroom.middleware import RefusalMiddleware

ENCODED = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
LOGIN = "/admin/login/"
STORY = "/admin/articles/article/add/"
PICTURE = "/admin/articles/article/pictures/add/"


class Unreadable:
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")


def answer(length: str, address: str = LOGIN, kind: str = ENCODED, **told: object) -> HttpResponse:
    request = RequestFactory().post(address, content_type=kind)
    request.META |= {"CONTENT_LENGTH": length, "wsgi.input": Unreadable(), **told}
    return RefusalMiddleware(lambda _request: HttpResponse())(request)


@pytest.mark.parametrize(
    ("address", "kind", "most"),
    [
        ("/", PARTS, Most.FORM_OF_ANYBODY),
        ("/thoi-su/", ENCODED, Most.FORM_OF_ANYBODY),
        (LOGIN, PARTS, Most.FORM_OF_ANYBODY),
        (LOGIN, ENCODED, Most.FORM_OF_ANYBODY),
        ("/admin/password-reset/", PARTS, Most.FORM_OF_ANYBODY),
        ("/admin/password-reset/Mg/token/", PARTS, Most.FORM_OF_ANYBODY),
        ("/admin/language/", PARTS, Most.FORM_OF_ANYBODY),
        ("/admin/nowhere/at/all/", PARTS, Most.FORM),
        ("/admin/articles/article/7/publish/", PARTS, Most.FORM),
        ("/admin/articles/article/7/publish/", ENCODED, Most.PERCENT_ENCODED),
        ("/admin/articles/article/7/publish/", "text/plain", Most.PERCENT_ENCODED),
        ("/admin/articles/article/7/publish/", "", Most.PERCENT_ENCODED),
        (STORY, PARTS, Most.STORY),
        (STORY, ENCODED, Most.PERCENT_ENCODED),
        ("/admin/articles/article/7/change/", PARTS, Most.STORY),
        ("/admin/articles/article/7/preview/", PARTS, Most.STORY),
        ("/admin/articles/article/7/version/2/", PARTS, Most.STORY),
        ("/admin/articles/article/add/preview/", PARTS, Most.STORY),
        ("/admin/articles/article/add/preview/", ENCODED, Most.PERCENT_ENCODED),
        (PICTURE, PARTS, Most.PICTURE),
        (PICTURE, ENCODED, Most.PERCENT_ENCODED),
        ("/admin/media/image/add/", PARTS, Most.PICTURE),
        ("/admin/media/image/7/replace/", PARTS, Most.PICTURE),
        ("/admin/media/image/7/change/", PARTS, Most.FORM),
    ],
)
def test_each_address_takes_what_its_form_may_send(address, kind, most):
    assert bodies.most(address, kind) == most
    assert answer(str(most), address, kind).status_code == 200
    assert answer(str(most + 1), address, kind).status_code == 413


@pytest.mark.parametrize("length", ["", "0", "-5", "much", "1e99", "٣"])
def test_a_length_that_says_nothing_is_left_to_the_server(length):
    assert answer(length).status_code == 200


def test_a_length_beyond_all_numbers_is_too_large():
    assert answer("9" * 4000).status_code == 413


@pytest.mark.parametrize("address", ["/", LOGIN, STORY, PICTURE, "/healthz", "/no/such/page/"])
def test_it_is_refused_at_every_address(client, db, address):
    assert client.post(address, {}, CONTENT_LENGTH=str(50_000_000)).status_code == 413


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal.TOO_LARGE, 413),
        (Refusal.LOGGED_OUT, 401),
        (Refusal.BUSY, 503),
        (Refusal.NO_ROOM, 507),
    ],
)
def test_a_person_reads_why_and_a_script_reads_json(refusal, status):
    told = {REFUSED: refusal}
    page = answer("0", PICTURE, PARTS, HTTP_ACCEPT="text/html,*/*;q=0.8", **told)
    script = answer("0", PICTURE, PARTS, HTTP_ACCEPT="*/*", **told)

    assert (page.status_code, script.status_code) == (status, status)
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.content.decode().strip() in script.content.decode()


def test_who_finds_all_busy_is_told_when_to_come_back():
    assert int(answer("0", PICTURE, PARTS, **{REFUSED: Refusal.BUSY}).headers["Retry-After"]) > 0
    assert "Retry-After" not in answer("0", PICTURE, PARTS, **{REFUSED: Refusal.NO_ROOM}).headers

"""A request that is larger than anything we take is refused before a byte of it is read."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.middleware import MAX_BODY, BodyLimitMiddleware


class Unreadable:
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")


def answer(length: str) -> int:
    request = RequestFactory().post("/admin/login/")
    request.META |= {"CONTENT_LENGTH": length, "wsgi.input": Unreadable()}
    return BodyLimitMiddleware(lambda _request: HttpResponse())(request).status_code


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 4000])
def test_too_large_is_refused_unread(length):
    assert answer(length) == 413


@pytest.mark.parametrize("length", ["", "0", str(MAX_BODY), "-5", "much", "1e99", "٣"])
def test_all_else_goes_on(length):
    assert answer(length) == 200


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/admin/articles/article/pictures/add/"])
def test_it_is_refused_at_every_address(client, db, address):
    assert client.post(address, {}, CONTENT_LENGTH=str(MAX_BODY + 1)).status_code == 413

"""Whatever bytes arrive, the answer is no 500, at the desk and at the site, on both databases."""

from io import BytesIO

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from newsroom.wellformed import mended
from tests import desk

pytestmark = pytest.mark.django_db

ODD = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "%C0%80",
    "%E2%80%AE",
    "9" * 400,
    "9" * 5000,
    "%0A",
    "..%2F",
]
PUBLIC = [
    "/{}",
    "/{}/",
    "/kinh-te/?before={}",
    "/kinh-te/?before=2026-11-27T10:00:00Z_{}",
    "/author/{}/",
    "/author/minh-khue/?before={}",
    "/kinh-te/feed/?x={}",
    "/{}/feed/",
    "/kinh-te/{}-1/",
    "/kinh-te/x-1{}/",
    "/search/?q={}",
    "/sitemap/{}.xml",
    "/uploads/{}",
    "/healthz?{}",
    "/static/{}",
    "/?{}",
]
DESK = [
    *(
        f"/admin/{thing}/?{name}={{}}"
        for thing, names in {
            "articles/article": "q p o e state section genre mine all _popup _to_field _facets x",
            "articles/author": "q p o e _popup",
            "articles/category": "q p o",
            "articles/record": "q p o verb",
            "auth/user": "q p o is_active__exact is_active",
            "media/image": "q whose which month by before p _changelist_filters",
            "articles/publication": "q p o",
            "articles/caption": "q p o",
            "articles/relatedlink": "q p o",
        }.items()
        for name in names.split()
    ),
    "/admin/?{}",
    "/admin/{}",
    "/admin/login/?next={}",
    "/admin/site-at/{}/",
    "/admin/site-at/2030-01-01T06:00/kinh-te/?before={}",
    "/admin/site-at/2030-01-01T06:00/{}",
    "/admin/articles/article/find/?q={}",
    "/admin/articles/article/names/?q={}",
    "/admin/articles/article/pictures/?q={}&month={}&before={}&which={}&whose={}",
    "/admin/articles/article/pictures/data/?ids={}&story={}",
    "/admin/articles/article/{}/change/?_changelist_filters={}",
    "/admin/media/image/many/?ids={}&next={}",
    "/admin/media/image/words/?ids={}",
    "/admin/media/image/photographers/?q={}",
    "/admin/media/image/delete/?ids={}",
    "/admin/password-reset/{}/{}/",
    "/admin/jsi18n/?language={}",
]
FORMS = [
    "/admin/articles/article/add/",
    "/admin/articles/author/add/",
    "/admin/articles/category/add/",
    "/admin/articles/category/",
    "/admin/articles/paper/1/change/",
    "/admin/articles/article/pictures/add/",
    "/admin/auth/user/add/",
    "/admin/media/image/add/",
    "/admin/media/image/many/",
    "/admin/language/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/password-reset/",
    "/admin/password_change/",
]
NAMES = """
    headline lede dateline section genre byline body slug authors authors_id links_words
    links_target links_title lead_image form_id version copy name former parent position
    description username password password1 password2 first_name email role pen_name alt_text
    caption credit source at until when kind note press seen waiting ids next language
    old_password new_password1 new_password2 rights_until taken_at focus_x focus_y ai form-
    TOTAL_FORMS form-INITIAL_FORMS form-0-id form-0-position action _selected_action mark
    licence channels user _save csrfmiddlewaretoken
"""
HEADERS = """
    HTTP_ACCEPT_LANGUAGE HTTP_ACCEPT HTTP_ACCEPT_ENCODING HTTP_IF_NONE_MATCH HTTP_ORIGIN
    HTTP_REFERER HTTP_IF_MODIFIED_SINCE HTTP_X_FORWARDED_FOR HTTP_X_REAL_IP HTTP_RANGE
    HTTP_X_FORWARDED_PROTO HTTP_USER_AGENT HTTP_X_CSRFTOKEN HTTP_X_REQUESTED_WITH
"""
TYPES = [
    "",
    "x",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\xff",
    "multipart/form-data; boundary=" + "b" * 5000,
    "application/x-www-form-urlencoded; charset=unicode_escape",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=hex",
    "application/x-www-form-urlencoded; charset=\xff",
    "multipart/form-data; boundary=b; charset=unicode_escape",
    "multipart/form-data; boundary=b; charset=hex",
    "multipart/form-data; boundary=b; charset=idna",
    "text/html; charset=utf-7",
    ";;;" * 100,
]
PART = (
    b'--b\r\nContent-Disposition: form-data; name="headline"\r\n\r\n\\ud800\x00\xff\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="\\ud800\x00\xff.jpg"\r\n'
    b"Content-Type: \xff\x00\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n"
)


class Server(Client):
    """A client whose requests are mended as newsroom.wsgi has them mended."""

    def request(self, **request: object):
        return super().request(**mended(self._base_environ(**request)))


@pytest.fixture
def client() -> Client:
    return Server()


def answered(client: Client, method: str, address: str, **sent: object) -> HttpResponse:
    try:
        response = getattr(client, method)(address, **sent)
    except Exception as error:
        error.add_note(f"{method} {address} {sent}"[:300])
        raise
    assert response.status_code < 500, f"{method} {address} {sent}"[:300]
    return response


@pytest.fixture
def at_desk(client, managing_editor):
    return desk.log_in(client, managing_editor)


@pytest.mark.parametrize("odd", ODD)
def test_the_sites_addresses(client, published, reporter, odd):
    for address in PUBLIC:
        answered(client, "get", address.format(*[odd] * 5))


@pytest.mark.parametrize("odd", ODD)
def test_the_desks_addresses(at_desk, draft, odd):
    for address in DESK:
        answered(at_desk, "get", address.format(*[odd] * 5))


@pytest.mark.parametrize("odd", ["\0", "a\0b", "\u202e", "9" * 400, "9" * 5000, "\n", "\ud7ff"])
def test_every_field_of_the_desks_forms(at_desk, draft, make_picture, odd):
    image = make_picture()
    story = draft.pk
    addresses = [
        *FORMS,
        f"/admin/articles/article/{story}/change/",
        f"/admin/articles/article/{story}/publish/",
        f"/admin/articles/article/{story}/submit/",
        f"/admin/articles/article/{story}/delete/",
        f"/admin/media/image/{image.pk}/change/",
        f"/admin/media/image/{image.pk}/replace/",
        f"/admin/media/image/{image.pk}/rights/",
        f"/admin/articles/article/pictures/{image.pk}/describe/",
    ]
    for address in addresses:
        sent = dict.fromkeys(NAMES.split(), odd)
        response = answered(at_desk, "post", address, data=sent, HTTP_ACCEPT_LANGUAGE="vi")
        assert "Null characters" not in getattr(response, "text", ""), address
        at_desk.force_login(draft.owner.__class__.objects.get(username="managing-editor"))


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("address", ["/admin/articles/article/add/", "/admin/login/", "/kinh-te/"])
def test_bodies_of_any_kind(at_desk, section, kind, address):
    for body in (b"", b"a=%00&b=\\ud800", b"headline=\\ud800&body=\\ud800&q=\xff", PART):
        for method in ("POST", "GET"):
            sent = {"path": f"{address}?q=%5Cud800", "data": body, "content_type": kind}
            answered(at_desk, "generic", method, **sent, CONTENT_TYPE=kind)


@pytest.mark.parametrize("length", ["", "-1", "x", "9", "1e9", "٣", "0x10", " 5 "])
def test_a_length_that_lies(at_desk, length):
    form = {"wsgi.input": BytesIO(b"headline=x"), "CONTENT_LENGTH": length}
    kind = "application/x-www-form-urlencoded"
    for address in ("/admin/articles/article/add/", "/admin/login/", "/"):
        answered(at_desk, "generic", "POST", path=address, content_type=kind, **form)


COOKIES = [
    "\0",
    '"aaaaaaaa\\000"',
    "x" * 5000,
    "\xff" * 20,
    "'",
    "aaaaaaaa",
    '"\\377\\377aaaaaaaa"',
]


@pytest.mark.parametrize("cookie", COOKIES)
def test_cookies_of_any_kind(client, section, cookie):
    names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", "django_language"]
    for name in names:
        for address in ("/", "/admin/", "/admin/login/", "/admin/articles/article/alive/"):
            for method in ("get", "post"):
                answered(client, method, address, HTTP_COOKIE=f"{name}={cookie}")


@pytest.mark.parametrize("value", ["\0", "\xff", "x" * 9000, "1.2.3.4, \0", "[::1", "é"])
def test_headers_of_any_kind(at_desk, section, value):
    for name in HEADERS.split():
        for address in ("/", "/admin/", reverse("admin:login")):
            answered(at_desk, "get", address, **{name: value})
            answered(at_desk, "post", address, **{name: value})


def test_what_browsers_send_is_left_as_it_is():
    for kind in (
        "",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "multipart/form-data; boundary=----WebKitFormBoundaryABC",
    ):
        sent = {"CONTENT_TYPE": kind, "HTTP_COOKIE": 'sessionid=abc; csrftoken="d e"', "X": 1}
        assert mended(sent) == sent


def test_the_server_mends_requests():
    from newsroom.wsgi import application

    seen = {}

    def answer(status: str, headers: list) -> None:
        seen["status"] = status

    environ = Client()._base_environ(CONTENT_TYPE="text/plain; charset=hex", QUERY_STRING="q=1")
    list(application(environ | {"PATH_INFO": "/uploads/nothing"}, answer))
    assert seen["status"].startswith("404")

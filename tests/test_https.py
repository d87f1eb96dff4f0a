"""A public site is spoken to by https only, and says so to browsers."""

import pytest
from django.test import Client

HSTS = "Strict-Transport-Security"


@pytest.fixture
def public(settings):
    """The settings that follow from SITE_URL=https://baovinhsa.example."""
    settings.SITE_URL = "https://baovinhsa.example"
    settings.ALLOWED_HOSTS = ["baovinhsa.example", "www.baovinhsa.example"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "baovinhsa.example"
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def over(scheme: str, host: str = "baovinhsa.example") -> Client:
    return Client(headers={"x-forwarded-proto": scheme, "host": host})


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/no/such/page", "/static/site/site.css"])
def test_browsers_are_told_to_use_https_for_a_year(db, public, path):
    response = over("https").get(path)
    assert response.headers[HSTS] == "max-age=31536000"
    assert response.status_code in (200, 404)


@pytest.mark.parametrize("host", ["baovinhsa.example", "www.baovinhsa.example", "evil.example"])
def test_http_leads_to_the_sites_own_address(public, host):
    response = over("http", host).get("/kinh-te/?before=1-1")
    assert response.status_code == 301
    assert response.headers["Location"] == "https://baovinhsa.example/kinh-te/?before=1-1"
    assert HSTS not in response.headers


def test_a_probe_on_this_machine_needs_neither_https_nor_the_name(db, public):
    for path in ("/healthz", "/readyz"):
        for host in ("127.0.0.1:8001", "localhost"):
            assert over("http", host).get(path).status_code == 200
    assert over("https", "127.0.0.1:8001").get("/").status_code == 400


def test_on_the_developers_machine_nothing_is_asked(db):
    response = Client().get("/")
    assert response.status_code == 200
    assert HSTS not in response.headers

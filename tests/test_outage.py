"""The page of an error: there whatever is missing, and truthful about coming again."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import InterfaceError, OperationalError
from django.test import Client

from articles.site import pages
from newsroom import outage
from newsroom.storage import StaticStorage


def get(path: str = "/"):
    return Client(raise_request_exception=False).get(path)


def failing(error: Exception):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [OperationalError("secret"), InterfaceError("secret")])
@pytest.mark.parametrize("path", ["/", "/no-such-section/", "/feed/", "/sitemap.xml", "/a/b-1/"])
def test_readers_are_told_to_come_again_while_the_database_is_away(monkeypatch, path, error):
    from django.db.models.sql.compiler import SQLCompiler

    monkeypatch.setattr(SQLCompiler, "execute_sql", failing(error))
    response = get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "no-store"
    assert "secret" not in response.content.decode()


def test_any_other_error_is_a_500(monkeypatch):
    monkeypatch.setattr(pages, "home", failing(RuntimeError("secret")))
    response = get()
    assert response.status_code == 500
    assert "Retry-After" not in response.headers
    assert "secret" not in response.content.decode()


def test_without_static_files_the_page_has_its_words(db, monkeypatch, tmp_path):
    """Each page names its style sheet, which is what fails."""
    monkeypatch.setattr(staticfiles_storage, "_wrapped", StaticStorage(location=tmp_path))
    for path in ("/", "/no/such/page"):
        response = get(path)
        assert response.status_code == 500
        assert "<h1>" in response.content.decode()


def test_the_page_needs_no_database_template_or_file(monkeypatch, settings):
    """This test has no leave to ask the database."""
    settings.TEMPLATES = []
    settings.STATIC_ROOT = "/no/such/folder"
    text = outage.page()
    assert "<h1>" in text
    assert "src=" not in text
    assert "<link" not in text
    assert "<script" not in text


def test_the_page_speaks_the_sites_language(settings):
    settings.LANGUAGE_CODE = "vi"
    assert '<html lang="vi">' in outage.page()
    assert "thử lại" in outage.page()
    settings.LANGUAGE_CODE = "en"
    assert '<html lang="en">' in outage.page()
    assert "try again" in outage.page()


def test_the_page_that_nginx_shows_while_nothing_answers_is_the_same(settings):
    settings.LANGUAGE_CODE = "vi"
    deployed = Path(__file__).parent.parent / "deploy" / "outage.html"
    assert deployed.read_text(encoding="utf-8") == outage.page()

"""Every public address: what it asks the database for, and what it sends along."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from articles.models import Article, FormerSlug, PreviewLink
from articles.site import urls
from media.models import Rendition
from newsroom.security import site_policy
from tests.site_pages import address

DESK_TABLES = re.compile(
    r'"?\b(articles_(article|articleauthor|caption|captionimage|relatedlink|record|save|typedcopy|presence)|auth_\w+'
    r'|django_session|django_admin_log|media_image_holders)\b"?'
)
SECRET = "Words that nobody has approved"


@pytest.fixture
def addresses(
    paper, part, forum_report, corrected, withdrawn, scheduled, draft, publish_at, now, make_story
) -> dict[str, list[str]]:
    """Paths of each public address, by its name in the URL configuration."""
    publish_at(forum_report, now)
    FormerSlug.objects.create(slug="kinh-doanh", section=part.parent)
    for article in (forum_report, draft, scheduled):
        secret = dict.fromkeys(("headline", "lede", "body"), SECRET)
        Article.objects.filter(pk=article.pk).update(**secret)
    unseen = [address(withdrawn), address(scheduled), f"/kinh-te/x-{draft.pk}/"]
    return {
        "home": ["/", "/?unknown=1"],
        "feed": ["/feed/"],
        "sitemap": ["/sitemap.xml"],
        "sitemap_part": ["/sitemap/sections.xml", f"/sitemap/{now:%Y-%m}.xml"],
        "robots": ["/robots.txt"],
        "favicon": ["/favicon.ico"],
        "author": ["/author/minh-khue/"],
        "corrections": ["/corrections/", f"/corrections/?before=0-{draft.pk}"],
        "section": ["/kinh-te/", "/nong-nghiep/", "/kinh-doanh/", f"/kinh-te/?before=0-{draft.pk}"],
        "section_feed": ["/kinh-te/feed/", "/kinh-doanh/feed/"],
        "story": [address(forum_report), address(corrected), *unseen],
        "without_slash": ["/kinh-te", address(forum_report).rstrip("/"), "/no/such/page"],
    }


@pytest.fixture
def frozen(addresses, forum_report, now) -> dict[str, list[str]]:
    """What only somebody with a link gets, and nobody keeps."""
    image = forum_report.publications.get().pictures.first().image
    name = image.renditions.first().file.name
    link = PreviewLink.objects.create(
        key="k" * 43, article=forum_report, html="<p>Frozen</p>", files=[name], made_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return {
        "preview": ["/preview/x/", f"/preview/{link.key}/"],
        "preview_file": [f"/preview/{link.key}/{name}", f"/preview/{link.key}/x.jpg"],
    }


@pytest.fixture
def others(forum_report) -> dict[str, list[str]]:
    """What is public outside articles.site.urls."""
    return {
        "healthz": ["/healthz"],
        "readyz": ["/readyz"],
        "uploads/": [f"/uploads/{Rendition.objects.first().file.name}"],
    }


def everything(*groups: dict[str, list[str]]) -> list[str]:
    return [path for group in groups for paths in group.values() for path in paths]


def test_every_public_address_is_in_this_test(addresses, frozen, others):
    site = {pattern.name for pattern in urls.urlpatterns}
    rest = {
        getattr(pattern, "name", None) or str(pattern.pattern)
        for pattern in get_resolver().url_patterns
        if not str(pattern.pattern).startswith("admin/")
    }

    assert addresses.keys() | frozen.keys() == site
    assert others.keys() == rest - {""}


def test_no_public_address_asks_for_a_desk_table(addresses, frozen, others):
    for path in everything(addresses, frozen, others):
        with CaptureQueriesContext(connection) as asked:
            _answer(path)
        for query in asked:
            assert not DESK_TABLES.search(query["sql"]), (path, query["sql"])


def test_the_expression_above_finds_desk_tables():
    assert DESK_TABLES.search('SELECT 1 FROM "articles_article"')
    assert DESK_TABLES.search('JOIN "auth_user" ON')
    assert not DESK_TABLES.search('FROM "articles_publication" JOIN "articles_author"')


@pytest.mark.parametrize("path", ["home", "story", "section"])
def test_a_reader_with_a_session_cookie_costs_no_look_at_sessions(addresses, editor, path):
    client = Client()
    client.force_login(editor)

    with CaptureQueriesContext(connection) as asked:
        client.get(addresses[path][0])

    assert not [query for query in asked if DESK_TABLES.search(query["sql"])]


@contextmanager
def without_rights_on_the_desk() -> Iterator[None]:
    """As a PostgreSQL role that may read the site's tables and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE reader_of_the_site")
        for table in connection.introspection.table_names(cursor):
            if not DESK_TABLES.fullmatch(table):
                cursor.execute(f'GRANT SELECT ON "{table}" TO reader_of_the_site')
        # Openings of a preview link are counted.
        cursor.execute("GRANT UPDATE ON articles_previewlink TO reader_of_the_site")
        cursor.execute("SET ROLE reader_of_the_site")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_all_answers_are_the_same_for_a_role_without_rights_on_the_desk(addresses, frozen, others):
    paths = everything(addresses, frozen, others)
    before = [_answer(path) for path in paths]
    if connection.vendor == "postgresql":
        with without_rights_on_the_desk():
            after = [_answer(path) for path in paths]
    else:
        # SQLite has no roles; the test of the SQL stands for it there.
        after = [_answer(path) for path in paths]

    assert after == before


def _answer(path: str) -> tuple[int, bytes]:
    response = Client().get(path)
    return response.status_code, b"".join(response)


def test_nothing_that_was_only_typed_at_the_desk_is_shown(addresses, others):
    for path in everything(addresses, others):
        status, body = _answer(path)
        assert SECRET.encode() not in body, path
        assert status < 500


def test_no_public_answer_sets_a_cookie_or_varies(addresses, others):
    for path in everything(addresses, others):
        response = Client().get(path)
        assert not response.cookies, path
        assert "Set-Cookie" not in response.headers, path
        assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding", path
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        list(response)


def test_pages_carry_the_strict_policy_and_nothing_that_it_would_stop(addresses):
    for path in everything(addresses):
        response = Client().get(path)
        assert response.headers["Content-Security-Policy"] == site_policy()
        body = response.content.decode("utf-8", "replace")
        assert not re.search(r"<[^>]*\s(style|on\w+)=", body), path
        scripts = re.findall(r"<script[^>]*>", body)
        assert all("src=" in tag or "application/ld+json" in tag for tag in scripts), path
        assert "<style" not in body


def test_pages_are_asked_for_again_and_sent_only_when_they_have_changed(addresses):
    for path in everything(addresses):
        response = Client().get(path)
        if response.status_code != 200:
            continue
        etag = response.headers["ETag"]
        assert response.headers["Cache-Control"] == "no-cache"
        assert re.fullmatch(r'"[0-9a-f]{32}"', etag), "strong, and made from the bytes"
        assert Client().get(path).headers["ETag"] == etag
        again = Client().get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == "no-cache"


def test_redirects_are_for_good_but_kept_by_nobody(addresses):
    moved = [p for p in everything(addresses) if Client().get(p).status_code in (301, 302)]

    assert moved
    for path in moved:
        response = Client().get(path)
        assert response.status_code == 301
        assert response.headers["Cache-Control"] == "max-age=0"
        assert Client().get(response.headers["Location"]).status_code == 200


def test_reading_is_all_that_one_can_do(addresses, others):
    for path in everything(addresses, {name: others[name] for name in ("healthz", "readyz")}):
        expected = Client().get(path).status_code
        assert Client().head(path).status_code == expected, path
        for method in ("post", "put", "patch", "delete", "options"):
            client = Client(enforce_csrf_checks=True)
            assert getattr(client, method)(path).status_code == 405, (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/%00", "/%00/", "/a%00b/", "/kinh-te/%00/", "/kinh-te/%00-1/", "/%00/x-1/", "/x/y-%00/",
        "/author/%00/", "/sitemap/%00.xml", "/kinh-te/?before=%00", "/uploads/%00", "/kinh-te%00",
        "/kinh-te/%0a/", "/%ff/", "/%ff", "/kinh-te/%ff-1/", "/../etc/passwd", "/%2e%2e/%2e%2e/",
        "/" + "9" * 5000, "/a/b-" + "9" * 5000 + "/", "/a/b-" + "9" * 30 + "/", "/a/b--1/",
    ],
)  # fmt: skip
def test_an_address_of_nonsense_is_a_404(section, path):
    assert Client().get(path).status_code == 404

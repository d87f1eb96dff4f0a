"""The standing cast: five people and the stories that everybody knows."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client, SimpleTestCase, override_settings
from django.utils import timezone, translation

from articles.models import Article, Author, Category, Genre, Paper, Publication
from articles.publishing import saving, workflow
from articles.rules.content import ContentLink
from articles.rules.permissions import Role
from media import darkroom, library
from media.models import Image
from newsroom.environment import picture_storage
from tests import pictures, s3

PASSWORD = "a long password for tests"

# What an example costs is not told by the clock of a busy machine.
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")

# Playwright's event loop runs in the thread in which the tests use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stored", action="store_true", help="only tests that ask a database or a storage"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --stored leave out what gives the same answers on any database and storage."""
    if config.getoption("stored"):
        config.hook.pytest_deselected(items=[item for item in items if not _is_stored(item)])
        items[:] = filter(_is_stored, items)


def _is_stored(item: pytest.Item) -> bool:
    # Without these pytest-django lets no test near a database.
    asks = {"db", "transactional_db", "django_db_setup", "storage"}.intersection(item.fixturenames)
    in_class = item.cls is not None and issubclass(item.cls, SimpleTestCase)
    return bool(asks or in_class or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: races, and the live server's threads, need real locks.

    On PostgreSQL each parallel worker has a database of its own name.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A fast hasher, and files in folders that go away."""
    uploads = tmp_path_factory.mktemp("uploads")
    with override_settings(
        MEDIA_ROOT=str(uploads),
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        ALLOWED_HOSTS=["testserver", "localhost", "127.0.0.1"],
    ):
        yield


@pytest.fixture
def storage(settings: object, tmp_path: Path) -> None:
    """An empty storage for this test's pictures: a folder, or with STORAGE_URL a bucket."""
    settings.MEDIA_ROOT = str(tmp_path / "stored")
    endpoint = settings.STORAGES["default"].get("OPTIONS", {}).get("endpoint_url")
    if endpoint:
        bucket = picture_storage(s3.new_bucket(endpoint, f"test-{uuid4()}"))
        settings.STORAGES = settings.STORAGES | {"default": bucket}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences as they stand in the code, where no request or rendering chooses the language."""
    with translation.override("en"):
        yield


def person(username: str, role: Role | None, name: str = "") -> User:
    """An account at the desk; role None is one without a group."""
    first, _space, last = name.partition(" ")
    user = User.objects.create_user(
        username,
        f"{username}@baovinhsa.example",
        PASSWORD,
        is_staff=True,
        first_name=first,
        last_name=last,
    )
    if role:
        user.groups.add(Group.objects.get(name=role.value))
    return user


@pytest.fixture
def reporter(db: None) -> User:
    user = person("reporter", Role.REPORTER, "Minh Khuê")
    Author.objects.create(name="Minh Khuê", slug="minh-khue", user=user)
    return user


@pytest.fixture
def other_reporter(db: None) -> User:
    user = person("other-reporter", Role.REPORTER, "Hoài An")
    Author.objects.create(name="Hoài An", slug="hoai-an", user=user)
    return user


@pytest.fixture
def editor(db: None) -> User:
    return person("editor", Role.EDITOR, "Bích Thủy")


@pytest.fixture
def managing_editor(db: None) -> User:
    return person("managing-editor", Role.MANAGING_EDITOR, "Đức Thành")


@pytest.fixture
def without_role(db: None) -> User:
    """A staff account in no group: nobody to the desk."""
    return person("without-role", None)


@pytest.fixture
def paper(db: None) -> Paper:
    paper = Paper.load()
    paper.name, paper.mark = "Báo Vĩnh Sa", "VS -"
    paper.save()
    return paper


@pytest.fixture
def section(db: None) -> Category:
    return Category.objects.create(name="Kinh tế", slug="kinh-te", position=1)


@pytest.fixture
def part(section: Category) -> Category:
    """A part of the section: the second level."""
    return Category.objects.create(name="Nông nghiệp", slug="nong-nghiep", parent=section)


# A picture's files are a function of its bytes: those of the cast are made once, not in each test.
remembered = cache(darkroom.develop)


@pytest.fixture
def make_picture(db: None) -> Callable[..., Image]:
    """Bring drawn pictures into the library, each different: make_picture(by=reporter)."""
    seeds = iter(range(1000, 10_000))

    def make(**fields: object) -> Image:
        seed = next(seeds)
        with patch.object(darkroom, "develop", remembered):
            return library.add_picture(pictures.jpeg((320, 240), seed), f"{seed}.jpg", **fields)

    return make


@pytest.fixture
def make_story(section: Category, reporter: User) -> Callable[..., Article]:
    """Save working copies: make_story("Headline", body="<p>…</p>"), by the reporter if not said."""

    def make(
        headline: str,
        *,
        by: User = reporter,
        authors: list[Author] | None = None,
        links: list[ContentLink] | None = None,
        **fields: object,
    ) -> Article:
        fields = {
            "section": section,
            "lede": f"Lede of {headline}",
            "body": f"<p>Body of {headline}</p>",
        } | fields
        article = Article(headline=headline, owner=by, **fields)
        return saving.save_story(article, by=by, authors=authors or [], links=links or [])

    return make


@pytest.fixture
def publish_at(editor: User) -> Callable[..., Publication]:
    """Publish as if it had been asked for shortly before a moment, also a past one."""

    def publish(article: Article, at: datetime, **how: object) -> Publication:
        asked = timezone.now() if at > timezone.now() else at - timedelta(minutes=1)
        return workflow.publish(article, by=editor, at=at, clock=lambda: asked, **how)

    return publish


@pytest.fixture
def now() -> datetime:
    """The moment at which a test looks: a whole second."""
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def draft(make_story: Callable[..., Article]) -> Article:
    return make_story("Draft that nobody may read")


@pytest.fixture
def scheduled(make_story, publish_at, now) -> Article:
    """Goes live in a day."""
    article = make_story("Scheduled for tomorrow")
    publish_at(article, now + timedelta(days=1))
    article.refresh_from_db()
    return article


@pytest.fixture
def published(make_story, publish_at, now) -> Article:
    """On the site since yesterday."""
    article = make_story("On the site since yesterday")
    publish_at(article, now - timedelta(days=1))
    article.refresh_from_db()
    return article


@pytest.fixture
def withdrawn(make_story, publish_at, managing_editor, now) -> Article:
    """Was on the site for a day, until yesterday."""
    article = make_story("Withdrawn yesterday")
    publish_at(article, now - timedelta(days=2))
    yesterday = now - timedelta(days=1)
    workflow.withdraw(
        article,
        by=managing_editor,
        at=yesterday,
        clock=lambda: yesterday - timedelta(minutes=1),
    )
    article.refresh_from_db()
    return article


@pytest.fixture
def corrected(make_story, publish_at, editor, now) -> Article:
    """On the site for two days, with a correction since yesterday."""
    article = make_story("Corrected yesterday", body="<p>Twelve boats</p>")
    publish_at(article, now - timedelta(days=2))
    article.refresh_from_db()
    article.body = "<p>Eleven boats</p>"
    saving.save_story(article, by=editor)
    publish_at(
        article,
        now - timedelta(days=1),
        kind="correction",
        note="An earlier text spoke of twelve boats; there were eleven.",
    )
    article.refresh_from_db()
    return article


@pytest.fixture
def forum_report(make_story, make_picture, published, reporter, section) -> Article:
    """Seven pictures: four with a caption each, then three that share one."""
    images = [make_picture(by=reporter, credit="Minh Khuê") for _n in range(7)]
    single = "".join(
        f'<p>Paragraph {n}</p><figure data-images="{image.pk}">'
        f"<figcaption>Caption {n}</figcaption></figure>"
        for n, image in enumerate(images[:4], start=1)
    )
    three = " ".join(str(image.pk) for image in images[4:])
    return make_story(
        "Forum on young people starting a business",
        genre=Genre.FORUM,
        dateline="VS -",
        lede="On 29 March the province held a forum.",
        authors=[Author.objects.get(slug="minh-khue")],
        body=f'{single}<figure data-images="{three}">'
        "<figcaption>One caption for three</figcaption></figure><p>The end</p>",
        links=[
            ContentLink(target_id=published.pk),
            ContentLink(url="https://forum.example/programme", title="The programme"),
        ],
    )


# Chromium, for the tests that are marked "browser"; with ENGINE=firefox Firefox, for those of them
# that are marked "engines" as well.

ENGINE = os.environ.get("ENGINE", "chromium")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
# Without these a headless Firefox has no mouse: what asks for (pointer: fine) takes it for a phone.
FIREFOX_PREFERENCES = {"ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6}


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """The system's browser; `make test` installs Chromium, `make engines` Firefox."""
    from playwright.sync_api import expect, sync_playwright

    # As long as an action may take: a busy machine is late, but gets there.
    expect.set_options(timeout=15_000)
    launch = {"chromium": _chromium, "firefox": _firefox}[ENGINE]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def _chromium(playwright):
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed (Debian: chromium)."
    return playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)


def _firefox(playwright):
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, "Firefox is not installed (Debian: firefox-esr)."
    # The channel drives Firefox as it is, by WebDriver BiDi, not a build of Playwright's own.
    return playwright.firefox.launch(
        channel="moz-firefox", executable_path=path, firefox_user_prefs=FIREFOX_PREFERENCES
    )


@pytest.fixture
def open_page(browser, live_server) -> Iterator[Callable[..., object]]:
    """Open a page of a fresh browser context: open_page(width=390, color_scheme="dark")."""
    contexts = []

    def open_one(*, user: User | None = None, width: int = 1280, height: int = 900, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=options.pop("locale", "en-GB"),
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def session_cookie(user: User, url: str) -> dict[str, str]:
    """The cookie of somebody who has logged in, for a browser context."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": f"{url}/admin/"}


@pytest.fixture
def page(open_page):
    """A desktop page of somebody who is not logged in."""
    return open_page()


@pytest.fixture
def phone(open_page):
    """A phone's page of somebody who is not logged in."""
    return open_page(width=390, height=844, has_touch=True, is_mobile=True, device_scale_factor=2)

"""Where the server fails while somebody saves, they get a sentence, and their text is kept."""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.template import TemplateDoesNotExist
from django.urls import reverse
from psycopg import errors

from articles.desk import failing as desk_failing
from articles.desk.stories.admin import StoryAdmin
from articles.desk.stories.forms import StoryForm
from articles.models import Article, Paper
from articles.publishing import saving, workflow
from media import library
from tests import desk, pictures

pytestmark = pytest.mark.django_db

PAGE = {"HTTP_ACCEPT": "text/html", "HTTP_ORIGIN": "http://testserver"}
SCRIPT = {"HTTP_ACCEPT": "*/*", "HTTP_ORIGIN": "http://testserver"}
ADD = reverse(desk.ADD)
UPLOAD = reverse("admin:articles_pictures_add")


def full_postgresql() -> Exception:
    error = OperationalError("could not extend file")
    error.__cause__ = errors.DiskFull("could not extend file")
    return error


FULL = [OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EDQUOT, "Quota")]
AWAY = [
    OperationalError("database is locked"),
    OperationalError("attempt to write a readonly database"),
    OperationalError("connection refused"),
    InterfaceError("connection already closed"),
    OSError(errno.EIO, "Input/output error"),
    PermissionError(errno.EACCES, "Permission denied"),
]
OTHER = [DatabaseError("malformed"), RuntimeError("a mistake of ours"), RecursionError()]


@pytest.fixture
def at_desk(client, reporter, section):
    client.raise_request_exception = False
    return desk.log_in(client, reporter)


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", pictures.jpeg((320, 240), 1))


def failing(error: Exception):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


def typed(client) -> dict[str, object]:
    words = {"headline": "Typed at 22:00", "body": "<p>Words that nobody may lose</p>"}
    return desk.filled(client.get(ADD), **words)


@pytest.mark.parametrize("error", [*FULL, full_postgresql()], ids=repr)
def test_a_full_disk_is_said_and_the_text_is_on_the_page(at_desk, monkeypatch, error):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(error))
    response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 507
    told = desk.text(response)
    assert "The server’s disk is full" in told
    assert "Typed at 22:00" in told
    assert "Words that nobody may lose" in told


@pytest.mark.parametrize("error", AWAY, ids=repr)
def test_a_database_that_is_away_is_said_and_the_text_is_on_the_page(at_desk, monkeypatch, error):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(error))
    response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Wait a moment, then try again" in desk.text(response)
    assert "Words that nobody may lose" in desk.text(response)


@pytest.mark.parametrize("error", OTHER, ids=repr)
def test_a_mistake_of_ours_keeps_the_text_too(at_desk, monkeypatch, error):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(error))
    response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 500
    assert "Something went wrong in the server" in desk.text(response)
    assert "Words that nobody may lose" in desk.text(response)


def test_an_error_of_which_nobody_tells_the_cause_is_a_full_disk_where_the_disk_is_full(
    at_desk, monkeypatch
):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(OperationalError("disk I/O error")))
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=4096))
    response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 507
    assert "The server’s disk is full" in desk.text(response)


@pytest.mark.parametrize("how", [PAGE, SCRIPT], ids=["page", "script"])
def test_what_was_said_before_the_failure_is_not_said_afterwards(at_desk, monkeypatch, how):
    first, sent = typed(at_desk), typed(at_desk)
    at_desk.post(ADD, first, **PAGE)
    save = StoryAdmin._changeform_view

    def fail_to_commit(*args: object) -> None:
        save(*args)
        raise AWAY[0]

    with monkeypatch.context() as patched:
        patched.setattr(StoryAdmin, "_changeform_view", fail_to_commit)
        response = at_desk.post(ADD, sent, **how)
    assert response.status_code == 503
    response = at_desk.get("/admin/")
    # Of the first story, which no page has told yet.
    assert desk.text(response).count("Saved.") == 1


def test_the_page_sends_what_was_typed_again(at_desk, monkeypatch):
    sent = typed(at_desk)
    with monkeypatch.context() as patched:
        patched.setattr(saving, "save_story", failing(AWAY[0]))
        response = at_desk.post(ADD, sent, **PAGE)
    again = desk.fields(response, form="method")
    assert at_desk.post(ADD, again, **PAGE).status_code == 302
    story = Article.objects.get()
    assert (story.headline, story.body) == (sent["headline"], sent["body"])


@contextmanager
def no_room() -> Iterator[None]:
    """The database's own error: SQLite may not grow, PostgreSQL says so of a story's row."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE='53100'; END$$; "
                "CREATE TRIGGER no_room BEFORE INSERT ON articles_article "
                "EXECUTE FUNCTION no_room()"
            )
            yield
            cursor.execute("DROP FUNCTION no_room CASCADE")
        else:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")
            try:
                yield
            finally:
                cursor.execute("PRAGMA max_page_count=1073741823")


def test_a_database_that_cannot_grow(at_desk):
    sent = typed(at_desk) | {
        "body": "<p>Words that nobody may lose</p>" + f"<p>{'More ' * 60_000}</p>"
    }
    with no_room():
        response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 507
    assert "The server’s disk is full" in desk.text(response)
    assert "Words that nobody may lose" in desk.text(response)
    assert not Article.objects.exists()


def test_in_vietnamese(at_desk, monkeypatch):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(FULL[0]))
    response = at_desk.post(ADD, sent, **PAGE, HTTP_ACCEPT_LANGUAGE="vi")
    assert "Ổ đĩa của máy chủ đã đầy" in desk.text(response)


def test_a_verb_keeps_its_note(client, editor, published, monkeypatch):
    client.raise_request_exception = False
    desk.log_in(client, editor)
    address = desk.page("publish", published.pk)
    asked = desk.ask(client, address, kind="correction", note="There were eleven boats.")
    monkeypatch.setattr(workflow, "publish", failing(AWAY[0]))
    monkeypatch.setattr("articles.publishing.changes.carry_out", failing(AWAY[0]))
    response = client.post(address, desk.fields(asked, "data-asking"), **PAGE)
    assert response.status_code == 503
    assert "There were eleven boats." in desk.text(response)


def test_without_a_database_a_page_says_so(at_desk, monkeypatch):
    monkeypatch.setattr(Paper, "load", failing(AWAY[2]))
    response = at_desk.get("/admin/", **PAGE)
    assert response.status_code == 503
    assert "The page cannot be shown right now" in desk.text(response)


def test_scripts_get_the_sentence(at_desk, monkeypatch):
    monkeypatch.setattr(library, "add_picture", failing(FULL[0]))
    response = at_desk.post(UPLOAD, {"file": photo()}, **SCRIPT)
    # A page that sends pictures takes it for no passing trouble, which it would wait for.
    assert response.status_code == 507
    assert "disk is full" in response.json()["error"]


def test_a_storage_that_is_full(at_desk, monkeypatch):
    monkeypatch.setattr(Storage, "save", failing(FULL[0]))
    response = at_desk.post(UPLOAD, {"file": photo()}, **SCRIPT)
    assert response.status_code == 507
    assert "disk is full" in response.json()["error"]


def test_no_room_for_an_uploads_temporary_file(at_desk, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "gone")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    sent = {"upload": photo(), "caption": "A boat"}
    for how, kind in ((PAGE, "text/html"), (SCRIPT, "application/json")):
        response = at_desk.post("/admin/media/image/add/", sent, **how)
        assert response.status_code == 503
        assert response["Content-Type"].startswith(kind)


def test_passwords_are_never_shown_again(client, managing_editor, monkeypatch):
    client.raise_request_exception = False
    desk.log_in(client, managing_editor)
    monkeypatch.setattr("django.contrib.auth.models.User.save", failing(AWAY[0]))
    sent = {"username": "minh", "first_name": "Minh Khuê", "role": "Reporter"}
    secret = {"password1": "tiger lily boat", "password2": "tiger lily boat"}
    response = client.post("/admin/auth/user/add/", sent | secret, **PAGE)
    assert response.status_code in (200, 503)
    assert "tiger lily boat" not in response.content.decode()


def test_without_even_its_page_the_sentence_is_said(at_desk, monkeypatch):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(FULL[0]))
    monkeypatch.setattr(desk_failing, "render_to_string", failing(TemplateDoesNotExist("failed")))
    response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 507
    assert response.content.decode().startswith("The server’s disk is full")


def test_more_than_can_be_saved_is_not_shown_again(at_desk, monkeypatch):
    sent = typed(at_desk) | {"lede": "Too much. " * 600_000}
    monkeypatch.setattr(StoryForm, "is_valid", failing(AWAY[0]))
    response = at_desk.post(ADD, sent, **PAGE)
    assert response.status_code == 503
    assert len(response.content) < 10_000
    assert not desk.fields(response, form="method")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>One</p><p>Two &amp; <em>three</em></p>", "One\nTwo & three"),
        ("<ul><li>One</li><li>Two<br>three</li></ul>", "One\nTwo\nthree"),
        ('<figure data-images="1"><figcaption>A boat</figcaption></figure>', "A boat"),
        ("<p>5 &lt; 6</p>", "5 < 6"),
        ("no markup", "no markup"),
        ("", ""),
    ],
)
def test_the_words_of_a_body_are_shown_without_tags(body, words):
    assert desk_failing.plain_text(body) == words


@pytest.mark.parametrize("hostile", ["<" * 10**6, "<p>a" * 10**6, "&" * 10**6, "</p" * 10**6])
def test_hostile_words_are_shown_quickly(hostile):
    started = time.process_time()
    desk_failing.plain_text(hostile)
    assert time.process_time() - started < 5


def test_what_another_site_has_sent_is_not_shown(at_desk, monkeypatch):
    sent = typed(at_desk)
    monkeypatch.setattr(saving, "save_story", failing(AWAY[0]))
    response = at_desk.post(ADD, sent, **PAGE | {"HTTP_ORIGIN": "https://evil.example"})
    assert response.status_code == 503
    assert "Typed at 22:00" not in desk.text(response)


def test_the_sites_own_page_is_another(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.site.pages.home", failing(AWAY[0]))
    response = client.get("/", **PAGE)
    assert response.status_code in (500, 503)
    assert "Newsroom" not in response.content.decode()


def test_what_cannot_be_read_is_answered_with_a_sentence(at_desk):
    response = at_desk.post(ADD, {f"n{n}": 1 for n in range(4001)}, **PAGE)
    assert response.status_code == 400
    assert "could not read what your browser sent" in desk.text(response)

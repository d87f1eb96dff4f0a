"""The variables of the environment: what each may say, and the sentence for what it may not."""

import secrets
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from hypothesis import given
from hypothesis import strategies as st

from newsroom import environment
from newsroom.environment import RULES, Refused

KEY = "g7Jq2Zb9xVtR4mWcE8LhYd3SfKpN6uAoTi5QyBwGeXjMsCkDvH1zFrPnUa0OlI"
GOOD = {"SECRET_KEY": KEY, "SITE_URL": "https://baovinhsa.example"}


def problems(**changed: str) -> list[str]:
    """What a good environment with these changes is refused for."""
    try:
        environment.understood(GOOD | changed)
    except Refused as refused:
        return refused.problems
    return []


def value(name: str, text: str) -> object:
    return RULES[name][0](text)


def test_a_good_environment_is_understood(tmp_path):
    found = environment.understood(GOOD | {"VAR_DIR": str(tmp_path)})
    assert found["SITE_URL"].url == "https://baovinhsa.example"
    assert found["VAR_DIR"] == tmp_path
    assert (found["DEBUG"], found["LANGUAGE_CODE"]) == (False, "vi")


@pytest.mark.parametrize(
    ("url", "host", "loopback"),
    [
        ("https://baovinhsa.example", "baovinhsa.example", False),
        ("https://baovinhsa.example:8443/", "baovinhsa.example", False),
        ("http://127.0.0.1:8000", "127.0.0.1", True),
        ("http://localhost:8000/", "localhost", True),
        ("http://[::1]:8000", "::1", True),
        ("https://xn--bo-mia.example", "xn--bo-mia.example", False),
    ],
)
def test_addresses_of_sites(url, host, loopback):
    found = value("SITE_URL", url)
    assert (found.url, found.host, found.loopback) == (url.rstrip("/"), host, loopback)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("https://BaoVinhSa.example", "https://baovinhsa.example"),
        ("https://baovinhsa.example.", "https://baovinhsa.example"),
        ("https://baovinhsa.example:443", "https://baovinhsa.example"),
        ("https://baovinhsa.example/tin", "https://baovinhsa.example"),
        ("https://baovinhsa.example//", "https://baovinhsa.example"),
        ("https://baovinhsa.example?a=b", "https://baovinhsa.example"),
        ("https://baovinhsa.example#top", "https://baovinhsa.example"),
        ("https://báo.example", "https://xn--bo-mia.example"),
        ("HTTPS://baovinhsa.example", "https://baovinhsa.example"),
    ],
)
def test_an_address_that_browsers_write_otherwise_is_refused_with_theirs(wrong, right):
    [problem] = problems(SITE_URL=wrong)
    assert problem.startswith("SITE_URL: ")
    assert problem.endswith(f"write {right}")
    assert not problems(SITE_URL=right)


@pytest.mark.parametrize(
    "wrong",
    [
        "baovinhsa.example",
        "ftp://baovinhsa.example",
        "https://",
        "https://bao vinh sa.example",
        "https://bao_vinh_sa.example",
        "https://-a.example",
        "https://a..example",
        "https://1.2.3",
        "https://a.example:port",
        "https://a.example:0",
        "https://a.example:99999",
        "https://[::1",
        "https://a.example\\tin",
        "https://a.example,https://b.example",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(wrong):
    [problem] = problems(SITE_URL=wrong)
    assert problem.startswith("SITE_URL: ")
    assert "https://baosongmay.example" in problem


def test_the_password_in_an_address_is_not_repeated():
    [problem] = problems(SITE_URL="https://me:hunter2@baovinhsa.example")
    assert "hunter2" not in problem


@given(st.text())
def test_any_text_is_an_address_or_refused_with_a_sentence(text):
    try:
        found = value("SITE_URL", text)
    except ImproperlyConfigured:
        return
    assert found.url == text.removesuffix("/")


def test_a_public_site_needs_https():
    assert "https" in problems(SITE_URL="http://baovinhsa.example")[0]
    assert not problems(SITE_URL="http://127.0.0.1:8000")


@pytest.mark.parametrize("key", [None, KEY])
def test_debugging_is_for_the_developers_own_machine(key):
    given = {"SITE_URL": "https://baovinhsa.example", "DEBUG": "1"}
    with pytest.raises(Refused, match="DEBUG: 1 shows") as refused:
        environment.understood(given if key is None else given | {"SECRET_KEY": key})
    assert len(refused.value.problems) == 1
    assert environment.understood({"DEBUG": "1"})["SECRET_KEY"] == ""


def test_without_a_key_the_newsroom_does_not_start_and_says_how_to_make_one():
    with pytest.raises(Refused) as refused:
        environment.understood({})
    assert refused.value.problems[0].startswith("SECRET_KEY: it is not set")
    assert environment.MAKE_A_KEY in refused.value.problems[0]


@pytest.mark.parametrize(
    "key",
    [
        "only-for-development",
        "changeme " * 7,
        "changeme-changeme1changeme2changeme3changeme4changeme5",
        "ChangeMe" + KEY,
        "django-insecure-#8z$+1k^q2!w0s@e9r(t5y)u7i-o3p_a4d6f=gh",
        "your-secret-key-goes-here-and-must-be-fifty-characters",
        "0123456789" * 6,
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        "a" * 64,
        "correct horse battery staple and then some more words so it is long",
        KEY[:25] * 2,
        KEY[:49],
    ],
)
def test_a_key_that_can_be_guessed_is_refused(key):
    [problem] = problems(SECRET_KEY=key)
    assert problem.startswith("SECRET_KEY: ")
    assert environment.MAKE_A_KEY in problem
    assert key.strip() not in problem


def test_keys_made_at_random_are_taken():
    for _n in range(300):
        for key in secrets.token_urlsafe(50), secrets.token_hex(32), get_random_secret_key():
            assert value("SECRET_KEY", key) == key


def test_a_developers_key_is_random_kept_and_private(tmp_path):
    path = tmp_path / "secret-key"
    key = environment.kept_key(path)
    assert value("SECRET_KEY", key) == environment.kept_key(path)
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["*", "https://a.example", "a.example:443", "a b", "a.example/x"])
def test_a_host_is_a_name_only(name):
    [problem] = problems(ALLOWED_HOSTS=f"baovinhsa.example,{name}")
    assert problem.startswith("ALLOWED_HOSTS: ")


def test_the_hosts_include_the_sites_own():
    assert "baovinhsa.example" in problems(ALLOWED_HOSTS="www.baovinhsa.example")[0]
    for hosts in (
        "www.baovinhsa.example, baovinhsa.example",
        ".baovinhsa.example",
        "[::1],.example",
    ):
        assert not problems(ALLOWED_HOSTS=hosts)


def test_databases(tmp_path):
    assert value("DATABASE_URL", "") is None
    assert value("DATABASE_URL", f"sqlite:///{tmp_path}/a%20b.db")["NAME"] == f"{tmp_path}/a b.db"
    found = value(
        "DATABASE_URL", "postgresql://us%40er:pa%2Fss@db.example:5433/name?sslmode=require"
    )
    assert (found["USER"], found["PASSWORD"]) == ("us@er", "pa/ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "name")
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["tcp_user_timeout"] == 10_000
    assert value("DATABASE_URL", "postgres:///name?host=%2Frun%2Fpg")["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://root@localhost/x",
        "newsroom.sqlite3",
        "sqlite://",
        "sqlite:///relative.sqlite3",
        "sqlite:////no/such/folder/newsroom.sqlite3",
        "sqlite://var/newsroom.sqlite3",
        "postgresql://user:hunter2@host",
        "postgresql://user:hunter2@host/",
        "postgresql://user:hunter2@host/name/more",
        "postgresql://user:hunter2/b@host/name",
        "postgresql://user:hunter2@host:port/name",
        "postgresql://user:hunter2#@host/name",
        "postgresql://user:hunter2@host/name?colour=red",
    ],
)
def test_what_is_no_database_is_refused_without_telling_the_password(url):
    [problem] = problems(DATABASE_URL=url)
    assert problem.startswith("DATABASE_URL: ")
    assert "hunter2" not in problem


def test_servers_that_send_mails():
    assert value("EMAIL_URL", "") is None
    assert value("EMAIL_URL", "smtp://localhost").port == 25
    found = value("EMAIL_URL", "smtp+tls://me%40x:p%3Aw@mail.example")
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example",
        587,
        "me@x",
        "p:w",
    )
    assert (found.tls, found.ssl) == (True, False)
    found = value("EMAIL_URL", "smtps://mail.example")
    assert (found.port, found.tls, found.ssl) == (465, False, True)


@pytest.mark.parametrize(
    "url",
    ["mail.example", "https://mail.example", "smtps://", "smtps://a:hunter2@b:x", "smtps://a/b?c"],
)
def test_what_sends_no_mail_is_refused(url):
    [problem] = problems(EMAIL_URL=url)
    assert problem.startswith("EMAIL_URL: ")
    assert "hunter2" not in problem


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DEBUG", "maybe"),
        ("EDITORS_WITHDRAW", "2"),
        ("EMAIL_FROM", "The newsroom"),
        ("EMBED_HOSTS", "videos.example"),
        ("LANGUAGE_CODE", "fr"),
        ("STORAGE_URL", "/var/uploads"),
        ("STORAGE_URL", "s3://[bucket"),
        ("TIME_ZONE", "Hanoi"),
        ("TIME_ZONE", "../etc/passwd"),
        ("VAR_DIR", "var"),
        ("VAR_DIR", "/proc/no/such/folder"),
        ("VAR_DIR", "/etc/hostname"),
    ],
)
def test_every_variable_has_its_sentence(name, text):
    [problem] = problems(**{name: text})
    assert problem.startswith(f"{name}: ")


def test_all_that_is_wrong_is_told_at_once():
    told = problems(SECRET_KEY="", SITE_URL="http://a.example", TIME_ZONE="x", LANGUAGE_CODE="y")
    assert [line.partition(":")[0] for line in told] == [
        "LANGUAGE_CODE",
        "TIME_ZONE",
        "SITE_URL",
        "SECRET_KEY",
    ]


# The environment file.


def test_a_file_as_systemd_reads_it():
    text = (
        "\ufeff# a comment\r\n; another\n\nSITE_URL=https://a.example\r\n"
        "SECRET_KEY='a $b \"c\"'  \n"
        'EMAIL_FROM="a \\"b\\" \\\\ \\$HOME"\nDATABASE_URL=\n  TIME_ZONE=UTC\n'
    ).removeprefix("\ufeff")
    assert environment.parsed(text) == (
        {
            "SITE_URL": "https://a.example",
            "SECRET_KEY": 'a $b "c"',
            "EMAIL_FROM": 'a "b" \\ $HOME',
            "DATABASE_URL": "",
            "TIME_ZONE": "UTC",
        },
        [],
    )


@given(st.dictionaries(st.sampled_from(sorted(RULES)), st.text("a b\"'\\$`#;=é")))
def test_what_is_written_is_read_again(values):
    assert environment.parsed(environment.written(values)) == (values, [])


@pytest.mark.parametrize(
    "line",
    [
        "export DEBUG=1",
        "DEBUG = 1",
        "DEBUG",
        "DEBUG=1 # on my machine",
        "EMAIL_FROM=two words",
        "SECRET_KEY='open",
        'SECRET_KEY="a\\n"',
        "SECRET_KEY=a\\b",
        "SECRET_KEY=a'b'",
    ],
)
def test_a_line_that_others_would_read_otherwise_is_refused_without_its_value(line):
    values, [problem] = environment.parsed(f"# first\n{line}\n")
    assert problem.startswith("line 2: ")
    assert values == {}


def test_a_misspelt_variable_is_told_with_what_was_meant():
    _values, told = environment.parsed("SECRETKEY=x\nDEBUG=0\nSITEURL=y\nQUUX=1\nDEBUG=1\n")
    assert "SECRET_KEY" in told[0]
    assert "SITE_URL" in told[1]
    assert told[2] == "line 4: QUUX is no setting of the newsroom."
    assert "second time" in told[3]


def test_the_environment_wins_over_the_file(tmp_path):
    path = tmp_path / "newsroom.env"
    path.write_text("SITE_URL=https://file.example\nTIME_ZONE=UTC\n")
    found = environment.with_file({"SITE_URL": "https://given.example"}, path)
    assert found == {"SITE_URL": "https://given.example", "TIME_ZONE": "UTC"}


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin").write_bytes(b"EMAIL_FROM='\xe9@a.example'")
    for path in (tmp_path / "missing.env", tmp_path, tmp_path / "latin"):
        with pytest.raises(Refused, match=str(path)):
            environment.with_file({}, path)


def test_where_the_file_lies(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "MACHINES_FILE", tmp_path / "machine.env")
    monkeypatch.setattr(environment, "BASE_DIR", tmp_path / "code")
    data = {"VAR_DIR": str(tmp_path / "data")}
    demos = tmp_path / "code" / "var" / "newsroom.env"
    assert environment.file_of({}) is None
    demos.parent.mkdir(parents=True)
    demos.touch()
    assert environment.file_of({}) == demos
    assert environment.file_of(data) is None
    (tmp_path / "machine.env").touch()
    assert environment.file_of({}) == tmp_path / "machine.env"
    assert environment.file_of(data) == tmp_path / "machine.env"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "newsroom.env").touch()
    assert environment.file_of(data).parent == tmp_path / "data"
    assert environment.file_of({}) == tmp_path / "machine.env"
    assert environment.file_of({"NEWSROOM_ENV": "/my.env", "VAR_DIR": "/data"}) == Path("/my.env")
    assert environment.file_of({"NEWSROOM_ENV": ""}) is None

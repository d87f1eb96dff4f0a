"""The environment's variables, each with its rule, and the file that may hold them.

Whoever starts the newsroom is told in sentences what is wrong with them, all at once.
docs/operators.md lists the variables.
"""

import difflib
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from articles.text import embeds

BASE_DIR = Path(__file__).resolve().parent.parent
FILE_NAME = "newsroom.env"
MACHINES_FILE = Path("/etc/newsroom") / FILE_NAME
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'


class Refused(ImproperlyConfigured):
    """The newsroom does not start; says why, one sentence a line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        lines = "".join(f"- {problem}\n" for problem in problems)
        super().__init__(f"The newsroom's settings cannot be used:\n{lines}")


class Site(NamedTuple):
    """The site's address."""

    url: str
    host: str

    @property
    def https(self) -> bool:
        return self.url.startswith("https:")

    @property
    def loopback(self) -> bool:
        """On this machine only."""
        return self.host == "localhost" or bool(_ip(self.host) and _ip(self.host).is_loopback)


class Mail(NamedTuple):
    """The server that sends the newsroom's mails."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool


# The rules: each takes what is written and gives what it means, or raises ImproperlyConfigured with
# a sentence. What may hold a password is not repeated.


def flag(value: str) -> bool:
    if value.lower() not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{value!r} is neither 1 nor 0.")
    return value.lower() in {"1", "true", "yes"}


def site(value: str) -> Site:
    """Written as browsers write it, since what they send is compared with it."""
    try:
        found = _site(value)
    except (ValueError, UnicodeError):
        found = None
    if found is None or "@" in value:
        shown = "what is written" if "@" in value else repr(value)
        raise ImproperlyConfigured(
            f"{shown} is no site's address; write it like https://baosongmay.example."
        )
    if value.removesuffix("/") != found.url:
        raise ImproperlyConfigured(
            f"{value!r} is not how browsers write a site's address; write {found.url}"
        )
    return found


def _site(value: str) -> Site | None:
    parts = urlsplit(value.strip())
    host = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii").lower()
    if parts.scheme not in {"http", "https"} or not is_host(host):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in {None, usual} else f":{parts.port}"
    shown = f"[{host}]" if ":" in host else host
    return Site(f"{parts.scheme}://{shown}{port}", host) if parts.port != 0 else None


_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


def is_host(host: str) -> bool:
    """Whether a text in small letters is a host's name or address."""
    # Browsers take what ends in a number for an IP address.
    if ":" in host or host.rpartition(".")[2].isdecimal():
        return _ip(host) is not None
    return len(host) <= 253 and _HOST.fullmatch(host) is not None


def _ip(host: str):
    try:
        return ip_address(host)
    except ValueError:
        return None


def hosts(value: str) -> list[str]:
    """Host names, such as a certificate has them; .example.org for all below it."""
    names = _listed(value)
    for name in names:
        bare = name.lower().removeprefix(".").removeprefix("[").removesuffix("]")
        if not is_host(bare):
            raise ImproperlyConfigured(
                f"{name!r} is no host's name; write names only, such as baosongmay.example, with "
                "commas between, without https:// and without a port."
            )
    return names


def secret_key(value: str) -> str:
    if not value:
        return ""
    if len(value) < 50 or _can_be_guessed(value):
        raise ImproperlyConfigured(
            "it is short, or can be guessed; set it to 50 random characters that nobody else knows. "
            f"This prints some: {MAKE_A_KEY}"
        )
    return value


_WORDS_OF_EXAMPLES = re.compile(
    "insecure|change.?me|secret|example|password|replace|random|placeholder|development"
)


def _can_be_guessed(key: str) -> bool:
    pieces = [key[n : n + 3] for n in range(len(key) - 2)]
    repeats = len(set(pieces)) < 0.75 * len(pieces)
    counts = sum(abs(ord(a) - ord(b)) == 1 for a, b in zip(key, key[1:], strict=False))
    words = _WORDS_OF_EXAMPLES.search(key.lower()) or re.search(r"\s", key)
    return repeats or counts > len(key) / 2 or bool(words)


def full_path(value: str) -> Path:
    path = Path(value)
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{value!r} is no full path; begin with /.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"the folder {value} cannot be made ({error.strerror}); make it, for the account that "
            "runs the newsroom."
        ) from error
    return path


def database(url: str) -> dict[str, object] | None:
    """Django's DATABASES entry for sqlite:////path or postgresql://user:password@host:port/name."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts)
    raise ImproperlyConfigured(
        f"it begins with {parts.scheme!r}; write sqlite:////full/path or "
        "postgresql://user:password@host:5432/name."
    )


def _sqlite(parts: SplitResult) -> dict[str, object]:
    path = Path(unquote(parts.path[1:]))
    if parts.netloc or parts.query or parts.fragment or not path.is_absolute():
        raise ImproperlyConfigured(
            "it names no file by its full path; write four slashes: sqlite:////full/path"
        )
    if not path.parent.is_dir():
        raise ImproperlyConfigured(f"there is no folder {path.parent}; make it.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Kept, as a disk without room lets nobody open it; but SQLite stays read-only in a process as
        # long as one connection is open that began so.
        "CONN_MAX_AGE": 600 if os.access(path, os.W_OK) else 0,
        "OPTIONS": {
            # Writers queue at BEGIN instead of failing half-way; readers never wait (WAL).
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def make_private(path: Path) -> None:
    """Make a database's file where there is none: SQLite would let all accounts read it."""
    # root would shut out the account whose folder it is.
    if os.geteuid() == 0 and path.parent.stat().st_uid != 0:
        return
    # What hinders is told where the database is opened.
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _postgresql(parts: SplitResult) -> dict[str, object]:
    import psycopg.conninfo  # only where it is used

    query = dict(parse_qsl(parts.query))
    name = unquote(parts.path[1:])
    try:
        port = str(parts.port or query.pop("port", ""))
        host = query.pop("host", unquote(parts.hostname or ""))
        psycopg.conninfo.make_conninfo("", **query)
    except (ValueError, psycopg.Error):
        name = ""
    if not name or "/" in name or parts.fragment:
        raise ImproperlyConfigured(
            "it cannot be read; write postgresql://user:password@host:5432/name, what is between "
            "the signs percent-encoded."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # In seconds, then in milliseconds: a database whose machine is gone is waited for no longer.
        "OPTIONS": {"connect_timeout": 5, "tcp_user_timeout": 10_000, **query},
    }


def picture_storage(url: str) -> dict[str, object]:
    """Django's STORAGES entry for s3://key:secret@bucket/folder?region=…&endpoint=…, or "" for files.

    Without key and secret, boto3 finds the machine's own. An endpoint is that of another
    maker's S3.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        region, endpoint = query.pop("region", None), query.pop("endpoint", None)
        where = urlsplit(endpoint or "https://")
        bucket = parts.hostname
    except ValueError:
        bucket = None
    # A slash in the secret, not encoded, would make its beginning the bucket.
    if not bucket or parts.scheme != "s3" or "@" in parts.path or query:
        raise ImproperlyConfigured(
            "it cannot be read; write s3://key:secret@bucket/folder?region=… and, for "
            "another maker's S3, &endpoint=https://…, all percent-encoded."
        )
    if where.scheme != "https" and where.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ImproperlyConfigured(
            "its endpoint must begin with https://, unless it is on this machine."
        )
    try:
        from botocore.config import Config  # only where it is used: it takes a while to import
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            "it needs packages of its own: pip install --require-hashes -r requirements-s3.txt "
            "installs them."
        ) from error

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": unquote(parts.path.strip("/")),
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "region_name": region,
            "endpoint_url": endpoint,
            "client_config": Config(
                connect_timeout=5,
                read_timeout=20,
                retries={"max_attempts": 3},
                s3={"addressing_style": "path" if endpoint else "auto"},
                # Other makers' servers do not know the checksums that boto3 adds by itself.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }


def time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"{value!r} is no time zone; write it like Asia/Ho_Chi_Minh."
        ) from None
    return value


def language(value: str) -> str:
    if value not in dict(LANGUAGES):
        raise ImproperlyConfigured(f"{value!r} is neither vi nor en.")
    return value


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(url: str) -> Mail | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or _MAIL_PORTS[parts.scheme]
        host = parts.hostname
    except (ValueError, LookupError):
        host = None
    if not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "it cannot be read; write smtp+tls://user:password@host:587, smtps://… or, for a server "
            "on this machine, smtp://localhost, user and password percent-encoded."
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(host, port, user, password, parts.scheme == "smtp+tls", parts.scheme == "smtps")


def mail_address(value: str) -> str:
    if value and not re.fullmatch(r"[^@<>]*<[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+", value):
        raise ImproperlyConfigured(f"{value!r} is no e-mail address.")
    return value


def embed_hosts(value: str) -> list[str]:
    names = _listed(value)
    if unknown := set(names) - set(embeds.HOSTS):
        raise ImproperlyConfigured(
            f"it names {', '.join(sorted(unknown))}; the players that this newsroom knows are at "
            f"{', '.join(embeds.HOSTS)}."
        )
    return names


def _listed(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


# All variables: the rule, and what is taken where nothing is written.
RULES: dict[str, tuple[Callable[[str], object], str]] = {
    "ALLOWED_HOSTS": (hosts, ""),
    "DATABASE_URL": (database, ""),
    "DEBUG": (flag, "0"),
    "EDITORS_WITHDRAW": (flag, "0"),
    "EMAIL_FROM": (mail_address, ""),
    "EMAIL_URL": (mail_server, ""),
    "EMBED_HOSTS": (embed_hosts, ",".join(embeds.HOSTS)),
    "LANGUAGE_CODE": (language, "vi"),
    "SECRET_KEY": (secret_key, ""),
    "SITE_URL": (site, "http://127.0.0.1:8000"),
    "STORAGE_URL": (picture_storage, ""),
    "TIME_ZONE": (time_zone, "Asia/Ho_Chi_Minh"),
    "VAR_DIR": (full_path, str(BASE_DIR / "var")),
}


def understood(given: Mapping[str, str]) -> dict[str, object]:
    """What the variables mean, by name. Raises Refused with all that is wrong with them."""
    values, problems = {}, []
    for name, (rule, default) in RULES.items():
        try:
            values[name] = rule(given.get(name, "").strip() or default)
        except ImproperlyConfigured as error:
            problems.append(f"{name}: {error}")
    problems.extend(_unsafe_together(values))
    if problems:
        raise Refused(problems)
    return values


def _unsafe_together(values: dict[str, object]) -> Iterator[str]:
    """Of those values that are understood."""
    where: Site | None = values.get("SITE_URL")
    debug = values.get("DEBUG", False)
    if where and debug and not where.loopback:
        yield (
            f"DEBUG: 1 shows the insides of the newsroom to everybody, and SITE_URL is {where.url}; "
            "it is for a site on the developer's own machine."
        )
    if where and not where.https and not where.loopback:
        yield f"SITE_URL: {where.url} is a public site, which needs https."
    if values.get("SECRET_KEY") == "" and not debug:
        yield (
            "SECRET_KEY: it is not set; set it to 50 random characters that nobody else knows. "
            f"This prints some: {MAKE_A_KEY}"
        )
    named = [name.lower().strip("[]") for name in values.get("ALLOWED_HOSTS", [])]
    if where and named and not any(_covers(name, where.host) for name in named):
        yield f"ALLOWED_HOSTS: it does not name SITE_URL's own host, {where.host}."


def _covers(name: str, host: str) -> bool:
    return name == host or (name.startswith(".") and f".{host}".endswith(name))


def kept_key(path: Path) -> str:
    """A random key that lies in a file from the first start on, so that nobody is logged out."""
    if not path.exists():
        handle, written = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        # Of several processes that start at once, one makes the key of all.
        with suppress(FileExistsError):
            os.link(written, path)
        os.unlink(written)
    return path.read_text().strip()


# The file: what systemd's EnvironmentFile= takes, and only what it takes in one way.
_LINE = re.compile(
    r"""([A-Za-z_][A-Za-z0-9_]*)=(?:'([^'\\]*)'|"((?:[^"\\]|\\["\\$`])*)"|([^\s'"\\]*))\s*"""
)


def file_of(given: Mapping[str, str]) -> Path | None:
    """The environment file: the one that NEWSROOM_ENV names (none if it is empty), else
    newsroom.env in VAR_DIR where that is given, else the machine's in /etc/newsroom, else the one in
    var/ beside the code, which the demo writes.
    """
    if "NEWSROOM_ENV" in given:
        return Path(given["NEWSROOM_ENV"]) if given["NEWSROOM_ENV"] else None
    if given.get("VAR_DIR"):
        places = (Path(given["VAR_DIR"]) / FILE_NAME, MACHINES_FILE)
    else:
        places = (MACHINES_FILE, BASE_DIR / "var" / FILE_NAME)
    return next((path for path in places if os.path.exists(path)), None)


def with_file(given: Mapping[str, str], path: Path | None) -> dict[str, str]:
    """The file's variables under those that are given. Raises Refused where it cannot be read."""
    if path is None:
        return dict(given)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused([f"{path} cannot be read by this account ({error.strerror})."]) from error
    except UnicodeDecodeError as error:
        raise Refused([f"{path} is not written in UTF-8."]) from error
    values, problems = parsed(text)
    if problems:
        raise Refused([f"{path}, {problem}" for problem in problems])
    return values | dict(given)


def parsed(text: str) -> tuple[dict[str, str], list[str]]:
    """The variables of an environment file, and what is wrong with its lines."""
    values: dict[str, str] = {}
    problems = []
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        match = _LINE.fullmatch(line.lstrip())
        wrong = _wrong_line(match, values)
        if wrong:
            problems.append(f"line {number}: {wrong}")
        else:
            name, literal, quoted, bare = match.groups()
            quoted = None if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
            values[name] = next(part for part in (literal, quoted, bare) if part is not None)
    return values, problems


def _wrong_line(match: re.Match | None, values: dict[str, str]) -> str:
    if match is None:
        return "write NAME=value, and a value with spaces or signs in quotes: NAME='two words'."
    name = match[1]
    if name in values:
        return f"{name} stands here for the second time."
    if name in RULES:
        return ""
    close = difflib.get_close_matches(name.upper(), RULES, 1)
    return f"{name} is no setting of the newsroom{f'; is it {close[0]}?' if close else '.'}"


def written(values: Mapping[str, str]) -> str:
    """An environment file that holds these values."""
    quoted = {name: re.sub(r'(["\\$`])', r"\\\1", value) for name, value in values.items()}
    return "".join(f'{name}="{value}"\n' for name, value in quoted.items())

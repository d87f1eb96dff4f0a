"""One file of settings, read from the environment; docs/operators.md lists the variables.

Production refuses to start with an unsafe value and says which.
"""

import os
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from articles.text import embeds

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_bool(name: str, *, default: bool) -> bool:
    value = env(name).lower()
    if value in {"", "0", "1", "true", "false", "yes", "no"}:
        return default if value == "" else value in {"1", "true", "yes"}
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


TESTING = "pytest" in sys.modules
DEBUG = env_bool("DEBUG", default=False)
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}; write the site's full address, like https://baosongmay.example."
    )
HTTPS = _site.scheme == "https"
LOOPBACK = _site.hostname in {"127.0.0.1", "localhost", "::1"}

SECRET_KEY = env("SECRET_KEY", "only-for-development" if DEBUG or TESTING else "")
if len(set(SECRET_KEY)) < 5 or (len(SECRET_KEY) < 32 and not (DEBUG or TESTING)):
    raise ImproperlyConfigured(
        "SECRET_KEY is empty or too short; set it to 50 random characters that nobody else knows."
    )

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", _site.hostname)
if "*" in ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("ALLOWED_HOSTS is '*'; name the hosts that this site answers to.")
if not HTTPS and not LOOPBACK and not (DEBUG or TESTING):
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}; a public site needs https.")

INSTALLED_APPS = [
    "newsroom.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    # The tests' live server looks for Django's own.
    "django.contrib.staticfiles" if TESTING else "newsroom.apps.StaticFilesConfig",
    "js_asset",
    "ckeditor",
    "newsroom",
    "articles",
    "articles.desk",
    "media",
]

MIDDLEWARE = [
    "newsroom.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.DeskLocaleMiddleware",
    "newsroom.middleware.RefusalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"site": "articles.site.tags"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for sqlite:///path or postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": {
                # Writers queue at BEGIN instead of failing half-way; readers never wait (WAL).
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.pop("host", parts.hostname or "")),
            "PORT": str(parts.port or query.pop("port", "")),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, **query},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}; write sqlite:///path or postgresql://…"
    )


DATABASES = {"default": database(env("DATABASE_URL", f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}"))}

LANGUAGE_CODE = env("LANGUAGE_CODE", "vi")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = env("TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/uploads/"
MEDIA_ROOT = VAR_DIR / "uploads"


def picture_storage(url: str) -> dict[str, object]:
    """Django's STORAGES entry for s3://key:secret@bucket/folder?region=…&endpoint=…, or "" for files.

    Without key and secret, boto3 finds the machine's own. An endpoint is that of another
    maker's S3.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    region, endpoint = query.pop("region", None), query.pop("endpoint", None)
    # A slash in the secret, not encoded, would make its beginning the bucket.
    if parts.scheme != "s3" or not parts.hostname or "@" in parts.path or query:
        # The address holds a secret, so it is not repeated.
        raise ImproperlyConfigured(
            "STORAGE_URL cannot be read; write s3://key:secret@bucket/folder?region=… and, for "
            "another maker's S3, &endpoint=https://…, all percent-encoded."
        )
    where = urlsplit(endpoint or "https://")
    if where.scheme != "https" and where.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ImproperlyConfigured(
            "STORAGE_URL's endpoint must begin with https://, unless it is on this machine."
        )
    try:
        from botocore.config import Config  # only where it is used: it takes a while to import
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            "STORAGE_URL needs packages of its own: pip install --require-hashes -r "
            "requirements-s3.txt installs them."
        ) from error

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
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


STORAGES = {
    "default": picture_storage(env("STORAGE_URL")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "newsroom.storage.StaticStorage"
    },
}

# A pasted story of several megabytes must reach the form's own check, which keeps the text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Addresses typed without a scheme are https (the default from Django 6.0 on).
FORMS_URLFIELD_ASSUME_HTTPS = True

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = "/admin/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"

_mail = urlsplit(env("EMAIL_URL"))
EMAIL_CONFIGURED = bool(_mail.hostname)
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 587
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", f"newsroom@{_site.hostname}")

# Editors may also withdraw and bring back (by default only managing editors do).
EDITORS_WITHDRAW = env_bool("EDITORS_WITHDRAW", default=False)

# Whose players a story may show: videos of others are refused at the desk, and those that stand in
# stories become plain links.
EMBED_HOSTS = env_list("EMBED_HOSTS", ",".join(embeds.HOSTS))
if _unknown_hosts := set(EMBED_HOSTS) - set(embeds.HOSTS):
    raise ImproperlyConfigured(
        f"EMBED_HOSTS names {', '.join(sorted(_unknown_hosts))}; the players that this newsroom "
        f"knows are at {', '.join(embeds.HOSTS)}."
    )

# The body editor's settings. What it lets through and how it writes agree with
# articles/text/cleaning.py: opening and saving an untouched story changes no byte.
_FIGURES_AND_TEXT = (
    "p h2 h3 ul ol li blockquote table thead tbody tr br; th td[colspan,rowspan]; "
    "strong; em; a[!href]; figure[!data-images]; figure[!data-embed,data-images]; figcaption"
)
CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": [
            # One group, since the keys and the row of tools know one. What comes last waits behind
            # a button where there is no room.
            [
                *("Undo", "Redo", "-", "FiguresChoose", "FiguresPick", "FiguresVideo", "-"),
                *("Format", "Bold", "Italic", "Link", "Unlink", "-"),
                *("BulletedList", "NumberedList", "Blockquote", "Table", "-"),
                *("PasteText", "RemoveFormat", "Find"),
            ]
        ],
        "extraPlugins": "divarea,figures",
        "removePlugins": (
            "about,bidi,colorbutton,colordialog,copyformatting,div,editorplaceholder,"
            "elementspath,exportpdf,filebrowser,font,forms,horizontalrule,iframe,image,indentblock,"
            "justify,language,maximize,newpage,pagebreak,pastefromgdocs,preview,print,resize,save,"
            "scayt,showblocks,showborders,smiley,sourcearea,specialchar,stylescombo,templates,"
            "uploadimage,uploadwidget"
        ),
        # The link dialog's tab for uploads holds an inline script.
        "removeDialogTabs": "link:upload;link:advanced;link:target;table:advanced",
        "linkDefaultProtocol": "https://",
        "format_tags": "p;h2;h3",
        "allowedContent": _FIGURES_AND_TEXT,
        "pasteFilter": f"{_FIGURES_AND_TEXT}; b i h1 h4 h5 h6",
        "entities": False,
        "basicEntities": True,
        "fillEmptyBlocks": False,
        "clipboard_handleImages": False,
        "disableNativeSpellChecker": False,
        # Input methods make several steps of undo for one word.
        "undoStackSize": 200,
        "height": "auto",
        "width": "100%",
    }
}

SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4's end of support is known: the cleaner, not the editor, is what protects readers.
    "ckeditor.W001",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO" if not TESTING else "WARNING"},
}

"""One file of settings, read from the environment; docs/operators.md lists the variables.

Production refuses to start with an unsafe value and says which.
"""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import quote

from newsroom import environment

BASE_DIR = environment.BASE_DIR
TESTING = "pytest" in sys.modules
# A test run asks no installation's file, and its logins end with it.
ENVIRONMENT_FILE = None if TESTING else environment.file_of(os.environ)

try:
    env = environment.understood(
        environment.with_file(os.environ, ENVIRONMENT_FILE)
        | ({"SECRET_KEY": secrets.token_urlsafe(50)} if TESTING else {})
    )
except environment.Refused as _refused:
    # For people, who need the sentences and no traceback.
    raise SystemExit(str(_refused)) from None

DEBUG = env["DEBUG"]
VAR_DIR = env["VAR_DIR"]
_site = env["SITE_URL"]
SITE_URL = _site.url
HTTPS = _site.https
SECRET_KEY = env["SECRET_KEY"] or environment.kept_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env["ALLOWED_HOSTS"] or [f"[{_site.host}]" if ":" in _site.host else _site.host]

INSTALLED_APPS = [
    "newsroom.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    # The tests' live server looks for Django's own.
    "django.contrib.staticfiles" if TESTING else "newsroom.apps.StaticFilesConfig",
    "axes",
    "js_asset",
    "ckeditor",
    "newsroom",
    "articles",
    "articles.desk",
    "media",
]

MIDDLEWARE = [
    "newsroom.health.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
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


DATABASES = {
    "default": env["DATABASE_URL"]
    or environment.database(f"sqlite:///{quote(str(VAR_DIR / 'newsroom.sqlite3'))}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and not TESTING:
    environment.make_private(Path(DATABASES["default"]["NAME"]))

LANGUAGE_CODE = env["LANGUAGE_CODE"]
LANGUAGES = environment.LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = env["TIME_ZONE"]
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/uploads/"
MEDIA_ROOT = VAR_DIR / "uploads"
# What lies there is public, and nginx serves it as another account; all else is private to ours.
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755


STORAGES = {
    "default": env["STORAGE_URL"],
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
CSRF_FAILURE_VIEW = "articles.desk.failing.csrf_failure"

# django-axes asks articles.desk.login.brakes, which decides who has to wait and for how long.
AUTHENTICATION_BACKENDS = [
    "articles.desk.login.axes.BrakedBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "articles.desk.login.axes.Handler"
AXES_CLIENT_IP_CALLABLE = "articles.desk.login.brakes.address_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = "/admin/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_SSL_HOST = SITE_URL.partition("//")[2]
# Asked on the machine itself, by what knows neither certificate nor name.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"

_mail = env["EMAIL_URL"]
EMAIL_CONFIGURED = _mail is not None
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls, _mail.ssl
DEFAULT_FROM_EMAIL = env["EMAIL_FROM"] or f"newsroom@{_site.host}"

# Editors may also withdraw and bring back (by default only managing editors do).
EDITORS_WITHDRAW = env["EDITORS_WITHDRAW"]

# Whose players a story may show: videos of others are refused at the desk, and those that stand in
# stories become plain links.
EMBED_HOSTS = env["EMBED_HOSTS"]

# The body editor's settings. What it lets through and how it writes agree with
# articles/text/cleaning.py: opening and saving an untouched story changes no byte.
_FIGURES_AND_TEXT = (
    "p h2 h3 ul li blockquote table thead tbody tr br; ol[start,type]; th td[colspan,rowspan]; "
    "strong; em; s; sup; sub; a[!href]; figure[!data-images]; figure[!data-embed,data-images]; figcaption"
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
            "justify,language,liststyle,maximize,newpage,pagebreak,pastefromgdocs,preview,print,resize,save,"
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
    # What other hosts of the domain speak, and a browser's list of domains that speak https for
    # ever, is not for one site of the domain to decide.
    "security.W005",
    "security.W021",
    # The desk shows pages of its own in frames.
    "security.W019",
    # CKEditor 4's end of support is known: the cleaner, not the editor, is what protects readers.
    "ckeditor.W001",
    # The form to log in says it, not a page of django-axes' own.
    "axes.W002",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO" if not TESTING else "WARNING"},
    # Whoever asks an address of the machine for another site's page gets a 400; that is all.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}

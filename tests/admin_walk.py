"""The table of who gets what in the desk, and the legs that walk its addresses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver

# Who walks. The first reporter owns what is called "own", the other one what is called "other".
PEOPLE = ["reporter", "other", "editor", "managing", "nobody", "stranger"]
STRANGER = {"stranger"}
STAFF = set(PEOPLE) - STRANGER
DESK = STAFF - {"nobody"}
EDITORS = {"editor", "managing"}
MANAGING = {"managing"}
OWN = {"reporter"} | EDITORS
OTHER = {"other"} | EDITORS
NONE: set[str] = set()
EVERYBODY = set(PEOPLE)

MISSING = 79_999
# Ids that are none: a NUL, words, a number that no database holds.
ODD = ["%00", "x", "9" * 30]


class Thing(NamedTuple):
    """Who gets the list of a kind of thing, who may add one, and who may do what to which row."""

    list: set[str]
    add: set[str]
    rows: dict[str, dict[str, set[str]]]


def row(view: set[str], change: set[str], delete: set[str], **verbs: set[str]) -> dict:
    return {"view": view, "change": change, "delete": delete} | verbs


def story(view: set[str], change: set[str], delete: set[str], submit: set[str]) -> dict:
    editors = dict.fromkeys(["publish", "move", "cancel", "set_end"], EDITORS)
    managing = dict.fromkeys(["withdraw", "bring_back"], MANAGING)
    verbs = editors | managing | {"submit": submit, "duplicate": view, "recall": NONE}
    return row(view, change, delete, **verbs)


TABLE: dict[str, Thing] = {
    "articles/article": Thing(
        list=DESK,
        add=DESK,
        rows={
            "own draft": story(OWN, OWN, {"reporter", "managing"}, OWN) | {"send_back": NONE},
            "own submitted": story(OWN, EDITORS, MANAGING, NONE)
            | {"send_back": EDITORS, "recall": {"reporter"}},
            "own live": story(OWN, EDITORS, MANAGING, NONE) | {"send_back": EDITORS},
            "other draft": story(OTHER, OTHER, {"other", "managing"}, OTHER) | {"send_back": NONE},
        },
    ),
    "articles/author": Thing(
        list=DESK,
        add=EDITORS,
        rows={"own pen name": row(DESK, EDITORS, MANAGING), "idle": row(DESK, EDITORS, MANAGING)},
    ),
    "articles/caption": Thing(
        list=DESK,
        add=NONE,
        rows={"own": row(OWN, NONE, NONE), "other": row(OTHER, NONE, NONE)},
    ),
    "articles/category": Thing(
        list=DESK,
        add=MANAGING,
        rows={"used": row(DESK, MANAGING, MANAGING), "idle": row(DESK, MANAGING, MANAGING)},
    ),
    "articles/paper": Thing(list=MANAGING, add=NONE, rows={"paper": row(MANAGING, MANAGING, NONE)}),
    "articles/publication": Thing(
        list=DESK,
        add=NONE,
        rows={"own": row(OWN, NONE, NONE), "other plan": row(OTHER, NONE, NONE)},
    ),
    "articles/record": Thing(list=EDITORS, add=NONE, rows={"record": row(EDITORS, NONE, NONE)}),
    "articles/relatedlink": Thing(
        list=DESK,
        add=NONE,
        rows={
            "own": row(OWN, NONE, NONE),
            "other": row(OTHER, NONE, NONE),
            # From a story that one may see to one that one may not.
            "to a hidden story": row(EDITORS, NONE, NONE),
        },
    ),
    "auth/user": Thing(
        list=MANAGING,
        add=MANAGING,
        rows={
            "reporter": row(MANAGING, MANAGING, NONE),
            "peer": row(MANAGING, NONE, NONE),
            "root": row(NONE, NONE, NONE),
        },
    ),
    "media/image": Thing(
        list=DESK,
        add=DESK,
        rows={
            # The other one has placed "own"; readers have "shown".
            "own": row(OWN, OWN, MANAGING, replace=EDITORS, publish=EDITORS),
            "other": row(OTHER, OTHER, MANAGING, replace=OTHER, publish=EDITORS),
            "shown": row(DESK, OTHER, MANAGING, replace=EDITORS, publish=EDITORS),
            "idle": row(OWN, OWN, MANAGING, replace=OWN, publish=EDITORS),
        },
    ),
}
# What would go with a story that has been published, or leave one without its picture or section.
PROTECTED = {
    "articles/article": {"own live"},
    "articles/author": {"own pen name"},
    "articles/category": {"used"},
    "media/image": {"own", "other", "shown"},
}

# Rows that are written with a story, and have no other history than that.
WRITTEN_WITH_STORIES = {"articles/caption", "articles/publication", "articles/relatedlink"}

# The addresses of a row, and the right that each takes.
ROW_ADDRESSES = {
    "<path:object_id>/change/": "view",
    "<path:object_id>/history/": "view",
    "<path:object_id>/delete/": "delete",
}
STORY_ADDRESSES = {
    "<int:pk>/preview/": "view",
    "<int:pk>/versions/": "view",
    "<int:pk>/read/<slug:key>/": "view",
    "<int:pk>/read/<slug:key>/page/": "view",
    "<int:pk>/compare/": "view",
    "<int:pk>/preview-links/": "publish",
    "<int:pk>/preview-links/<int:link>/revoke/": "publish",
    "<int:pk>/version/<int:number>/": "publish",
    "<int:pk>/restore/<slug:key>/": "change",
    "<int:pk>/saves/<int:number>/": "view",
    "<int:pk>/saves/<int:number>/preview/": "view",
    "<int:pk>/saves/<int:number>/restore/": "change",
    "<int:pk>/publish/": "publish",
    "<int:pk>/move/<int:number>/": "move",
    "<int:pk>/cancel/<int:number>/": "cancel",
    "<int:pk>/end/<int:number>/": "set_end",
    "<int:pk>/withdraw/": "withdraw",
    "<int:pk>/bring-back/": "bring_back",
    "<int:pk>/submit/": "submit",
    "<int:pk>/recall/": "recall",
    "<int:pk>/send-back/": "send_back",
    "<int:pk>/duplicate/": "duplicate",
}
PICTURE_ADDRESSES = {
    "<int:pk>/replace/": "replace",
    "<int:pk>/master/": "view",
    "<int:pk>/rights/": "publish",
}
PERSON_ADDRESSES = {
    "<path:object_id>/password/": "change",
    "<path:object_id>/let-in/": "change",
}
ALL_ROW_ADDRESSES = {
    thing: ROW_ADDRESSES
    | {
        "articles/article": STORY_ADDRESSES,
        "auth/user": PERSON_ADDRESSES,
        "media/image": PICTURE_ADDRESSES,
    }.get(thing, {})
    for thing in TABLE
}

# Every other address: what is asked, and who gets which outcome. See `outcome`.
LOGIN = {"login": STRANGER}
ELSEWHERE: dict[str, dict[str, dict[str, set[str]]]] = {
    "": {"": {"page": STAFF} | LOGIN},
    "login/": {
        "login/": {"page": STRANGER, "redirect": STAFF},
        "login/?next=/admin/articles/article/{hidden story}/change/": {
            "page": STRANGER,
            "redirect": STAFF,
        },
    },
    "logout/": {"logout/": {"no such method": STAFF, "redirect": STRANGER}},
    "language/": {"language/": {"redirect": EVERYBODY}},
    "manual/": {"manual/": {"redirect": STAFF} | LOGIN},
    "manual/en/": {"manual/en/": {"page": STAFF} | LOGIN},
    "manual/vi/": {"manual/vi/": {"page": STAFF} | LOGIN},
    "manual/pictures/<slug:name>.png": {
        "manual/pictures/phone.png": {"page": STAFF} | LOGIN,
        "manual/pictures/nothing.png": {"none": STAFF} | LOGIN,
    },
    "manual/en/pictures/<slug:name>.png": {
        "manual/en/pictures/phone.png": {"page": STAFF} | LOGIN,
    },
    "manual/vi/pictures/<slug:name>.png": {
        "manual/vi/pictures/nothing.png": {"none": STAFF} | LOGIN,
    },
    "password_change/": {"password_change/": {"page": STAFF} | LOGIN},
    "password_change/done/": {"password_change/done/": {"page": STAFF} | LOGIN},
    "password-reset/": {"password-reset/": {"page": EVERYBODY}},
    "password-reset/sent/": {"password-reset/sent/": {"page": EVERYBODY}},
    "password-reset/complete/": {"password-reset/complete/": {"page": EVERYBODY}},
    "password-reset/<uidb64>/<token>/": {
        "password-reset/MQ/set-password/": {"page": EVERYBODY},
        "password-reset/%00/%00/": {"page": EVERYBODY},
    },
    "jsi18n/": {"jsi18n/": {"page": STAFF} | LOGIN},
    "^(?P<app_label>articles|auth|media)/$": {
        "articles/": {"page": DESK, "none": {"nobody"}} | LOGIN,
        "media/": {"page": DESK, "none": {"nobody"}} | LOGIN,
        "auth/": {"page": MANAGING, "none": STAFF - MANAGING} | LOGIN,
    },
    "(?P<url>.*)$": {
        "nothing/": {"none": STAFF} | LOGIN,
        "r/9/{hidden story}/": {"none": STAFF} | LOGIN,
        "autocomplete/?app_label=articles&model_name=article&field_name=owner": {"none": STAFF}
        | LOGIN,
        "auth/group/": {"none": STAFF} | LOGIN,
        "articles/captionimage/": {"none": STAFF} | LOGIN,
    },
    "board/": {
        f"board/{query}": {"page": EDITORS, "none": STAFF - EDITORS} | LOGIN
        for query in ("", "?day=2030-01-01", "?day=%00", "?day=9999-12-31", "?day=0001-01-01")
    },
    "board/week/": {
        f"board/week/{query}": {"page": EDITORS, "none": STAFF - EDITORS} | LOGIN
        for query in ("", "?day=2030-01-01", "?day=%00", "?day=9999-12-31", "?day=0001-01-01")
    },
    "board/many/": {
        f"board/many/{query}": {"page": EDITORS, "none": STAFF - EDITORS} | LOGIN
        for query in (
            "",
            "?item={hidden story}",
            "?item=%00&item=9&item={hidden story}-1&item=99999999999999999999&item=1-",
            "?item={hidden story}&go=ask&at-{hidden story}=%00&first=%00&step=%00&day=%00",
            "?item={hidden story}&go=fill&first=06:00,%201/1/2030&step=9999999",
            "?item={hidden story}&first_quick=06:00,%201/1/2199&step=1440",
            "?item={hidden story}-1&go=cancel&seen-{hidden story}-1=%00",
        )
    },
    "site-at/": {
        "site-at/": {"redirect": EDITORS, "none": STAFF - EDITORS} | LOGIN,
        "site-at/?at=06:00&address=/kinh-te/": {"redirect": EDITORS, "none": STAFF - EDITORS}
        | LOGIN,
        "site-at/?at=%00&address=%00": {"none": STAFF} | LOGIN,
        "site-at/?at=noon": {"page": EDITORS, "none": STAFF - EDITORS} | LOGIN,
        "site-at/?at=06:00&address=%00%0d%0a//x": {"redirect": EDITORS, "none": STAFF - EDITORS}
        | LOGIN,
    },
    "site-at/<str:moment>/": {
        "site-at/2030-01-01T06:00/": {"page": EDITORS, "none": STAFF - EDITORS} | LOGIN,
        "site-at/%00/": {"none": STAFF} | LOGIN,
    },
    "site-at/<str:moment>/<path:address>": {
        "site-at/2030-01-01T06:00/x/": {"none": STAFF} | LOGIN,
        "site-at/2030-01-01T06:00/%00": {"none": STAFF} | LOGIN,
    },
    "articles/article/add/preview/": {
        "articles/article/add/preview/": {"redirect": DESK, "refused": {"nobody"}} | LOGIN,
    },
    "articles/article/alive/": {
        "articles/article/alive/": {"page": DESK, "logged out": STRANGER | {"nobody"}}
    },
    "articles/article/beat/": {"articles/article/beat/": {"no such method": EVERYBODY}},
    "articles/article/take-over/": {"articles/article/take-over/": {"no such method": EVERYBODY}},
    "articles/article/copies/drop/": {
        "articles/article/copies/drop/": {"no such method": EVERYBODY}
    },
    "articles/article/copies/<int:pk>/": {
        "articles/article/copies/{unsaved text}/": {
            "page": {"reporter"},
            "none": STAFF - {"reporter"},
        }
        | LOGIN,
        "articles/article/copies/{unsaved text of the other}/": {
            "page": {"other"},
            "none": STAFF - {"other"},
        }
        | LOGIN,
        f"articles/article/copies/{'9' * 30}/": {"none": STAFF} | LOGIN,
    },
    "articles/article/copies/<int:pk>/fields/": {
        "articles/article/copies/{unsaved text}/fields/": {
            "page": {"reporter"},
            "none": STAFF - {"reporter"},
        }
        | LOGIN,
        "articles/article/copies/{unsaved text of the other}/fields/": {
            "page": {"other"},
            "none": STAFF - {"other"},
        }
        | LOGIN,
        f"articles/article/copies/{'9' * 30}/fields/": {"none": STAFF} | LOGIN,
    },
    "articles/article/find/": {
        "articles/article/find/?q=draft": {"page": DESK, "refused": {"nobody"}} | LOGIN,
        "articles/article/find/?q=%00": {"page": DESK, "refused": {"nobody"}} | LOGIN,
    },
    "articles/article/names/": {
        "articles/article/names/?q=a": {"page": DESK, "refused": {"nobody"}} | LOGIN,
    },
    "articles/article/pictures/": {
        "articles/article/pictures/": {
            "page": DESK,
            "refused": {"nobody"},
            "logged out": STRANGER,
        },
        "articles/article/pictures/?q=%00&before={hidden picture}": {
            "page": DESK,
            "refused": {"nobody"},
            "logged out": STRANGER,
        },
    },
    "articles/article/pictures/data/": {
        "articles/article/pictures/data/?ids={hidden picture},%00&story={hidden story}": {
            "page": DESK,
            "refused": {"nobody"},
            "logged out": STRANGER,
        },
    },
    "articles/article/pictures/add/": {
        "articles/article/pictures/add/": {"no such method": EVERYBODY},
    },
    "media/image/many/": {
        "media/image/many/?ids={hidden picture}": {"page": DESK, "refused": {"nobody"}} | LOGIN,
        "media/image/many/?ids=%00&ids=9": {"page": DESK, "refused": {"nobody"}} | LOGIN,
    },
    "media/image/photographers/": {
        "media/image/photographers/?q=%00": {"page": DESK, "refused": {"nobody"}} | LOGIN,
    },
    "media/image/delete/": {
        "media/image/delete/?ids={hidden picture}": {"page": MANAGING, "refused": STAFF - MANAGING}
        | LOGIN,
        "media/image/delete/?ids=%00&ids=9": {"page": MANAGING, "refused": STAFF - MANAGING}
        | LOGIN,
    },
    "media/image/words/": {
        "media/image/words/?ids={hidden picture},%00": {"page": EDITORS, "refused": STAFF - EDITORS}
        | LOGIN,
    },
    "articles/article/pasted/": {
        "articles/article/pasted/": {"no such method": EVERYBODY},
    },
    "articles/article/pictures/<int:pk>/describe/": {
        "articles/article/pictures/{hidden picture}/describe/": {"no such method": EVERYBODY},
    },
}


def routes() -> Iterator[str]:
    """Every address pattern under /admin/, without that prefix."""
    yield from (route[len("admin/") :] for route in _routes(get_resolver()) if "admin/" in route)


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            yield route


def known_routes() -> set[str]:
    """Every pattern that the table speaks of."""
    known = set(ELSEWHERE)
    for thing, addresses in ALL_ROW_ADDRESSES.items():
        rest = ["", "add/", "<path:object_id>/", *addresses]
        known |= {f"{thing}/{address}" for address in rest}
    return known


def good_outcomes(thing: str, route: str) -> set[str]:
    """What somebody may get who has the right: a verb sends back whom there is nothing to ask."""
    if route == "<path:object_id>/history/" and thing in WRITTEN_WITH_STORIES:
        return {"redirect"}
    return {"page"} if route in ROW_ADDRESSES else {"page", "redirect"}


def address(thing: str, route: str, pk: object) -> str:
    """An address of a row; a publication's number, where one is named, is the first."""
    for parameter in ("<path:object_id>", "<int:pk>"):
        route = route.replace(parameter, str(pk))
    route = (
        route.replace("<int:number>", "1").replace("<slug:key>", "copy").replace("<int:link>", "1")
    )
    return f"/admin/{thing}/{route}"


def outcome(response: HttpResponse) -> str:
    """What somebody gets, in a word."""
    if response.status_code == 302:
        return "login" if "/admin/login/?next=" in response.headers["Location"] else "redirect"
    return {
        200: "page",
        400: "bad",
        401: "logged out",
        403: "refused",
        404: "none",
        405: "no such method",
    }[response.status_code]


def text_of(response: HttpResponse) -> str:
    """All that the answer tells: status, headers, messages for the next page, and the body."""
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    body = b"".join(response) if response.streaming else response.content
    return "\n".join(
        [str(response.status_code), str(response.headers), *messages, body.decode(errors="replace")]
    )


def likeness(response: HttpResponse, *ids: object) -> str:
    """The answer without what differs from request to request: the ids, tokens, form ids, time."""
    text = text_of(response)
    for pk in ids:
        text = re.sub(rf"\b{pk}\b", "ID", text)
    text = re.sub(r'(csrfmiddlewaretoken" value=|"token": )"\w+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)
    return re.sub(r"'(Content-Length|Expires)': '[^']*'", "", text)


@dataclass
class Writes:
    """Statements that wrote into tables of ours; sessions are not."""

    statements: list[str] = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        if re.match(r"(INSERT|UPDATE|DELETE)\b", sql) and "django_session" not in sql:
            self.statements.append(sql)
        return execute(sql, params, many, context)


@dataclass
class Walker:
    """One of PEOPLE, sending requests that leave nothing behind."""

    name: str
    session: str
    kept: dict[str, HttpResponse] = field(default_factory=dict)

    @classmethod
    def logged_in(cls, name: str, user: User | None) -> "Walker":
        client = Client()
        if user:
            client.force_login(user)
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        return cls(name, cookie.value if cookie else "")

    def get(self, address: str) -> HttpResponse:
        response, writes = self.ask("get", address)
        assert not writes, f"GET {address} wrote: {writes}"
        return response

    def post(self, address: str, data: dict[str, object]) -> tuple[HttpResponse, list[str]]:
        return self.ask("post", address, data)

    def get_once(self, address: str) -> HttpResponse:
        """The answer of the first time, since what asks again changes nothing."""
        if address not in self.kept:
            self.kept[address] = self.get(address)
        return self.kept[address]

    def post_once(self, address: str, data: dict[str, object]) -> HttpResponse:
        key = f"{address} {data}"
        if key not in self.kept:
            self.kept[key] = self.post(address, data)[0]
        return self.kept[key]

    def ask(self, method: str, address: str, data: object = None) -> tuple[HttpResponse, list[str]]:
        """The answer, and the statements that wrote; all is rolled back."""
        client = Client()
        if self.session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        writes = Writes()
        try:
            with undone(), connection.execute_wrapper(writes):
                response = getattr(client, method)(address, data)
                if hasattr(response, "render"):
                    response.render()
        except Exception as error:
            error.add_note(f"{method.upper()} {address} {data or ''} as {self.name}")
            raise
        assert response.status_code < 500, f"{method} {address} as {self.name}"
        return response, writes.statements


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is always rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

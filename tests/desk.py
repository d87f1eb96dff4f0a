"""The story form as a browser fills it in: fetched, changed, sent again."""

import html
import re
from html.parser import HTMLParser

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import Article

LIST = "admin:articles_article_changelist"
ADD = "admin:articles_article_add"


def log_in(client: Client, user: User) -> Client:
    """The client at this person's desk, in English."""
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page(name: str, *args: object) -> str:
    """The address of one of a story's pages: page("publish", story.pk)."""
    return reverse(f"admin:articles_article_{name}", args=args)


def fields(response: HttpResponse, form: str = "article_form") -> dict[str, list[str]]:
    """What a browser would send of the page's form if nothing was typed, without its buttons."""
    reader = _FormReader(form)
    reader.feed(response.content.decode())
    return reader.fields


def save(client: Client, story: Article | None = None, **typed: object) -> HttpResponse:
    """Open the form, type, and press a button (_save if none is said)."""
    address = page("change", story.pk) if story else reverse(ADD)
    return client.post(address, filled(client.get(address), **typed))


def filled(response: HttpResponse, **typed: object) -> dict[str, object]:
    data: dict[str, object] = {**fields(response), **typed}
    if not any(name.startswith("_") for name in typed):
        data["_save"] = "1"
    return data


def ask(client: Client, address: str, **chosen: object) -> HttpResponse:
    """Open a verb's page, choose, and ask what will happen."""
    return client.post(address, {**fields(client.get(address), "data-asking"), **chosen})


def confirm(client: Client, address: str, **chosen: object) -> HttpResponse:
    """Open a verb's page, choose, read what will happen, and do it."""
    asked = ask(client, address, **chosen)
    if asked.status_code != 200:
        return asked
    return client.post(address, fields(asked, "data-asking"))


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return response.context["form"].errors


def text(response: HttpResponse) -> str:
    """A page's words, without markup."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


class _FormReader(HTMLParser):
    """Reads the values of one form: by its id, or the one that asks for a verb."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.form, self.inside = form, False
        self.textarea: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form or self.form in given
        name = given.get("name")
        if not self.inside:
            return
        if tag == "textarea" and name:
            self.textarea = name
            self.fields[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.fields[self.select] = [given.get("value") or ""]
        elif tag == "input" and name:
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen:
                self.fields.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            # A browser drops the newline that follows the start tag.
            if self.textarea:
                self.fields[self.textarea][0] = self.fields[self.textarea][0].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None

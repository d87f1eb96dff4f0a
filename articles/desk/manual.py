"""The reporters' manual, read in the desk: the same pages as in docs/, in Vietnamese and in English."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = settings.BASE_DIR / "docs"
# Each language's page, by its place in there.
PAGES = {"en": "reporters.md", "vi": "vi/phong-vien.md"}
_markdown = MarkdownIt().enable("table")


@require_safe
def start(_request: HttpRequest) -> HttpResponseBase:
    """To the manual in the desk's language."""
    return redirect(f"admin:manual_{get_language()}")


@require_safe
def page(request: HttpRequest, language: str) -> HttpResponse:
    """The manual in one language, with a list of its parts."""
    title, parts, text = _read(DOCS / PAGES[language])
    others = [other for other in PAGES if other != language]
    context = {"title": title, "parts": parts, "text": text, "language": language, "others": others}
    return TemplateResponse(
        request, "admin/manual.html", admin.site.each_context(request) | context
    )


@require_safe
def picture(_request: HttpRequest, name: str, language: str = "en") -> HttpResponseBase:
    """One of its pictures. Raises Http404."""
    folder = (DOCS / PAGES[language]).parent / "pictures"
    try:
        return HttpResponse((folder / f"{name}.png").read_bytes(), content_type="image/png")
    except FileNotFoundError:
        raise Http404 from None


def urls(guarded: Callable[[Callable], Callable]) -> list[URLPattern]:
    """Its addresses, below one of the desk; they lie as the files do, so that links fit both."""
    found = [path("", guarded(start), name="manual")]
    found += [path("pictures/<slug:name>.png", guarded(picture), name="manual_picture")]
    for language in PAGES:
        here = {"language": language}
        found += [
            path(f"{language}/", guarded(page), here, name=f"manual_{language}"),
            path(f"{language}/pictures/<slug:name>.png", guarded(picture), here),
        ]
    return found


@cache
def _read(file: Path) -> tuple[str, list[tuple[str, str]], SafeString]:
    """The title of a page, its parts with their ids, and its text without the title."""
    title, *tokens = _without_title(_markdown.parse(file.read_text(encoding="utf-8")))
    parts = []
    for opening, content in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.tag == "h2":
            opening.attrSet("id", slugify(content.content, allow_unicode=True))
            parts.append((opening.attrs["id"], content.content))
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    # Our own files, in which MarkdownIt lets no HTML stand.
    return title.content, parts, mark_safe(html)  # noqa: S308


def _without_title(tokens: list[Token]) -> list[Token]:
    """The text of the title, and what follows it."""
    _opening, title, _closing, *rest = tokens
    return [title, *rest]

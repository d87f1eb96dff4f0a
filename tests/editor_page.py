"""A page of the desk with nothing but a body editor: the urlconf of the editor's browser tests."""

import json
from urllib.parse import urlencode
from zlib import crc32

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

import newsroom.urls
from articles.desk.editor import pictures
from articles.desk.editor.field import BodyField
from tests import pictures as drawings

PAGE = """{% extends "admin/base_site.html" %}
{% block extrastyle %}{{ block.super }}<link rel="stylesheet" href="/static/admin/css/forms.css">
{{ form.media }}{% endblock %}
{% block content %}<form method="post" id="story">{% csrf_token %}
<fieldset class="module aligned"><div class="form-row field-body">
<div><div class="flex-container">{{ form.body.label_tag }}{{ form.body }}</div></div></div></fieldset>
{{ form.lead_image }}<input type="submit" name="_save" value="Save">
</form><pre id="sent">{{ sent }}</pre>{% endblock %}"""


class StoryForm(forms.Form):
    body = BodyField()
    lead_image = forms.IntegerField(required=False, widget=forms.HiddenInput)


def page(request: HttpRequest) -> HttpResponse:
    """An editor filled from the address; what is sent stands below it as JSON."""
    sent = request.POST.dict()
    sent.pop("csrfmiddlewaretoken", None)
    form = StoryForm(
        initial={"body": request.GET.get("body", ""), "lead_image": request.GET.get("lead", "")}
    )
    form.fields["body"].widget.story_id = request.GET.get("story", "")
    context = {
        "site_title": "Desk",
        "form": form,
        "sent": json.dumps(sent, ensure_ascii=False) if sent else "",
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


_desk = [
    path("body/", page),
    path("articles/article/pictures/", include(pictures.urls)),
    *admin.site.get_urls(),
]
urlpatterns = [path("admin/", (_desk, "admin", "admin")), *newsroom.urls.urlpatterns]


class Editor:
    """The editor on an open page, as the tests handle it."""

    def __init__(self, page, body: str = "", **query: object) -> None:
        self.page = page
        self.reports: list[str] = []
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.reports.append(str(error.stack)))
        page.goto("/admin/body/?" + _query(body=body, **query))
        self.text = page.locator(".cke_wysiwyg_div")
        self.text.wait_for()
        page.wait_for_function("CKEDITOR.instances.id_body.status === 'ready'")
        self.figures = self.text.locator("figure")
        self.captions = self.text.locator("figcaption")
        self.notice = page.locator(".figures-notice")

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Error" in text:
            self.reports.append(text)

    def data(self) -> str:
        return self.page.evaluate("CKEDITOR.instances.id_body.getData()")

    def set_data(self, html: str) -> str:
        """What getData gives back of it, after the editor has taken it in."""
        return self.page.evaluate(
            """html => new Promise(done => CKEDITOR.instances.id_body.setData(html, {
                callback() { done(this.getData()); }
            }))""",
            html,
        )

    def tool(self, name: str, figure: int = 0):
        """A button in a figure, by its label."""
        return self.figures.nth(figure).get_by_role("button", name=name, exact=True)

    def notice_selection(self) -> None:
        """Have CKEditor notice at once what is selected; by itself it does a moment later."""
        self.page.evaluate("CKEDITOR.instances.id_body.selectionChange(true)")

    def drop(self, files: dict[str, bytes], on=None) -> None:
        """Drop files on an element of the text, as a file manager does."""
        transfer = self.page.evaluate_handle(
            """files => {
                const transfer = new DataTransfer();
                for (const [name, bytes] of Object.entries(files)) {
                    transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
                }
                return transfer;
            }""",
            {name: list(data) for name, data in files.items()},
        )
        target = on or self.text
        box = target.bounding_box()
        event = {
            "dataTransfer": transfer,
            "clientX": box["x"] + 5,
            "clientY": box["y"] + box["height"] - 1,
        }
        target.dispatch_event("dragover", event)
        target.dispatch_event("drop", event)

    def paste(self, **contents: str) -> None:
        """Paste at the caret, and wait until it is in: html=…, plain=…, rtf=…."""
        types = {"html": "text/html", "plain": "text/plain", "rtf": "text/rtf"}
        self.page.evaluate(
            """contents => new Promise(done => {
                const editor = CKEDITOR.instances.id_body;
                // A video's address is not pasted: a figure is made of it.
                editor.once("afterPaste", () => setTimeout(done));
                editor.widgets.once("instanceCreated", () => setTimeout(done));
                const transfer = new DataTransfer();
                for (const [type, text] of Object.entries(contents)) transfer.setData(type, text);
                const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true});
                // Firefox empties what it is given with the event.
                Object.defineProperty(event, "clipboardData", {value: transfer});
                document.activeElement.dispatchEvent(event);
            })""",
            {types[name]: text for name, text in contents.items()},
        )

    def open_picture(self, figure: int, picture: int) -> None:
        """Click on a picture: its alt text, credit and buttons open."""
        self.figures.nth(figure).locator("button.picture").nth(picture).click()

    def select_figure(self, figure: int) -> None:
        """Select a whole figure, as the arrow keys do."""
        self.page.evaluate(
            """n => {
                const editor = CKEDITOR.instances.id_body;
                const figure = editor.editable().find("figure").getItem(n);
                editor.widgets.getByElement(figure).focus();
            }""",
            figure,
        )

    def in_step(self) -> None:
        """Wait until the form has what stands in the text."""
        self.page.wait_for_function(
            """() => {
                const editor = CKEDITOR.instances.id_body;
                return editor.element.$.value === editor.getData();
            }"""
        )

    def pictures(self, count: int) -> None:
        """Wait until so many pictures stand in the text, all of them arrived."""
        self.figures.locator("img").nth(count - 1).wait_for()
        self.figures.locator(".unfinished").first.wait_for(state="detached")
        assert self.figures.locator("img").count() == count

    def slow_uploads(self) -> None:
        """Hold back what is uploaded until let_uploads_go."""
        self._held: list | None = []

        def hold(route) -> None:
            if self._held is None:
                route.continue_()
            else:
                self._held.append(route)

        self.page.route("**/pictures/add/", hold)

    def let_uploads_go(self) -> None:
        held, self._held = self._held, None
        for route in held:
            route.continue_()

    def paste_files(self, files: dict[str, bytes]) -> None:
        """Paste files at the caret, as a picture copied elsewhere comes."""
        self.page.evaluate(
            """files => {
                const transfer = new DataTransfer();
                for (const [name, bytes] of Object.entries(files)) {
                    transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
                }
                const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true});
                // Firefox empties what it is given with the event.
                Object.defineProperty(event, "clipboardData", {value: transfer});
                document.activeElement.dispatchEvent(event);
            }""",
            {name: list(data) for name, data in files.items()},
        )

    def save(self) -> dict[str, str]:
        """Send the form; what the server got."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        return self.sent()

    def sent(self) -> dict[str, str]:
        """What the server got, once it has."""
        sent = self.page.locator("#sent:not(:empty)")
        sent.wait_for()
        return json.loads(sent.text_content())


def photos(*names: str) -> dict[str, bytes]:
    """Drawn pictures under these file names, each different."""
    return {name: drawings.jpeg((320, 240), crc32(name.encode())) for name in names}


def _query(**values: object) -> str:
    return urlencode({name: value for name, value in values.items() if value not in ("", None)})

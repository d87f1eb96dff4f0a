"""The address, in JSON, where the body editor has what is pasted cleaned: the same truth as a save."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.editor.pictures import for_the_desk, refusal
from articles.rules import leftovers
from articles.text import Body, cleaned_with_notes, opening_of
from articles.text.cleaning import MAX_PIECES

# Word needs many tags for few words.
_MAX_PASTED_PIECES = 2 * MAX_PIECES


@require_POST
@for_the_desk
def pasted(request: HttpRequest) -> JsonResponse:
    """HTML from a clipboard as a story's text, and the sentence that says what was left out.

    With `mark`, the story's own before its lede, it also tells how the text begins, for the fields
    above: see `opening_of`.
    """
    html = request.POST.get("html", "")
    if html.count("<") + html.count("\n") > _MAX_PASTED_PIECES:
        return refusal(_("This is more than one story can hold. Paste it in parts."), 400)
    text, left_out = cleaned_with_notes(html)
    answer = {"html": text, "left_out": leftovers.sentence(left_out)}
    if "mark" in request.POST:
        answer["opening"] = asdict(opening_of(Body.read(text), request.POST["mark"]))
    return JsonResponse(answer)

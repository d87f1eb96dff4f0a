"""The form field of a story's body. The one place that knows which editor writes it.

Another editor takes its place by keeping three promises: the textarea holds clean HTML before the
form is sent, "newsroom:changed" bubbles from it when that has changed, and the hidden field
`lead_image` holds the chosen lead picture. articles/desk/static/articles/editor/ is this one's code.
"""

from importlib.metadata import version

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.forms.widgets import Media, Script
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.text import embeds
from articles.text.blocks import MAX_FIGURE_IMAGES
from media import uploads
from media.models import Image

# Kept in the browser under its own unhashed name, so its address carries the release.
RELEASE = version("django-ckeditor")


class BodyWidget(CKEditorWidget):
    """CKEditor with figures. story_id: the story at hand, whose pictures its writer may use."""

    story_id: int | None = None

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.attrs["data-editor-release"] = RELEASE

    @property
    def media(self) -> Media:
        return super().media + Media(
            css={"all": ["articles/editor/editor.css"]},
            js=[Script("articles/editor/editor.js", type="module")],
        )

    def get_context(self, name: str, value: str | None, attrs: dict[str, object] | None) -> dict:
        # A copy: the widgets of all requests share what the class was given.
        self.config = self.config | {
            "title": _("Body"),
            "contentsCss": static("articles/editor/formats.css"),
            "figures": {
                "words": labels(),
                "tooltips": tooltips(),
                "urls": addresses(),
                "videos": videos(),
                "story": self.story_id,
                "most": MAX_FIGURE_IMAGES,
                "mostBytes": uploads.MAX_BYTES,
                "longest": Image._meta.get_field("alt_text").max_length,
            },
        }
        return super().get_context(name, value, attrs)


class BodyField(forms.CharField):
    """A story's body. What arrives is anybody's HTML until articles.text has cleaned it."""

    widget = BodyWidget

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"required": False, "strip": False} | kwargs)


def addresses() -> dict[str, str]:
    """Where the editor's scripts ask and send; the 0 stands for a picture's id."""
    return {
        "add": reverse("admin:articles_pictures_add"),
        "find": reverse("admin:articles_pictures"),
        "data": reverse("admin:articles_pictures_data"),
        "describe": reverse("admin:articles_pictures_describe", args=[0]),
        "pasted": reverse("admin:articles_article_pasted"),
        "login": reverse("admin:login"),
        "styles": static("articles/editor/figure.css"),
    }


def videos() -> dict[str, object]:
    """Which addresses are videos, as the editor's scripts read them; `allowed` by the settings."""
    kinds = [
        {
            "provider": kind.provider,
            "pattern": pattern,
            "address": kind.address,
            "upright": kind.upright,
            "allowed": kind.host in settings.EMBED_HOSTS,
        }
        for kind in embeds.KINDS
        for pattern in kind.patterns
    ]
    return {
        "kinds": kinds,
        "shortened": embeds.SHORTENED,
        "longest": embeds.LONGEST,
        "providers": ", ".join(dict.fromkeys(k["provider"] for k in kinds if k["allowed"])),
    }


def labels() -> dict[str, str]:
    """All texts that the editor's scripts show, in the user's language."""
    return (
        _placing() | _figures() | _pictures() | _overview() | _videos() | _library() | _failures()
    )


def tooltips() -> dict[str, dict[str, str]]:
    """What CKEditor's own tools are called, by its names for them, where its Vietnamese is poor."""
    return {
        "undo": {"undo": _("Undo"), "redo": _("Redo")},
        "format": {
            "tag_p": _("Paragraph"),
            "tag_h2": _("Heading 2"),
            "tag_h3": _("Heading 3"),
        },
        "link": {"unlink": _("Remove the link")},
        "list": {"bulletedlist": _("Bulleted list"), "numberedlist": _("Numbered list")},
        "removeformat": {"toolbar": _("Remove the formatting")},
    }


def _placing() -> dict[str, str]:
    return {
        "choose": _("Add pictures"),
        "pick": _("From the library"),
        "close": _("Close"),
        "cancel": _("Cancel"),
        "too_many": _(
            "At most %(most)s pictures fit over one caption. Make two groups, each with its own."
        ),
        "placed_apart": _("Pictures placed, each with its own caption: %(count)s."),
        "placed_together": _("Pictures placed together with one caption: %(count)s."),
        "put_together": _("Together with one caption"),
        "put_apart": _("Each with its own caption"),
        "more_tools": _("More tools"),
    }


def _figures() -> dict[str, str]:
    return {
        "figure": _("Pictures and their caption"),
        "caption": _("Caption"),
        "which_caption": _("Which caption?"),
        "choose_caption": _(
            "They had captions of their own: choose under the pictures which one stays, or all."
        ),
        "tools": _("What to do with these pictures"),
        "move_up": _("Move up"),
        "move_down": _("Move down"),
        "merge": _("Join above"),
        "merge_hint": _("Join with the pictures above, under one caption"),
        "add_here": _("Add here"),
        "add_here_hint": _("Add pictures here, under this caption"),
        "write_below": _("Text below"),
        "write_below_hint": _("Write a paragraph below"),
        "remove_figure": _("Remove all"),
        "remove_figure_hint": _("Remove these pictures and their caption"),
    }


def _pictures() -> dict[str, str]:
    return {
        "picture": _("Picture %(number)s of %(count)s: %(alt)s. Alt text, credit line, order"),
        "about_picture": _("Picture no. %(id)s"),
        "lead": _("Lead picture"),
        "make_lead": _("Lead picture"),
        "no_alt": _("No alt text yet"),
        "alt_text": _("Alt text"),
        "alt_hint": _(
            "What is in the picture, for readers who cannot see it. "
            "Enter leads to the next picture without one."
        ),
        "credit": _("Credit line"),
        "credit_hint": _("The photographer or agency to name."),
        "photographer": _("Photographer"),
        "photographer_beside": _("Who took the picture; several names with commas between them."),
        "credit_beside": _(
            "The agency or whom else to name; readers see the photographer before it."
        ),
        "may_not_describe": _("Only the uploader or an editor can change these."),
        "saving": _("Saving…"),
        "saved": _("Saved in the library."),
        "move_left": _("Move this picture to the left"),
        "move_right": _("Move this picture to the right"),
        "split": _("Split off"),
        "remove": _("Remove"),
    }


def _overview() -> dict[str, str]:
    return {
        "some_without_alt": _("Pictures: %(count)s. No alt text yet: %(missing)s."),
        "all_with_alt": _("Pictures: %(count)s. All have an alt text."),
        "write_alt": _("Write alt texts"),
        "change_order": _("Change the order"),
        "count_of": _("%(number)s of %(count)s"),
        "all_have_alt": _("All pictures have an alt text."),
        "without_alt": _("No alt text yet: %(count)s."),
        "order": _("Order"),
        "order_hint_here": _("Change the order of these pictures"),
        "order_title": _("Order of the pictures"),
        "order_hint": _(
            "Choose a picture and move it with the buttons. Or drag it, or press Alt and an arrow key."
        ),
        "order_place": _("%(name)s, place %(number)s of %(count)s"),
        "order_group": _("%(count)s pictures, one caption."),
        "order_first": _("To the front"),
        "order_back": _("Earlier"),
        "order_on": _("Later"),
        "order_last": _("To the end"),
        "order_moved": _("Now at place %(number)s of %(count)s."),
        "order_done": _("Use this order"),
    }


def _videos() -> dict[str, str]:
    return {
        "video_choose": _("Add a video"),
        "video_address": _("Address of the video"),
        "video_add": _("Add"),
        "video": _("Video and its title"),
        "video_title": _("Title of the video"),
        "video_badge": _("Video on %(provider)s"),
        "no_still": _("No cover picture yet: readers see the title only. Add one from the video."),
        "still": _("Add a cover picture"),
        "still_hint": _("Add a cover picture: it stands for the video until it plays"),
        "still_pick": _("Cover picture from the library"),
        "video_unknown": _(
            "This is not the address of a video that can stand in a story (%(providers)s). "
            "Open the video and copy the address of its page."
        ),
        "video_shortened": _(
            "This shortened address does not say which video it leads to. Open it, and copy the "
            "long address of the page that appears."
        ),
        "video_off": _(
            "This paper shows no videos of %(provider)s inside its stories. Write a link to it."
        ),
    }


def _library() -> dict[str, str]:
    return {
        "library": _("Pictures of the library"),
        "search": _("Search the library"),
        "show": _("Show"),
        "show_all": _("All"),
        "show_mine": _("Mine"),
        "show_unused": _("In no story"),
        "number": _("Picture no. %(id)s"),
        "loading": _("Loading…"),
        "nothing_found": _("No picture found. Shorten the search."),
        "more": _("Show more"),
        "insert": _("Insert (%(count)s)"),
    }


def _failures() -> dict[str, str]:
    return {
        "uploading": _("Uploading"),
        "working": _("Working on the picture…"),
        "postponed": _("The server is busy. This picture goes on by itself in a moment."),
        "too_big": str(uploads.InvalidPicture(uploads.Fault.TOO_BIG)),
        "try_again": _("Try again"),
        "log_in": _("Log in in a new tab"),
        "logged_out": _("You are logged out. Log in again, then try once more."),
        "unreachable": _("The server cannot be reached. Check your connection and try again."),
        "failed": _("The server could not do this (%(status)s). Try again in a moment."),
        "not_here": _("This picture was on its way in another page. Add it here again."),
        "not_kept": _(
            "Your browser did not keep the file of this picture. Choose it again, or drop it here."
        ),
        "gone": _("Picture no. %(id)s is gone from the library, or you may not use it."),
        "lost": _("This picture did not come with the text. Choose its file, or drop it here."),
        "lost_choose": _("Choose the file"),
        "lost_original": _("See the original"),
        "places_left": _(
            "Not saved yet. Pictures still missing: %(count)s. Add or remove them, then save."
        ),
        "save_without": _("Save without them"),
        "pictures_placed": _(
            "Pictures not pasted: %(count)s. Their places are marked: drop the files there."
        ),
        "pictures_lost": _(
            "Pictures not pasted: %(count)s. Save them on your device and add them here."
        ),
        "begins_both": _("This text begins with its headline and lede."),
        "begins_headline": _("This text begins with its headline."),
        "begins_lede": _("This text begins with its lede."),
        "lift": _("Move to the fields above"),
        "pasted_plainly": _("Pasted as plain text, without headings, lists and emphasis."),
        "save_waits": _(
            "The story is saved as soon as the pictures are uploaded: %(count)s to go."
        ),
        "save_failed": _(
            "Not saved yet: a picture could not be uploaded. Try again or remove it, then save."
        ),
    }

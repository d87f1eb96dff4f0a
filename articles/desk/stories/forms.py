"""The form of a story's working copy: all that a reporter types, checked before anything is saved."""

import uuid
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import linking
from articles.desk.editor.field import BodyField
from articles.desk.lines import LineField
from articles.desk.stories.byline import NamesField, shared_names
from articles.desk.stories.links import LinksField
from articles.desk.stories.meeting import Meeting, Part
from articles.models import Article, Author, Category, Genre, Paper
from articles.publishing import access, freezing, history
from articles.rules import permissions
from articles.rules.addresses import slug_of
from articles.rules.bounds import check_body
from articles.rules.content import Content, ContentLink, short_fields
from articles.rules.refusals import StaleVersion, WorkflowError
from articles.rules.states import in_sentence
from articles.text import Body, Figure
from media.models import Image

# What a card shows without cutting: two lines on a phone, and three of the summary.
CARD_HEADLINE = 80
CARD_LEDE = 160
MAX_ID = 2**63 - 1


class SectionField(forms.ModelChoiceField):
    """A section, the parts of a main section set in under it."""

    def label_from_instance(self, section: Category) -> str:
        return section.indented_name


def _counted(limit: int) -> dict[str, object]:
    """What the counting script needs: the words come from here, so that they are translated."""
    return {
        "data-count-fits": limit,
        "data-count-ok": _("%s characters, front page shows all"),
        "data-count-long": _("%s characters, front page shortens it"),
    }


def _no_section(user: access.User) -> str:
    """What somebody does about a paper that has no sections: the story can wait as a draft."""
    if permissions.may_handle(access.role_of(user), "add", "articles.category"):
        return format_html(
            '{} <a href="{}">{}</a>',
            _("The paper has no sections yet."),
            reverse("admin:articles_category_add"),
            _("Add a section"),
        )
    names = access.managing_editors()
    return _("The paper has no sections yet. Save the story as a draft, and ask %(names)s.") % {
        "names": names or _("the managing editor")
    }


@dataclass(frozen=True)
class Difference:
    """Where the saved story and what was typed are not the same."""

    label: str
    saved: str
    typed: str

    @property
    def is_of_marks(self) -> bool:
        """Are the words the same, and what differs is how they are set, or where a link leads?"""
        return self.saved == self.typed


class StoryForm(forms.ModelForm):
    """Made for one person at one moment: see `for_person`."""

    user: access.User
    at: datetime
    # The body as a value, once it has been cleaned: who saves it need not clean it again.
    text: Body | None = None

    headline = LineField(
        label=gettext_lazy("Headline"),
        max_length=300,
        error_messages={"required": gettext_lazy("A story needs a headline to be saved.")},
    )
    dateline = LineField(label=gettext_lazy("Mark before the lede"), max_length=60, required=False)
    lede = LineField(
        label=gettext_lazy("Lede"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    section = SectionField(
        label=gettext_lazy("Section"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=gettext_lazy("(none yet)"),
    )
    genre = forms.ChoiceField(
        label=gettext_lazy("Genre"), choices=Genre.choices, initial=Genre.REPORT
    )
    authors = NamesField(label=gettext_lazy("Byline"), required=False)
    byline = LineField(
        label=gettext_lazy("Source line"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands after the names, such as “according to TTXVN”."),
    )
    body = BodyField(label=gettext_lazy("Text"))
    links = LinksField(label=gettext_lazy("Related links"), required=False)
    slug = LineField(
        label=gettext_lazy("Address"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Made from the headline when left empty."),
    )
    lead_image = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_ID, widget=forms.HiddenInput
    )
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The version that the text was opened at, whatever has been saved since; and what is met there.
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    met = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    # Names the copy that is kept of it, and those that it goes on with: they go when it is saved.
    copy = forms.CharField(required=False, max_length=1500, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ["headline", "dateline", "lede", "section", "genre", "byline", "body", "slug"]

    @classmethod
    def for_person(cls, user: access.User, *, at: datetime) -> type["StoryForm"]:
        """The form's class for this person at this moment, as the admin wants it."""
        return type("StoryFormFor", (cls,), {"user": user, "at": at})

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.stale: list[Difference] = []
        # Where two saves meet, what is to be chosen of each.
        self.meeting: list[Part] = []
        self.who_saved = ""
        self.unchanged = False
        # Names that went to the source line: not in the list of authors, or several times in it.
        self.moved: list[str] = []
        self.shared: list[str] = []
        self.fields["section"].queryset = Category.objects.order_by(*Category.MENU_ORDER)
        if not self.instance.section_id and not Category.objects.exists():
            self.fields["section"].help_text = _no_section(self.user)
        self.fields["headline"].widget.attrs |= _counted(CARD_HEADLINE) | {
            "autocomplete": "off",
            "autofocus": not self.instance.pk and not self.is_bound,
        }
        self.fields["lede"].widget.attrs |= _counted(CARD_LEDE)
        self.fields["body"].widget.story_id = self.instance.pk
        links = self.fields["links"]
        links.user, links.at, links.article = self.user, self.at, self.instance
        self._begin()

    def _begin(self) -> None:
        """What the fields hold that the model's row does not."""
        saved = self.instance
        if saved.pk:
            own = {
                "authors": freezing.byline_of(saved),
                "links": freezing.links_of(saved),
                "form_id": saved.form_id,
                "version": saved.version,
                "base": saved.version,
                "lead_image": saved.lead_image_id,
            }
        else:
            own = {
                "dateline": Paper.load().mark.strip(),
                "authors": list(Author.objects.filter(user=self.user.pk)[:1]),
                "form_id": uuid.uuid4(),
            }
        self.initial |= own

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].strip()
        if slug and not slug_of(slug, fallback=""):
            raise ValidationError(
                _("An address needs letters or digits. Leave it empty to get the headline's."),
                code="empty_slug",
            )
        return slug_of(slug) if slug else ""

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        check_body(body)
        self.text = Body.cleaned(body)
        return self.text.html

    def clean(self) -> dict[str, object]:
        self._check_needed()
        self._check_pictures()
        self._check_authors(may_add=_may_add_authors(self.user))
        if self.instance.pk:
            self._check_version()
        return self.cleaned_data

    @property
    def _leaves(self) -> bool:
        return "_submit" in self.data or "_publish" in self.data

    def _check_needed(self) -> None:
        """What readers need is asked for when the story leaves the reporter's hands."""
        if self._leaves and "section" not in self.errors and not self.cleaned_data.get("section"):
            self.add_error(
                "section", _("The story has no section yet. Choose one, then try again.")
            )

    def _check_authors(self, *, may_add: bool) -> None:
        """A name of which it is not known who is meant keeps no draft from being saved.

        It stands beside the authors, in the source line. may_add: a name that is not in the list
        becomes an author.
        """
        authors = self.cleaned_data.get("authors", [])
        shared = shared_names(authors)
        unsaved = list(dict.fromkeys(author.name for author in authors if author.pk is None))
        unknown = [] if may_add else [name for name in unsaved if name not in shared]
        if not (shared or unknown):
            return
        line = self.cleaned_data.get("byline", "")
        added = [name for name in unsaved if name in {*shared, *unknown} and name not in line]
        beside = ", ".join([*added, *filter(None, [line])])
        if self.errors or self._leaves or len(beside) > self.fields["byline"].max_length:
            refusals = [*map(_shared_name, shared), *map(_unknown_author, unknown)]
            self.add_error("authors", refusals)
            return
        self.moved, self.shared = unknown, shared
        names = {*shared, *unknown}
        self.cleaned_data["authors"] = [a for a in authors if a.pk or a.name not in names]
        self.cleaned_data["byline"] = beside

    def _check_pictures(self) -> None:
        if self.text is None:
            return
        ids = freezing.image_ids(self.text, self.cleaned_data.get("lead_image"))
        try:
            freezing.usable_pictures(self.instance, ids, self.user)
        except WorkflowError as refused:
            self.add_error("body", str(refused))

    def _check_version(self) -> None:
        saved = self.instance
        if self.cleaned_data.get("version") == saved.version:
            if "_meet" in self.data and not self.errors:
                self._take_from_both()
            return
        differences = self._differences()
        if not differences and not self.errors:
            # The same text sent twice: it is saved already.
            self.unchanged = True
            return
        if not self.errors:
            # The page shows all that differs: what it sends saves over the version that it shows.
            self.data = self.data.copy()
            self.data["version"] = str(saved.version)
        self.stale = differences
        self.who_saved = _who_saved(saved, self.user)
        if not self.errors:
            self._meet(self._meeting())
        sentence = _(
            "What you typed is still in the form, and is not saved yet: compare it with what is "
            "saved, then save again."
        )
        told = f"{_told_of_saving(saved, self.user)} {sentence}"
        self.add_error(None, ValidationError(told, code=StaleVersion().code))

    def _meeting(self) -> Meeting | None:
        """What was typed beside what is saved; None where the save that it began from is not kept."""
        version = self.cleaned_data.get("base")
        authors = self.cleaned_data.get("authors", [])
        save = self.instance.saves.filter(version=version).first()
        if save is None or any(author.pk is None for author in authors):
            return None
        base = history.read_back(save).content
        return Meeting.of(base, self._typed(), freezing.unfinished_content(self.instance))

    def _typed(self) -> Content:
        """What stands in the form, once it is valid."""
        typed, chosen = copy(self.instance), self.cleaned_data
        for name in self.Meta.fields:
            setattr(typed, name, chosen.get(name))
        typed.slug = typed.slug or self.instance.slug
        typed.lead_image_id = chosen.get("lead_image")
        body = freezing.clean_fields(typed, self.text)
        ids = freezing.image_ids(body, typed.lead_image_id)
        return freezing.frozen(
            typed,
            body,
            Image.objects.in_bulk(ids),
            author_ids=[author.pk for author in chosen["authors"]],
            links=chosen["links"],
        )

    def _meet(self, met: Meeting | None) -> None:
        if met is None:
            return
        self.data["met"] = met.digest
        seen = linking.linkable(self.user, at=self.at)
        self.meeting = met.parts(self.who_saved, self._choices(), seen)

    def _choices(self) -> dict[str, str]:
        return {
            name.removeprefix("take-"): value
            for name, value in self.data.items()
            if name.startswith("take-")
        }

    def _take_from_both(self) -> None:
        """Let the form hold what was chosen of both texts, where all of it was."""
        met = self._meeting()
        content = None
        if met and met.digest == self.cleaned_data.get("met"):
            content = met.settled(self._choices())
        if met and content is None:
            self.data = self.data.copy()
            self.who_saved = _who_saved(self.instance, self.user)
            self.stale = self._differences()
            told = (
                _("Choose one for each difference, then save what you chose.")
                if met.digest == self.cleaned_data.get("met")
                else _("The text below has changed since. Look at the differences once more.")
            )
            self._meet(met)
            self.add_error(None, ValidationError(told, code="not_chosen"))
        elif content:
            self._hold(content)

    def _hold(self, content: Content) -> None:
        authors = Author.objects.in_bulk(content.author_ids)
        self.text = content.body
        self.cleaned_data |= short_fields(content) | {
            "section": Category.objects.filter(pk=content.section_id).first(),
            "body": content.body.html,
            "authors": [authors[pk] for pk in content.author_ids if pk in authors],
            "links": list(content.links),
            "lead_image": content.lead_image_id,
        }

    def _differences(self) -> list[Difference]:
        """Between what is saved (the instance, still untouched here) and what was typed."""
        saved, typed = self.instance, copy(self.instance)
        for name in self.Meta.fields:
            setattr(typed, name, self.cleaned_data.get(name, getattr(saved, name)))
        if not self.cleaned_data.get("slug"):
            typed.slug = saved.slug
        freezing.clean_fields(typed, self.text)
        pairs = [
            (self.fields[name].label, _field_text(saved, name), _field_text(typed, name))
            for name in self.Meta.fields
            if getattr(saved, name) != getattr(typed, name)
        ]
        pairs += [
            (self.fields[name].label, self._listed(name, before), self._listed(name, after))
            for name, before in (
                ("authors", freezing.byline_of(saved)),
                ("links", freezing.links_of(saved)),
            )
            if (after := self.cleaned_data.get(name, before)) != before
        ]
        lead = self.cleaned_data.get("lead_image")
        if lead != saved.lead_image_id:
            pairs.append((_("Lead picture"), *map(_picture, (saved.lead_image_id, lead))))
        return [Difference(str(label), before, after) for label, before, after in pairs]

    def _listed(self, name: str, items: Sequence[Author | ContentLink]) -> str:
        rows = self.fields[name].prepare_value(items)
        return "\n".join(str(row) for row in rows)


def _shared_name(name: str) -> ValidationError:
    return ValidationError(
        _("Several authors are called “%(name)s”. Choose one from the list.") % {"name": name},
        code="ambiguous_author",
    )


def _unknown_author(name: str) -> ValidationError:
    return ValidationError(
        _(
            "No author is called “%(name)s”. Choose one from the list, or write the name "
            "under “Source line” and ask an editor to add it."
        )
        % {"name": name},
        code="unknown_author",
    )


def _may_add_authors(user: access.User) -> bool:
    role = access.role_of(user)
    return role is not None and "add" in permissions.THINGS[role]["articles.author"]


def _field_text(article: Article, name: str) -> str:
    if name == "body":
        marked = Body.read(article.body).filled(_figure_in_words)
        return Body.read(marked).plain_text()
    if name == "genre":
        return article.get_genre_display()
    return str(getattr(article, name) or "")


def in_words(field: forms.Field, value: object) -> str:
    """The value of a form's field as a person reads it; a list has a line for each row.

    The text is safe HTML, all else is plain.
    """
    if isinstance(field, BodyField):
        # What the text has of marks and links is copied with it.
        return mark_safe(Body.cleaned(str(value or "")).filled(_figure_in_words))  # noqa: S308
    if isinstance(field, forms.ChoiceField):
        return {str(key): str(label) for key, label in field.choices}.get(str(value), "")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value or "")


def _figure_in_words(figure: Figure) -> str:
    pictures = " ".join(f"[{_picture(pk)}]" for pk in figure.images)
    words = " ".join(filter(None, (pictures, figure.embed, figure.plain_caption)))
    return f"<p>{escape(words)}</p>"


def _picture(pk: int | None) -> str:
    return _("Picture no. %(id)s") % {"id": pk} if pk else ""


def _who_saved(story: Article, user: access.User) -> str:
    """Over what a story holds now, beside what somebody else has typed."""
    if story.saved_by is None:
        return _("Saved since")
    if story.saved_by_id == user.pk:
        return _("Saved by you, elsewhere")
    return _("Saved by %(who)s") % {"who": access.name_of(story.saved_by)}


def _told_of_saving(story: Article, user: access.User) -> str:
    when = in_sentence(story.updated_at.replace(microsecond=0), timezone.get_current_timezone())
    if story.saved_by is None:
        return _("This story was saved %(when)s, after you had opened it.") % {"when": when}
    if story.saved_by_id == user.pk:
        return _("You saved this story yourself %(when)s, in another tab or on another device.") % {
            "when": when
        }
    return _("%(who)s saved this story %(when)s, after you had opened it.") % {
        "who": access.name_of(story.saved_by),
        "when": when,
    }

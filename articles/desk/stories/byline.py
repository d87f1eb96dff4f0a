"""The byline's names: rows of text inputs, each with the id of the author that was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from articles.models import Author, free_slug
from articles.rules.bounds import check_authors
from media.text import fold, is_blank, one_line


@dataclass(frozen=True)
class Name:
    """A row as it was typed: the name, and the chosen author's id or ""."""

    name: str
    pk: str = ""

    def __str__(self) -> str:
        return self.name


class NamesInput(forms.Widget):
    """An ordered list of names that is found by typing and moved with buttons or keys."""

    template_name = "articles/desk/names.html"

    def value_from_datadict(
        self, data: QueryDict | MultiValueDict, files: MultiValueDict, name: str
    ) -> list[Name]:
        names, pks = data.getlist(name), data.getlist(f"{name}_id")
        pks += [""] * (len(names) - len(pks))
        pairs = zip(names, pks, strict=False)
        return [Name(typed, pk) for typed, pk in pairs if not is_blank(typed)]

    def value_omitted_from_data(self, data: QueryDict, files: MultiValueDict, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        # One row to type in: for the first name, and for who has no script.
        context["widget"]["rows"] = [*(value or []), Name("")]
        return context

    def id_for_label(self, id_: str, index: object = None) -> str:
        return f"{id_}_0"


class NamesField(forms.Field):
    """Authors in order; a name that nobody in the list has, or several have, is one not saved."""

    widget = NamesInput

    def prepare_value(self, value: Sequence[Author | Name]) -> list[Name]:
        return [
            item if isinstance(item, Name) else Name(item.name, str(item.pk))
            for item in value or []
        ]

    def clean(self, value: list[Name]) -> list[Author]:
        check_authors(len(value))
        new: dict[str, Author] = {}
        authors = [self._author(Name(one_line(row.name, 100), row.pk)) for row in value]
        return [author if author.pk else new.setdefault(author.name, author) for author in authors]

    def has_changed(self, initial: object, data: list[Name]) -> bool:
        return [name.name for name in self.prepare_value(initial)] != [name.name for name in data]

    def _author(self, row: Name) -> Author:
        if not row.name:
            raise ValidationError(_("A name needs letters."), code="invalid")
        if row.pk.isdecimal() and len(row.pk) < 19:
            chosen = Author.objects.filter(pk=row.pk).first()
            if chosen and chosen.name == row.name:
                return chosen
        matching = list(Author.objects.filter(name__iexact=row.name)[:2])
        return matching[0] if len(matching) == 1 else Author(name=row.name)


def shared_names(authors: Sequence[Author]) -> list[str]:
    """The names typed that several authors of the list have, so that nobody knows who is meant."""
    unsaved = dict.fromkeys(author.name for author in authors if author.pk is None)
    return [name for name in unsaved if Author.objects.filter(name__iexact=name).exists()]


def store_new(authors: Sequence[Author]) -> Sequence[Author]:
    """Save those that are new, each under a free address; in the transaction of the story."""
    for author in authors:
        if author.pk is None:
            author.slug = free_slug(author, fallback="tac-gia")
            author.save()
    return authors


def suggestions(words: str, *, limit: int = 12) -> list[Author]:
    """Authors with every one of these words in their name, whatever the accents."""
    wanted = fold(words).split()
    # A paper has some hundreds of names: they are compared here, so that no column need be kept.
    found = (
        a for a in Author.objects.only("name", "slug") if all(w in fold(a.name) for w in wanted)
    )
    return [author for _index, author in zip(range(limit), found, strict=False)]

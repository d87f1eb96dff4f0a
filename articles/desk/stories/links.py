"""Related links: rows in which one box takes a story's headline or an outside address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from articles.desk import linking
from articles.models import Article
from articles.publishing import access
from articles.rules.bounds import check_address, check_links
from articles.rules.content import ContentLink
from media.text import fold, is_blank, one_line

# What is meant as an address, good or bad; a headline may well hold a colon and a blank.
LIKE_AN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S|//|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row as it was typed.

    words: a headline or an address. target: the id of the chosen story or "". title: of an
    outside address.
    """

    words: str = ""
    target: str = ""
    title: str = ""

    @property
    def outside(self) -> bool:
        """Is an outside address meant?"""
        if self.target:
            return False
        return bool(not is_blank(self.title) or LIKE_AN_ADDRESS.match(self.words.strip()))

    def __str__(self) -> str:
        return f"{self.title} {self.words}".strip()

    def cleaned(self) -> "Row":
        """Without invisible characters and surrounding blanks."""
        target = self.target if self.target.isdecimal() and len(self.target) < 19 else ""
        return Row(one_line(self.words, 2000), target, one_line(self.title, 300))

    def __bool__(self) -> bool:
        return not (is_blank(self.words) and is_blank(self.title)) or bool(self.target)


class LinksInput(forms.Widget):
    """An ordered list of links that is found by typing and moved with buttons or keys."""

    template_name = "articles/desk/links.html"

    def value_from_datadict(
        self, data: QueryDict | MultiValueDict, files: MultiValueDict, name: str
    ) -> list[Row]:
        columns = [data.getlist(f"{name}_{column}") for column in ("words", "target", "title")]
        length = len(columns[0])
        padded = [column + [""] * (length - len(column)) for column in columns]
        return [row for row in (Row(*cells) for cells in zip(*padded, strict=False)) if row]

    def value_omitted_from_data(self, data: QueryDict, files: MultiValueDict, name: str) -> bool:
        return f"{name}_words" not in data

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["rows"] = [*(value or []), Row()]
        return context

    def id_for_label(self, id_: str, index: object = None) -> str:
        return f"{id_}_0"


class LinksField(forms.Field):
    """Links as save_story takes them. The form sets who asks, when, and for which story.

    Targets that the story has already may stay, also where this person may not see them.
    """

    widget = LinksInput
    user: access.User
    at: datetime
    article: Article

    def prepare_value(self, value: Sequence[ContentLink | Row]) -> list[Row]:
        items = list(value or [])
        if items and isinstance(items[0], Row):
            return items
        headlines = self._headlines(
            [link.target_id for link in items if link.target_id is not None]
        )
        return [
            Row(words=headlines[link.target_id], target=str(link.target_id))
            if link.target_id is not None
            else Row(words=link.url, title=link.title)
            for link in items
        ]

    def clean(self, value: list[Row]) -> list[ContentLink]:
        check_links(len(value))
        links, problems = [], []
        for row in value:
            try:
                links.append(self._link(row.cleaned()))
            except ValidationError as problem:
                problems.append(problem)
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(links))

    def has_changed(self, initial: object, data: list[Row]) -> bool:
        return self.prepare_value(initial) != data

    def _link(self, row: Row) -> ContentLink:
        if row.target:
            return self._story(int(row.target), row)
        own = linking.story_of_address(row.words)
        if own is not None and self._may_link(own):
            return self._story(own, row)
        if row.outside:
            return _outside(row)
        return self._by_headline(row)

    def _story(self, pk: int, row: Row) -> ContentLink:
        if pk == self.article.pk:
            raise ValidationError(_("A story cannot be related to itself."), code="itself")
        if not self._may_link(pk):
            raise ValidationError(
                _("The story “%(words)s” is gone. Remove the row, or choose another story.")
                % {"words": one_line(row.words, 100)},
                code="gone",
            )
        return ContentLink(target_id=pk)

    def _by_headline(self, row: Row) -> ContentLink:
        folded = fold(row.words)[:320]
        same = Article.objects.filter(linking.linkable(self.user, at=self.at), folded=folded)
        found = list(same.values_list("pk", flat=True)[:2])
        if len(found) != 1:
            raise ValidationError(
                _(
                    "No story matches “%(words)s”: choose one from the list that appears while you "
                    "type, or write an outside address."
                )
                % {"words": one_line(row.words, 100)},
                code="no_story",
            )
        return self._story(found[0], row)

    def _may_link(self, pk: int) -> bool:
        allowed = Article.objects.filter(linking.linkable(self.user, at=self.at), pk=pk)
        return allowed.exists() or pk in self._kept()

    def _kept(self) -> set[int]:
        if not self.article.pk:
            return set()
        return set(self.article.related_links.values_list("target_id", flat=True)) - {None}

    def _headlines(self, pks: list[int]) -> dict[int, str]:
        seen = Article.objects.filter(linking.linkable(self.user, at=self.at), pk__in=pks)
        hidden = {pk: _("(a story that you may not see yet)") for pk in pks}
        return hidden | dict(seen.values_list("pk", "headline"))


def _outside(row: Row) -> ContentLink:
    check_address(row.words)
    if not row.title:
        raise ValidationError(
            _("Write a title for %(address)s, which readers will see.")
            % {"address": one_line(row.words, 100)},
            code="missing_title",
        )
    return ContentLink(url=row.words, title=row.title)

"""What stands around every page: the paper's facts and its sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.conf import settings

from articles.models import Category, Paper


class Branch(NamedTuple):
    """A main section and its parts, in the paper's order."""

    section: Category
    parts: list[Category]


@dataclass(frozen=True)
class Frame:
    """The paper and all its sections by id, each with its main section at hand."""

    paper: Paper
    sections: dict[int, Category]
    url: str

    @classmethod
    def load(cls) -> Self:
        """As they are today, whatever moment the page shows. Two queries."""
        return cls.of(Paper.load(), Category.objects.all())

    @classmethod
    def of(cls, paper: Paper, sections: Iterable[Category]) -> Self:
        """The same of rows at hand; sections in the paper's order."""
        by_id = {section.pk: section for section in sections}
        for section in by_id.values():
            section.parent = by_id.get(section.parent_id)
        return cls(paper, by_id, settings.SITE_URL)

    @property
    def tree(self) -> list[Branch]:
        mains = [section for section in self.sections.values() if not section.parent_id]
        return [Branch(section, self.parts_of(section)) for section in mains]

    def parts_of(self, section: Category) -> list[Category]:
        return [part for part in self.sections.values() if part.parent_id == section.pk]

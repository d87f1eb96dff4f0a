"""A list of the admin that stays quick among hundreds of thousands of rows."""

from functools import cached_property
from typing import ClassVar

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

# Nobody turns more pages than this; older rows are found by searching and filtering.
COUNTED = 2000


class IdPaginator(Paginator):
    """Asks for ids only, and for no more than COUNTED: an index answers, and nothing is counted."""

    @cached_property
    def ids(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[:COUNTED])

    @property
    def count(self) -> int:
        return len(self.ids)


class LongChangeList(ChangeList):
    """A page of rows, fetched by their ids; `shown_rows` may leave out what no column shows."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        start = (self.page_num - 1) * self.list_per_page if self.multi_page else 0
        ids = self.paginator.ids[start : start + self.list_per_page]
        rows = self.shown_rows().filter(pk__in=ids)
        self.result_list = sorted(rows, key=lambda row: ids.index(row.pk))
        self.more_than_counted = self.result_count >= COUNTED

    def shown_rows(self) -> QuerySet:
        return self.root_queryset

    @property
    def page_range(self) -> list[int | str]:
        """The numbers of the pages; none where there is one page."""
        if not self.multi_page:
            return []
        return list(self.paginator.get_elided_page_range(self.page_num))


class LongList:
    """The part of an admin that lists so."""

    change_list_template = "admin/long_list.html"
    list_max_show_all = 0
    list_per_page = 50
    paginator = IdPaginator
    sortable_by: ClassVar = []

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[LongChangeList]:
        return LongChangeList

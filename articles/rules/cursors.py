"""A place in a list that is ordered newest first, and how it stands in an address (pure)."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from django.db.models import Q

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MAX_ID = 2**63 - 1


class Cursor(NamedTuple):
    """After the row of this moment and, among those of the same moment, of this id."""

    moment: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.moment - EPOCH) // MICROSECOND}-{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor that was written so; None for anything that none is written as."""
        moment, _dash, pk = text.rpartition("-")
        try:
            cursor = cls(EPOCH + int(moment) * MICROSECOND, int(pk))
        except (ValueError, OverflowError):
            return None
        return cursor if str(cursor) == text and 0 < cursor.pk <= MAX_ID else None

    def rest(self, moment: str, pk: str) -> Q:
        """The rows that come after it, in a list ordered by these two fields."""
        earlier = Q(**{f"{moment}__lt": self.moment}) | Q(**{f"{pk}__lt": self.pk})
        # The first bound lets an index begin at the place.
        return Q(**{f"{moment}__lte": self.moment}) & earlier

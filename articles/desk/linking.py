"""Which stories a person may link to, and finding one by words of its headline."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from articles.models import Article, Publication
from articles.publishing import access
from articles.rules.addresses import own_path, story_id_of
from media.text import fold


def linkable(user: access.User, *, at: datetime, of: str = "") -> Q:
    """Rows of Article: those that this person may see, and those that everybody can read.

    of: as for access.stories.
    """
    on_the_site = Publication.objects.live(at=at).values("article")
    return access.stories(user, of=of) | Q(**{f"{of}pk__in": on_the_site})


def containing(words: str, *, of: str = "") -> Q:
    """Rows of Article with every one of these words in their headline, whatever the accents."""
    found = Q()
    for word in fold(words).split():
        found &= Q(**{f"{of}folded__contains": word})
    return found


def find(words: str, user: access.User, *, at: datetime, limit: int = 12) -> QuerySet[Article]:
    """The newest stories that the person may link to, by words of the headline."""
    return Article.objects.filter(containing(words), linkable(user, at=at))[:limit]


def story_of_address(address: str) -> int | None:
    """The id of our own story that an address of our site leads to; None for any other address."""
    path = own_path(address, settings.SITE_URL)
    return story_id_of(path) if path else None

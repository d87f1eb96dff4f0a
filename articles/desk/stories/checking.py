"""What to look at before a text goes out, in sentences: they warn, and are never in the way."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Publication
from articles.publishing import access
from articles.rules import checks
from articles.rules.checks import Check, Finding
from articles.rules.content import Content
from media.text import fold

# Of what is quoted in a sentence.
_LONGEST = 60
# Of headlines that are alike, as many are named.
_NAMED = 3


def findings(
    content: Content,
    *,
    story: int,
    by: access.User,
    at: datetime,
    planned: Mapping[int, datetime] = MappingProxyType({}),
) -> list[Finding]:
    """What there is to look at in a text that goes on the site at `at`. At most four queries.

    by: who reads it; stories that they may not see have no headline. planned: stories that are to
    go live together with it, by their ids, and when.
    """
    targets = [link.target_id for link in content.links if link.target_id is not None]
    absent: list[str] = []
    if targets:
        there = Publication.objects.live(at=at).filter(article__in=targets)
        together = {pk for pk, moment in planned.items() if moment <= at}
        gone = set(targets) - set(there.values_list("article", flat=True)) - together
        seen = Article.objects.filter(access.stories(by), pk__in=gone)
        rows = dict(seen.values_list("pk", "headline"))
        absent = [rows.get(pk, _("a colleague's story")) for pk in targets if pk in gone]
    folded = fold(content.headline)
    namesakes = Publication.objects.live(at=at).filter(article__folded=folded[:320])
    found = namesakes.exclude(article=story).values_list("headline", flat=True)[:_NAMED]
    alike = [headline for headline in found if fold(headline) == folded]
    return checks.findings(content, absent=absent, namesakes=alike)


def sentences(found: Sequence[Finding]) -> list[str]:
    """The same in words."""
    return [_said(finding) for finding in found]


def image_ids(found: Sequence[Finding]) -> list[int]:
    """The pictures of which the library has still something to say."""
    asked = (Check.NO_ALT_TEXT, Check.NO_CREDIT)
    return list(dict.fromkeys(pk for f in found if f.check in asked for pk in f.image_ids))


def _said(finding: Finding) -> str:
    if finding.image_ids:
        number = len(finding.image_ids)
        return _OF_PICTURES[finding.check](number) % {"number": number}
    words = finding.where
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST]}…"
    return _OF_WORDS[finding.check]() % {"words": words}


_OF_PICTURES = {
    Check.NO_ALT_TEXT: lambda number: ngettext(
        "%(number)d picture has no alt text yet.",
        "%(number)d pictures have no alt text yet.",
        number,
    ),
    Check.NO_CREDIT: lambda number: ngettext(
        "%(number)d picture has no credit line yet.",
        "%(number)d pictures have no credit line yet.",
        number,
    ),
    Check.NO_CAPTION: lambda number: ngettext(
        "%(number)d picture of the text has no caption.",
        "%(number)d pictures of the text have no caption.",
        number,
    ),
}
_OF_WORDS = {
    Check.NO_LEDE: lambda: _("There is no lede: cards and search results show none."),
    Check.SKIPPED_HEADING: lambda: _(
        "“%(words)s” is a small heading, but no larger one comes before it."
    ),
    Check.EMPTY_HEADING: lambda: _("Nothing stands under the heading “%(words)s”."),
    Check.VAGUE_LINK: lambda: _(
        "The link “%(words)s” does not say where it leads. Link the words that do."
    ),
    Check.TABLE_WITHOUT_HEAD: lambda: _(
        "The table that begins with “%(words)s” has no head, so a screen reader cannot say what "
        "its columns are."
    ),
    Check.ABSENT_STORY: lambda: _(
        "The related story “%(words)s” is not on the site at that moment; its link shows "
        "only while it is."
    ),
    Check.SAME_HEADLINE: lambda: _(
        "Another story on the site has this headline, too: “%(words)s”."
    ),
}

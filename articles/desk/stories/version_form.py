"""The composing form for one publication: its own words and pictures, of which nothing is saved."""

from copy import copy
from datetime import datetime

from django.http import QueryDict

from articles.desk.stories.forms import StoryForm
from articles.models import Article, Author
from articles.publishing import access, freezing
from articles.rules.content import Content, short_fields
from media.models import Image


class VersionForm(StoryForm):
    """A story's form, filled from a content."""

    before: Content

    @property
    def _leaves(self) -> bool:
        return True

    def _check_version(self) -> None:
        """Its text is frozen, so that nobody can have saved it meanwhile."""

    def _begin(self) -> None:
        authors = Author.objects.in_bulk(self.before.author_ids)
        self.initial |= {
            "authors": [authors[pk] for pk in self.before.author_ids if pk in authors],
            "links": list(self.before.links),
            "lead_image": self.before.lead_image_id,
        }

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if "authors" not in self.errors:
            # Nothing is saved here, so that a new name has to be in the list already.
            self._check_authors(may_add=False)
        return cleaned

    def content(self) -> Content:
        """What was typed, once it is valid. Pictures that were there are described as they were."""
        typed, chosen = self.instance, self.cleaned_data
        typed.lead_image_id = chosen["lead_image"]
        body = freezing.clean_fields(typed, self.text)
        ids = freezing.image_ids(body, typed.lead_image_id)
        described = {picture.image_id: picture for picture in self.before.pictures}
        for image in Image.objects.filter(pk__in=set(ids) - described.keys()):
            described[image.pk] = freezing.described(image)
        return Content(
            **short_fields(typed),
            author_ids=tuple(author.pk for author in chosen["authors"]),
            body=body,
            pictures=tuple(described[pk] for pk in ids),
            links=tuple(chosen["links"]),
        )


def version_form(
    story: Article, before: Content, user: access.User, *, at: datetime, data: QueryDict | None
) -> VersionForm:
    """The form for a publication of the story whose content is `before`."""
    version = copy(story)
    for name, value in short_fields(before).items():
        setattr(version, name, value)
    version.body = before.body.html
    made = type("VersionFormFor", (VersionForm,), {"user": user, "at": at, "before": before})
    return made(data, instance=version)

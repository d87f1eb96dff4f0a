"""The content of a story: what publishing takes, as one frozen value (pure)."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from articles.text import Body

# Named alike in a working copy, a publication and a content.
_SHORT_FIELDS = (
    *("headline", "slug", "dateline", "lede", "section_id", "genre", "byline"),
    "lead_image_id",
)


def short_fields(story: object) -> dict[str, object]:
    """The short fields of a working copy, a publication or a content, by name."""
    return {name: getattr(story, name) for name in _SHORT_FIELDS}


@dataclass(frozen=True)
class ContentPicture:
    """A picture as readers get it: which one, its alt text ("" while it has none), credit and marks.

    illustrative: it shows the matter, not the event. ai: "", "made" or "edited" with AI.
    """

    image_id: int
    alt_text: str
    credit: str
    illustrative: bool = False
    ai: str = ""


@dataclass(frozen=True)
class ContentLink:
    """A related link: a story of ours by id, or an outside address with its title."""

    target_id: int | None = None
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Content:
    """Everything of a story that is approved together.

    pictures: the body's in its order, each once, then the lead picture where it
    does not stand in the body.
    """

    headline: str
    slug: str
    dateline: str
    lede: str
    section_id: int
    genre: str
    byline: str
    author_ids: tuple[int, ...]
    lead_image_id: int | None
    body: Body
    pictures: tuple[ContentPicture, ...]
    links: tuple[ContentLink, ...]

    def digest(self) -> str:
        """The same for the same content, to answer "changed since publication?"."""
        values = asdict(replace(self, body=self.body.html))
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def image_ids(self) -> list[int]:
        """Its pictures by id, in their order."""
        return [picture.image_id for picture in self.pictures]

    @property
    def shown_ids(self) -> list[int]:
        """The pictures that body and card show, by id, in the order of `pictures`."""
        lead = [] if self.lead_image_id is None else [self.lead_image_id]
        return list(dict.fromkeys([*self.body.images, *lead]))

    @property
    def card_image_id(self) -> int | None:
        """The picture of the story's card: the chosen lead picture, else the body's first."""
        if self.lead_image_id is not None:
            return self.lead_image_id
        return self.pictures[0].image_id if self.pictures else None

    def without_pictures(self, image_ids: Collection[int]) -> "Content":
        """The content with these pictures left out of its body, its card and its pictures."""
        return replace(
            self,
            body=self.body.without_images(image_ids),
            lead_image_id=None if self.lead_image_id in image_ids else self.lead_image_id,
            pictures=tuple(p for p in self.pictures if p.image_id not in image_ids),
        )

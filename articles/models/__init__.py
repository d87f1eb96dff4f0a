"""What the database holds: the desk's working copies, the site's publications, and what both share."""

from .desk import Article, ArticleAuthor, Caption, CaptionImage, Record, RelatedLink
from .keeping import Presence, Save, TypedCopy
from .paper import Paper
from .shared import Author, Category, FormerSlug, Genre, free_slug
from .site import (
    PreviewLink,
    Publication,
    PublicationAuthor,
    PublicationLink,
    PublicationPicture,
    PublicationText,
)

__all__ = [
    "Article",
    "ArticleAuthor",
    "Author",
    "Caption",
    "CaptionImage",
    "Category",
    "FormerSlug",
    "Genre",
    "Paper",
    "PreviewLink",
    "Presence",
    "Publication",
    "PublicationAuthor",
    "PublicationLink",
    "PublicationPicture",
    "PublicationText",
    "Record",
    "RelatedLink",
    "Save",
    "TypedCopy",
    "free_slug",
]

"""The desk's forms and lists, one module for each kind of thing."""

from articles.desk import authors, derived, records, sections
from articles.desk.paper import admin as paper
from articles.desk.people import admin as people
from articles.desk.pictures import admin as pictures
from articles.desk.stories import admin as stories

__all__ = ["authors", "derived", "pictures", "paper", "people", "records", "sections", "stories"]

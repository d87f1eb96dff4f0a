"""The desk's forms and lists, one module for each kind of thing."""

from . import authors, library, paper, people, records, sections, stories

__all__ = ["authors", "library", "paper", "people", "records", "sections", "stories"]

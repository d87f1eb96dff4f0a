"""What the desk refuses, said in a sentence."""

from collections.abc import Collection

from django.utils.translation import gettext as _


class WorkflowError(Exception):
    """A verb was refused; the text is the translated sentence to show.

    code: a word for programs. field: the form field that the sentence belongs to, "" for none.
    image_ids: the pictures that it speaks of.
    """

    def __init__(
        self, sentence: str, *, code: str, field: str = "", image_ids: Collection[int] = ()
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field
        self.image_ids = image_ids


class StaleVersion(WorkflowError):
    """Somebody else has saved the story since the text at hand was read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has saved this story since you opened it. What you typed is kept: compare "
                "it with the saved text, then try again."
            ),
            code="stale_version",
        )

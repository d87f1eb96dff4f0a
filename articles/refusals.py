"""What the desk refuses, said in a sentence."""


class WorkflowError(Exception):
    """A verb was refused; the text is the translated sentence to show.

    code: a word for programs. field: the form field that the sentence belongs to, "" for none.
    """

    def __init__(self, sentence: str, *, code: str, field: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field


class StaleVersion(WorkflowError):
    """Somebody else has saved the story since this save's text was opened."""

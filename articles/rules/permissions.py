"""Who may do what: one pure table that serves every form, action, list and address."""

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a person is at the desk; the values are the names of the groups."""

    REPORTER = "Reporter"
    EDITOR = "Editor"
    MANAGING_EDITOR = "Managing editor"


class Stage(StrEnum):
    """How far a working copy has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class Verb(StrEnum):
    """What can be done to a story."""

    SEE = "see"
    CHANGE = "change"
    RESTORE = "restore"
    DUPLICATE = "duplicate"
    SHARE = "share"
    DELETE = "delete"
    SUBMIT = "submit"
    RECALL = "recall"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    MOVE = "move"
    CANCEL = "cancel"
    SET_END = "set_end"
    WITHDRAW = "withdraw"
    BRING_BACK = "bring_back"


class Case(NamedTuple):
    """What the table asks about a story: its stage, and whether the person owns it."""

    stage: Stage
    own: bool


ALL = frozenset(Case(stage, own) for stage in Stage for own in (True, False))
OWN = frozenset(case for case in ALL if case.own)
OWN_DRAFT = frozenset({Case(Stage.DRAFT, own=True)})
OWN_SUBMITTED = frozenset({Case(Stage.SUBMITTED, own=True)})
SUBMITTED = frozenset(case for case in ALL if case.stage is Stage.SUBMITTED)
NOT_DRAFT = frozenset(case for case in ALL if case.stage is not Stage.DRAFT)
DRAFT = frozenset(case for case in ALL if case.stage is Stage.DRAFT)

_REPORTER = {
    Verb.SEE: OWN,
    Verb.CHANGE: OWN_DRAFT,
    Verb.RESTORE: OWN_DRAFT,
    Verb.DUPLICATE: OWN,
    Verb.DELETE: OWN_DRAFT,
    Verb.SUBMIT: OWN_DRAFT,
    Verb.RECALL: OWN_SUBMITTED,
}
_EDITOR = {
    Verb.SEE: ALL,
    Verb.CHANGE: ALL,
    Verb.RESTORE: ALL,
    Verb.DUPLICATE: ALL,
    Verb.SHARE: ALL,
    Verb.DELETE: OWN_DRAFT,
    Verb.SUBMIT: DRAFT,
    Verb.RECALL: OWN_SUBMITTED,
    Verb.SEND_BACK: NOT_DRAFT,
    Verb.PUBLISH: ALL,
    Verb.MOVE: ALL,
    Verb.CANCEL: ALL,
    Verb.SET_END: ALL,
}
_WITHDRAWING = {Verb.WITHDRAW: ALL, Verb.BRING_BACK: ALL}

STORIES: dict[Role, dict[Verb, frozenset[Case]]] = {
    Role.REPORTER: _REPORTER,
    Role.EDITOR: _EDITOR,
    Role.MANAGING_EDITOR: _EDITOR | _WITHDRAWING | {Verb.DELETE: ALL},
}

# What each role may do with the other things of the desk: Django's four rights by model.
# (Stories have rights here only so that Django's admin shows them; STORIES decides, and so it does
# about the rows that are written with a story: captions, related links, publications.)
THINGS: dict[Role, dict[str, frozenset[str]]] = {
    Role.REPORTER: {
        "articles.article": frozenset({"view", "add", "change", "delete"}),
        "articles.author": frozenset({"view"}),
        "articles.caption": frozenset({"view"}),
        "articles.category": frozenset({"view"}),
        "articles.publication": frozenset({"view"}),
        "articles.relatedlink": frozenset({"view"}),
        "media.image": frozenset({"view", "add", "change"}),
    },
    Role.EDITOR: {
        "articles.article": frozenset({"view", "add", "change", "delete"}),
        "articles.author": frozenset({"view", "add", "change"}),
        "articles.caption": frozenset({"view"}),
        "articles.category": frozenset({"view"}),
        "articles.publication": frozenset({"view"}),
        "articles.record": frozenset({"view"}),
        "articles.relatedlink": frozenset({"view"}),
        "media.image": frozenset({"view", "add", "change"}),
    },
    Role.MANAGING_EDITOR: {
        "articles.article": frozenset({"view", "add", "change", "delete"}),
        "articles.author": frozenset({"view", "add", "change", "delete"}),
        "articles.caption": frozenset({"view"}),
        "articles.category": frozenset({"view", "add", "change", "delete"}),
        "articles.paper": frozenset({"view", "change"}),
        "articles.publication": frozenset({"view"}),
        "articles.record": frozenset({"view"}),
        "articles.relatedlink": frozenset({"view"}),
        "auth.user": frozenset({"view", "add", "change"}),
        "media.image": frozenset({"view", "add", "change", "delete"}),
    },
}


def may(
    role: Role | None, verb: Verb, stage: str, *, own: bool, editors_withdraw: bool = False
) -> bool:
    """May a person of this role do this to a story of this stage?

    role: None for somebody without a role: nothing. own: the person owns the story.
    editors_withdraw: the setting that lets editors withdraw and bring back too.
    """
    return Case(Stage(stage), own) in cases(role, verb, editors_withdraw=editors_withdraw)


def cases(role: Role | None, verb: Verb, *, editors_withdraw: bool = False) -> frozenset[Case]:
    """All cases in which the role may do this; what a list's filter is made of."""
    if role is None:
        return frozenset()
    if editors_withdraw and role is Role.EDITOR and verb in _WITHDRAWING:
        return _WITHDRAWING[verb]
    return STORIES[role].get(verb, frozenset())


def may_handle(role: Role | None, right: str, thing: str) -> bool:
    """May a person of this role do this to some thing of the kind `thing`, such as "media.image"?

    right: "view", "add", "change" or "delete". Which rows is for the other rules to say.
    """
    return role is not None and right in THINGS[role].get(thing, frozenset())


def may_add_story(role: Role | None) -> bool:
    """May a person of this role begin a story?"""
    return role is not None


def may_use_picture(role: Role | None, *, held: bool, shown: bool) -> bool:
    """May a person of this role see a picture in the library and place it in a story?

    held: the person brought this very file. shown: it is in a publication or in the story at hand.
    A reporter does not see what a colleague has brought for a story that nobody has read yet.
    """
    if role is Role.REPORTER:
        return held or shown
    return role is not None


def may_describe_picture(role: Role | None, *, held: bool) -> bool:
    """May a person of this role change a picture's alt text, credit and default caption?"""
    return held if role is Role.REPORTER else role is not None


def may_refile_picture(role: Role | None, *, held: bool, relied_on: bool) -> bool:
    """May a person of this role give a picture another file or focal point?

    Both show at once wherever the picture stands. relied_on: readers have it, or a colleague
    brought it too or has placed it.
    """
    return held and not relied_on if role is Role.REPORTER else role is not None


def may_make(role: Role | None, made: Role) -> bool:
    """May a person of this role give somebody the role `made`, or manage one who has it?

    A managing editor makes reporters and editors; peers are made by whoever runs the installation.
    """
    return role is Role.MANAGING_EDITOR and made is not Role.MANAGING_EDITOR

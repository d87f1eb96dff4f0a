"""Who may do what, asked of the pure table alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules import permissions
from articles.rules.permissions import STORIES, THINGS, Role, Stage, Verb

roles = st.sampled_from(Role)
verbs = st.sampled_from(Verb)
stages = st.sampled_from(Stage)


@pytest.mark.parametrize(
    ("role", "verb", "stage", "own", "allowed"),
    [
        (Role.REPORTER, Verb.SEE, Stage.DRAFT, True, True),
        (Role.REPORTER, Verb.SEE, Stage.APPROVED, True, True),
        (Role.REPORTER, Verb.SEE, Stage.DRAFT, False, False),
        (Role.REPORTER, Verb.CHANGE, Stage.DRAFT, True, True),
        (Role.REPORTER, Verb.CHANGE, Stage.SUBMITTED, True, False),
        (Role.REPORTER, Verb.DELETE, Stage.DRAFT, True, True),
        (Role.REPORTER, Verb.DELETE, Stage.SUBMITTED, True, False),
        (Role.REPORTER, Verb.SUBMIT, Stage.DRAFT, True, True),
        (Role.REPORTER, Verb.RECALL, Stage.SUBMITTED, True, True),
        (Role.REPORTER, Verb.RECALL, Stage.SUBMITTED, False, False),
        (Role.REPORTER, Verb.RECALL, Stage.APPROVED, True, False),
        (Role.EDITOR, Verb.RECALL, Stage.SUBMITTED, False, False),
        (Role.REPORTER, Verb.PUBLISH, Stage.DRAFT, True, False),
        (Role.EDITOR, Verb.SEE, Stage.DRAFT, False, True),
        (Role.EDITOR, Verb.PUBLISH, Stage.DRAFT, False, True),
        (Role.EDITOR, Verb.DELETE, Stage.DRAFT, False, False),
        (Role.EDITOR, Verb.DELETE, Stage.DRAFT, True, True),
        (Role.EDITOR, Verb.WITHDRAW, Stage.APPROVED, False, False),
        (Role.MANAGING_EDITOR, Verb.WITHDRAW, Stage.APPROVED, False, True),
        (Role.MANAGING_EDITOR, Verb.BRING_BACK, Stage.APPROVED, False, True),
        (Role.MANAGING_EDITOR, Verb.DELETE, Stage.DRAFT, False, True),
    ],
)
def test_the_table_says(role, verb, stage, own, allowed):
    assert permissions.may(role, verb, stage, own=own) is allowed


@given(verb=verbs, stage=stages, own=st.booleans(), setting=st.booleans())
def test_nobody_without_a_role_may_do_anything(verb, stage, own, setting):
    assert not permissions.may(None, verb, stage, own=own, editors_withdraw=setting)


@given(verb=verbs, stage=stages, own=st.booleans(), setting=st.booleans())
def test_a_higher_role_may_do_what_a_lower_one_may(verb, stage, own, setting):
    allowed = [
        permissions.may(role, verb, stage, own=own, editors_withdraw=setting) for role in Role
    ]
    assert allowed == sorted(allowed)


@given(role=roles, verb=verbs, stage=stages, own=st.booleans())
def test_who_may_do_something_to_a_story_may_see_it(role, verb, stage, own):
    if permissions.may(role, verb, stage, own=own):
        assert permissions.may(role, Verb.SEE, stage, own=own)


@given(stage=stages, own=st.booleans())
def test_the_setting_lets_editors_withdraw_and_bring_back_and_nothing_else(stage, own):
    gained = {
        verb
        for verb in Verb
        if permissions.may(Role.EDITOR, verb, stage, own=own, editors_withdraw=True)
        and not permissions.may(Role.EDITOR, verb, stage, own=own)
    }
    assert gained == {Verb.WITHDRAW, Verb.BRING_BACK}


@given(role=st.sampled_from([Role.REPORTER, Role.MANAGING_EDITOR]), verb=verbs, stage=stages)
def test_the_setting_changes_nothing_for_others_than_editors(role, verb, stage):
    for own in (True, False):
        allowed = permissions.may(role, verb, stage, own=own)
        assert permissions.may(role, verb, stage, own=own, editors_withdraw=True) is allowed


def test_every_verb_is_somebodys():
    assert {verb for row in STORIES.values() for verb in row} == set(Verb)


@given(role=roles)
def test_things_that_may_be_handled_may_be_viewed(role):
    for thing, rights in THINGS[role].items():
        assert "view" in rights, thing
        assert permissions.may_handle(role, "view", thing)


def test_nobody_handles_a_thing_that_the_table_does_not_name():
    assert not permissions.may_handle(Role.MANAGING_EDITOR, "view", "auth.group")
    assert not permissions.may_handle(None, "view", "media.image")


@pytest.mark.parametrize("thing", ["articles.record", "articles.paper", "auth.user"])
def test_the_record_the_paper_and_people_are_never_deleted(thing):
    assert not any(permissions.may_handle(role, "delete", thing) for role in Role)


@pytest.mark.parametrize(
    ("held", "shown", "allowed"),
    [(True, False, True), (False, True, True), (False, False, False)],
)
def test_a_reporter_uses_the_pictures_brought_or_shown(held, shown, allowed):
    assert permissions.may_use_picture(Role.REPORTER, held=held, shown=shown) is allowed


def test_a_reporter_describes_only_the_pictures_brought():
    assert permissions.may_describe_picture(Role.REPORTER, held=True)
    assert not permissions.may_describe_picture(Role.REPORTER, held=False)
    assert permissions.may_describe_picture(Role.EDITOR, held=False)
    assert not permissions.may_describe_picture(None, held=True)


def test_a_managing_editor_makes_reporters_and_editors_but_no_peers():
    made = {role for role in Role if permissions.may_make(Role.MANAGING_EDITOR, role)}
    assert made == {Role.REPORTER, Role.EDITOR}


@given(role=st.none() | st.sampled_from([Role.REPORTER, Role.EDITOR]), made=roles)
def test_nobody_else_makes_people(role, made):
    assert not permissions.may_make(role, made)


def test_a_reporter_refiles_only_a_picture_on_which_nobody_else_relies():
    assert permissions.may_refile_picture(Role.REPORTER, held=True, relied_on=False)
    assert not permissions.may_refile_picture(Role.REPORTER, held=True, relied_on=True)
    assert not permissions.may_refile_picture(Role.REPORTER, held=False, relied_on=False)
    assert permissions.may_refile_picture(Role.EDITOR, held=False, relied_on=True)
    assert not permissions.may_refile_picture(None, held=True, relied_on=False)

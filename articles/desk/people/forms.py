"""Accounts of the desk, made and changed by a managing editor."""

import secrets
from collections.abc import Iterable

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.lines import LineField
from articles.models import Author, free_slug
from articles.rules.permissions import Role
from media.text import is_blank

# Letters and digits that nobody takes for one another when a password is read out.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

ROLE_NAMES = {
    Role.REPORTER: gettext_lazy("Reporter"),
    Role.EDITOR: gettext_lazy("Editor"),
    Role.MANAGING_EDITOR: gettext_lazy("Managing editor"),
}


def new_password() -> str:
    """A random password of about 79 bits that can be read out on the telephone."""
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _m in range(4))


def give_role(user: User, role: Role) -> None:
    """Put the person into the role's group, and out of the others."""
    user.groups.remove(*Group.objects.filter(name__in=[other.value for other in Role]))
    user.groups.add(Group.objects.get(name=role.value))


def role_given(user: User) -> Role | None:
    """The highest role that the person's groups give, may they log in or not. One query."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role in names), None)


class PasswordForm(forms.Form):
    """A password typed twice, or none: then one is made.

    `password` is the valid form's; `made` tells that nobody knows it yet.
    """

    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Left empty, a password is made and shown to you once."),
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password again"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    @property
    def made(self) -> bool:
        return not self.cleaned_data["password1"]

    @property
    def password(self) -> str:
        if not hasattr(self, "_password"):
            self._password = self.cleaned_data["password1"] or new_password()
        return self._password

    def check_password(self, user: User) -> None:
        """Put a sentence at the second field unless the two are the same and good enough."""
        first, second = (self.cleaned_data.get(name, "") for name in ("password1", "password2"))
        if first != second:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        elif first:
            try:
                password_validation.validate_password(first, user)
            except ValidationError as error:
                self.add_error("password1", error)


class NewPasswordForm(PasswordForm):
    """Another password for an account."""

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, object]:
        self.check_password(self.user)
        return self.cleaned_data

    def save(self) -> User:
        self.user.set_password(self.password)
        self.user.save(update_fields=["password"])
        return self.user


class PersonForm(forms.ModelForm):
    """Who somebody is and what they may do.

    The admin sets `roles`, those that may be given, and `acting`, who gives them.
    """

    roles: Iterable[Role] = ()
    acting: User | None = None
    role = forms.ChoiceField(label=gettext_lazy("Role"))

    class Meta:
        model = User
        fields = ["first_name", "username", "email", "is_active"]
        field_classes = {"username": UsernameField}
        labels = {
            "first_name": gettext_lazy("Name"),
            "email": gettext_lazy("E-mail"),
            "is_active": gettext_lazy("May log in"),
        }
        help_texts = {
            "username": gettext_lazy("To log in with: letters, digits and @ . + - _ only."),
            "email": gettext_lazy("A forgotten password is renewed through this address."),
            "is_active": gettext_lazy(
                "Untick this when somebody leaves; their stories and the log stay."
            ),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, ROLE_NAMES[role]) for role in self.roles]
        if self.instance.pk:
            given = role_given(self.instance)
            self.initial["role"] = given.value if given else ""
            if given is None:
                self.fields["role"].choices = [("", "–"), *self.fields["role"].choices]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if is_blank(username):
            raise ValidationError(
                self.fields["username"].error_messages["required"], code="required"
            )
        others = User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("Somebody logs in with this name already."), code="taken")
        return username

    def clean_is_active(self) -> bool:
        active = self.cleaned_data["is_active"]
        if not active and self.instance == self.acting:
            raise ValidationError(_("You cannot lock yourself out."), code="own_account")
        return active

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        self.instance.is_staff = True
        return super().save(commit)

    def _save_m2m(self) -> None:
        give_role(self.instance, Role(self.cleaned_data["role"]))


class NewPersonForm(PasswordForm, PersonForm):
    """All that a new colleague needs, on one page."""

    pen_name = LineField(
        label=gettext_lazy("Pen name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("The name in bylines. Left empty, there is none yet."),
    )

    class Meta(PersonForm.Meta):
        fields = ["first_name", "username", "email"]

    def clean_pen_name(self) -> str:
        name = self.cleaned_data["pen_name"]
        if Author.objects.filter(name=name, user__isnull=False).exists():
            raise ValidationError(
                _("Somebody else writes under this name. Choose another."), code="taken"
            )
        return name

    def _post_clean(self) -> None:
        super()._post_clean()
        self.check_password(self.instance)

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        self.instance.set_password(self.password)
        return super().save(commit)

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if name := self.cleaned_data["pen_name"]:
            give_pen_name(self.instance, name)


def give_pen_name(user: User, name: str) -> Author:
    """Let the account write under this name: an author that has it and no account, or a new one."""
    author = Author.objects.filter(name=name, user=None).first()
    if author:
        author.user = user
        author.save()
        return author
    author = Author(name=name, user=user)
    author.slug = free_slug(author, fallback="tac-gia")
    author.save()
    return author

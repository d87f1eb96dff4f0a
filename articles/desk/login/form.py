"""The form to log in."""

from django.contrib.admin.forms import AdminAuthenticationForm


class LoginForm(AdminAuthenticationForm):
    """Django's, which keeps a name that was typed into a form whose token was refused."""

    def __init__(self, request: object = None, *args: object, **kwargs: object) -> None:
        super().__init__(request, *args, **kwargs)
        if username := getattr(request, "typed_username", ""):
            self.initial["username"] = username

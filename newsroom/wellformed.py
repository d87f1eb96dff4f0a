"""What no browser sends, mended before Django makes a request of it, which fails on some of it."""

from collections.abc import Callable, Iterable

from django.utils.http import parse_header_parameters

UTF8 = {"utf-8", "utf8", "us-ascii", "ascii"}
Application = Callable[[dict, Callable], Iterable[bytes]]


def well_formed(application: Application) -> Application:
    """The WSGI application, with its requests mended."""
    return lambda environ, start_response: application(mended(environ), start_response)


def mended(environ: dict) -> dict:
    """The environment without another character set than UTF-8, and without NUL bytes in cookies.

    Some codecs that Python knows read no text, and some make letters that no database holds.
    """
    return environ | {
        "CONTENT_TYPE": in_utf8(environ.get("CONTENT_TYPE", "")),
        "HTTP_COOKIE": without_nul(environ.get("HTTP_COOKIE", "")),
    }


def in_utf8(content_type: str) -> str:
    """The header, with nothing but its boundary kept where it names another character set."""
    kind, parameters = parse_header_parameters(content_type)
    if parameters.get("charset", "utf-8").strip().lower() in UTF8:
        return content_type
    boundary = parameters.get("boundary", "")
    return f'{kind}; boundary="{boundary}"' if boundary else kind


def without_nul(cookies: str) -> str:
    """The header, or nothing where it hides a NUL byte, as quoted cookies can."""
    return "" if "\0" in cookies or r"\000" in cookies else cookies

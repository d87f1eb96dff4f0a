#!/usr/bin/python3
"""A bare WebKitGTK window for WebDriver: `webkit_window.py 390x844`. MiniBrowser is never so narrow.

It runs under the system's Python, which has what the packages python3-gi and gir1.2-webkit2-4.1 bring.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 -- the versions are chosen first


def open_window(_session) -> WebKit2.WebView:
    width, height = map(int, sys.argv[-1].split("x"))
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window(default_width=width, default_height=height)
    window.add(view)
    view.connect("close", lambda _view: Gtk.main_quit())
    window.show_all()
    # There is no window manager to give it the focus.
    window.get_window().focus(0)
    return view


def begin(_context, session) -> None:
    info = WebKit2.ApplicationInfo()
    info.set_name("MiniBrowser")  # whom WebKitWebDriver asks for
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), 0)
    session.set_application_info(info)
    session.connect("create-web-view", open_window)


if __name__ == "__main__":
    context = WebKit2.WebContext.get_default()
    context.set_automation_allowed(True)
    context.connect("automation-started", begin)
    Gtk.main()

"""The editor's scripts and styles under the hashed names that production gives them."""

import re
import shutil
from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage

from newsroom.storage import StaticStorage

EDITOR = Path(__file__).parent.parent / "articles/desk/static/articles/editor"


def test_every_module_is_imported_by_its_hashed_name(tmp_path, settings):
    settings.DEBUG = False
    shutil.copytree(EDITOR, tmp_path / "articles/editor")
    storage = StaticStorage(location=str(tmp_path))
    source = StaticFilesStorage(location=str(tmp_path))
    paths = {f"articles/editor/{file.name}": source for file in EDITOR.iterdir()}
    failures = [
        name
        for name, _hashed, processed in storage.post_process(
            {path: (source, path) for path in paths}
        )
        if isinstance(processed, Exception)
    ]
    assert failures == []
    entry = storage.stored_name("articles/editor/editor.js")
    seen, waiting = set(), [tmp_path / entry]
    while waiting:
        module = waiting.pop()
        seen.add(module.name)
        for name in re.findall(r'from "\./([^"]+)"', module.read_text()):
            assert re.fullmatch(r"[a-z-]+\.[0-9a-f]{12}\.js", name)
            if name not in seen:
                waiting.append(module.parent / name)
    assert len(seen) == len(list(EDITOR.glob("*.js")))


def test_no_script_holds_a_text_to_be_read():
    """Interface texts come translated from articles/desk/editor/field.py."""
    for script in EDITOR.glob("*.js"):
        code = re.sub(r"//.*", "", script.read_text())
        assert not re.findall(r'(?:element|button)\([^()]*"[A-Z][a-z]+ ', code), script.name


def test_every_word_is_used_and_every_used_word_is_there():
    from articles.desk.editor import field as editor

    code = "\n".join(script.read_text() for script in EDITOR.glob("*.js"))
    used = set(re.findall(r"(?<!/)\bwords\.(\w+)", code))
    assert used == set(editor.labels())

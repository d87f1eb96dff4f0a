from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.environment import BASE_DIR


def manifest_of(code: Path | str) -> str:
    """The list of hashed names has one name for each folder that code lies in.

    So old code and new, which share all files during an upgrade, each keep their own list.
    """
    return f"staticfiles-{sha256(str(code).encode()).hexdigest()[:12]}.json"


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names; import lines of ES modules are rewritten to them too."""

    manifest_name = manifest_of(BASE_DIR)
    support_js_module_import_aggregation = True
    # A module's name depends on those that it imports, one pass for each step of the chain.
    max_post_process_passes = 12

    def post_process(self, *args, **options) -> Iterator[tuple[str, str, bool]]:
        """Writes the list of names last: whoever finds it finds everything, compressed files too."""
        yield from super().post_process(*args, **options)
        if not options.get("dry_run"):
            super().save_manifest()

    def save_manifest(self) -> None:
        """Not yet: Django would write the list before the compressed files are made."""

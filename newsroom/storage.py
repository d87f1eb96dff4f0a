from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names; import lines of ES modules are rewritten to them too."""

    support_js_module_import_aggregation = True

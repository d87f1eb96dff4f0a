from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names; import lines of ES modules are rewritten to them too."""

    support_js_module_import_aggregation = True
    # A module's name depends on those that it imports, one pass for each step of the chain.
    max_post_process_passes = 12

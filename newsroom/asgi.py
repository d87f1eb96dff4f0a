"""The ASGI entry point that the web server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from newsroom.server import end_cleanly, end_when_collected, end_with_parent

end_cleanly()
end_with_parent()
# Before anything looks for static files: what comes while this starts may have been missed.
end_when_collected()

from newsroom.door import Door  # noqa: E402
from newsroom.wsgi import application as pages  # noqa: E402

application = Door(pages)

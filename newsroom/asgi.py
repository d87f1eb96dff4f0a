"""The ASGI entry point that the web server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from newsroom.door import Door
from newsroom.server import end_with_parent
from newsroom.wsgi import application as pages

application = Door(pages)
end_with_parent()

"""The WSGI entry point that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.wellformed import well_formed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = well_formed(get_wsgi_application())

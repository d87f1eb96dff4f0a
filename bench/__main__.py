"""The measurements: `python -m bench` runs all, `python -m bench pictures` one.

Each other module of this package is one, with a function `run()` that prints its lines. What stands
behind a name, such as a moment for `crawl`, is handed to it.
"""

import pkgutil
import sys
from importlib import import_module

import bench

# Needs an installation, where the others make one of their own that goes away.
BY_NAME_ONLY = {"crawl"}

found = {module.name for module in pkgutil.iter_modules(bench.__path__) if module.name[0] != "_"}
name, *arguments = sys.argv[1:] or [""]
for each in [name] if name else sorted(found - BY_NAME_ONLY):
    print(f"== {each}")
    import_module(f"bench.{each}").run(*arguments)

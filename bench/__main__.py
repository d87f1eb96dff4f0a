"""The measurements: `python -m bench` runs all, `python -m bench pictures` one.

Each other module of this package is one, with a function `run()` that prints its lines.
"""

import pkgutil
import sys
from importlib import import_module

import bench

found = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name[0] != "_"]
for name in sys.argv[1:] or found:
    print(f"== {name}")
    import_module(f"bench.{name}").run()

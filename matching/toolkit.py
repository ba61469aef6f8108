"""The classes of recordlinkage that ours are built on, without the scikit-learn that comes with its front door.

`import recordlinkage` loads classifiers, networks and statistics, most of a second, of which nothing here is used.
Whoever asks the package for any of them still gets it: the front door is opened then.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType

_PACKAGE = "recordlinkage"
_lock = RLock()


class _Closed(ModuleType):
    """A package whose own `__init__` runs when somebody asks for what is not one of its modules."""

    def __getattr__(self, name: str) -> object:
        with _lock:
            if type(self) is _Closed and find_spec(f"{self.__name__}.{name}") is not None:
                return import_module(f"{self.__name__}.{name}")
            _open(self)
        return getattr(self, name)


def _open(package: ModuleType) -> None:
    """Run the package's own `__init__`, once: afterwards it is a module like any other."""
    if type(package) is _Closed:
        # mypy: takes the class that the object has for the one it must keep.
        package.__class__ = ModuleType  # type: ignore[assignment]
        spec = package.__spec__
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(package)


def _close() -> None:
    """Put the package among the imported modules, unopened, unless somebody has imported it already."""
    spec = find_spec(_PACKAGE)
    if _PACKAGE in sys.modules or spec is None:
        return
    package = module_from_spec(spec)
    package.__class__ = _Closed
    sys.modules[_PACKAGE] = package


_close()

# Only now, by way of the closed package.
from recordlinkage.base import BaseCompareFeature, BaseIndexAlgorithm  # noqa: E402

__all__ = ["BaseCompareFeature", "BaseIndexAlgorithm"]

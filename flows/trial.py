"""A small synthetic county from files to ledgers in a temporary folder: does the installation work at all?"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.settings import Settings
from data.synthetic.generate import generate

_AREA, _SEED, _SCALE = "469005", 31, 0.02
_AS_OF = date(2016, 6, 16)
_SECONDS = 600


@dataclass(frozen=True)
class Trial:
    """How it went. is_as_expected: it ended well and every file that a night writes is there and holds members."""

    n_members: int
    seconds: float
    is_as_expected: bool


def trial(settings: Settings) -> Trial:
    """Run `longlou reconcile` as a process of its own on an installation of its own; nothing of ours is touched."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="longlou-trial-") as folder:
        place = Path(folder)
        made = generate(_AREA, place / "in", seed=_SEED, scale=_SCALE, as_of=_AS_OF)
        command = [sys.executable, "-m", "longlou", "--quiet", "reconcile", "--sources", str(place / "in/sources.toml")]
        done = subprocess.run(
            [*command, "--out", str(place / "out")],
            env=_environment(settings, place),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
        is_good = done.returncode == 0 and _n_rows(place / "out" / "classifications.csv") > 0
        is_good &= (place / "out" / "summary.json").is_file() and any((place / "out").glob("*.xlsx"))
        return Trial(made.n_members, time.monotonic() - started, is_good)


def _environment(settings: Settings, place: Path) -> dict[str, str]:
    """Ours without settings of this installation: its database, its scheduler and its budget are not asked."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LONGLOU_", "PREFECT_"))}
    return {**own, "LONGLOU_VAR_DIR": str(place / "var"), "LONGLOU_LANGUAGE": settings.language}


def _n_rows(path: Path) -> int:
    if not path.is_file():
        return 0
    with path.open(encoding="utf-8") as file:
        return sum(1 for _ in file) - 1

"""Which files are ours? Every tracked or new file that git does not ignore."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("flows", "matching", "rules", "reports", "review", "data", "longlou")


def project_files(*suffixes: str) -> list[Path]:
    """Paths of the project's files with one of the suffixes (all files when none is given), sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = sorted(ROOT / name for name in listed if name)
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def python_files() -> list[Path]:
    """The Python files of the packages, tools and benchmarks, without tests."""
    return [p for p in project_files(".py") if p.relative_to(ROOT).parts[0] in (*PACKAGES, "tools", "bench")]

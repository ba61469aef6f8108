"""Rewrites constraints.txt from the environment: `name==version` lines, no addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write what is installed, the project itself left out."""
    frozen = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "list",
            "--format=freeze",
            "--exclude-editable",
            "--exclude",
            "pip",
            "--exclude",
            "setuptools",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    lines = sorted((line for line in frozen if "==" in line), key=str.lower)
    (ROOT / "constraints.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

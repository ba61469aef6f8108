"""Runs every check and reports all failures, not the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("format", [str(_BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("lint", [str(_BIN / "ruff"), "check", "--quiet", "."]),
    ("types", [str(_BIN / "mypy"), "--no-error-summary"]),
    ("import directions", [str(_BIN / "lint-imports"), "--no-cache"]),
    ("glossary", [sys.executable, "-m", "tools.glossary"]),
    ("house rules", [sys.executable, "-m", "tools.house_rules"]),
    ("words of the pages", [sys.executable, "-m", "tools.catalogue", "--check"]),
    ("generated docs", [sys.executable, "-m", "tools.make_docs", "--check"]),
)


def main() -> int:
    """Run all checks; 0 when all pass, else 1 after printing what each failing one said."""
    failed = []
    for name, command in CHECKS:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
        if done.returncode != 0:
            failed.append(name)
            print(done.stdout + done.stderr)
    if failed:
        print(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

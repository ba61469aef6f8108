"""House rules a machine can hold: sizes, names that hide packages, whole test folders, only synthetic persons."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from data.values.identifiers import birth_of, check_digit_18
from tools.source_files import PACKAGES, ROOT, project_files, python_files

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60

#: Numbers printed in GB 11643 itself and in public commentary; they belong to nobody.
PUBLISHED_EXAMPLES = {"11010519491231002X", "440524188001010014"}
#: Births that no living person has, as the project's test vectors use them (domain rules P17): up to 1905, and 2099.
LAST_SAFE_YEAR, FUTURE_YEAR = 1905, 2099
SYNTHETIC_AREA = "4699"

_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_ADDRESS = re.compile(r"(?<![\w.])/(?:root|home|work)/[\w.]+/|--(?:extra-)?index-url|--find-links")
_STUB = re.compile(r"\b(NotImplementedError|TODO|FIXME)\b|pragma: no cover")


def oversized() -> list[str]:
    """Files and functions that have grown a second purpose."""
    found = []
    for path in python_files():
        text = path.read_text(encoding="utf-8")
        n_lines = text.count("\n")
        if n_lines > MAX_FILE_LINES:
            found.append(f"{path.relative_to(ROOT)}: {n_lines} lines, at most {MAX_FILE_LINES}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                size = node.end_lineno - node.lineno + 1
                if size > MAX_FUNCTION_LINES:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {size} lines")
    return found


def hidden_packages() -> list[str]:
    """Files in flows/ named like a package: Prefect puts the folder first on the path, so they would hide it."""
    return [f"flows/{p.name} hides the package {p.stem}" for p in (ROOT / "flows").glob("*.py") if p.stem in PACKAGES]


def test_folders_without_init() -> list[str]:
    """Test folders without `__init__.py`: they would hide the package under test."""
    folders = {p.parent for p in project_files(".py") if p.relative_to(ROOT).parts[0] == "tests"}
    return [f"{f.relative_to(ROOT)} has no __init__.py" for f in sorted(folders) if not (f / "__init__.py").exists()]


def _is_safe(number: str) -> bool:
    upper = number.upper()
    year = int(upper[6:10])
    if upper in PUBLISHED_EXAMPLES or upper.startswith(SYNTHETIC_AREA) or year <= LAST_SAFE_YEAR or year == FUTURE_YEAR:
        return True
    return check_digit_18(upper[:17]) != upper[17] or birth_of(upper) is None


def real_looking_persons() -> list[str]:
    """Valid identity numbers in any file that could belong to somebody (guard-rail 8)."""
    found = []
    for path in _texts():
        numbers = [number for number in _ID.findall(_text(path)) if not _is_safe(number)]
        found += [f"{path.relative_to(ROOT)}: a valid identity number with a real area and birth"] * len(numbers)
    return found


def foreign_addresses_and_stubs() -> list[str]:
    """Paths of a machine, addresses of a registry, and work left undone."""
    found = []
    for path in _texts():
        if path.parent.name == "tools":
            continue
        for number, line in enumerate(_text(path).splitlines(), 1):
            if _ADDRESS.search(line) or (path.suffix == ".py" and _STUB.search(line)):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    return found


def _text(path: Path) -> str:
    """The corpus has text in other encodings; numbers read the same in all of them but UTF-16."""
    return path.read_text(encoding="utf-8", errors="replace")


def _texts() -> list[Path]:
    return project_files(".py", ".md", ".toml", ".csv", ".txt", ".json", ".yaml", ".html", ".js", ".css")


def main() -> int:
    """Print every breach; 1 when there is one."""
    rules = (oversized, hidden_packages, test_folders_without_init, real_looking_persons, foreign_addresses_and_stubs)
    problems = [problem for rule in rules for problem in rule()]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

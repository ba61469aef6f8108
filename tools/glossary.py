"""Holds the identifiers to the glossary: a synonym of one of its words is refused, and every word is explained."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from tools.source_files import ROOT, python_files

#: Synonym -> the word of docs/glossary.md to use instead. Matched as a whole part of a snake_case identifier.
SYNONYMS = {
    "confidence": "match_probability",
    "dob": "birth",
    "golden": "golden_record",
    "mpi": "person",
    "rms": "match_weight",
    "surety": "match_probability",
    "tickets": "queue item",
    "ticket": "queue item",
    "verdicts_list": "judgement",
    "workitem": "queue item",
    "fake": "false entry",
    "junk": "rejected row",
    "blacklist": "finding",
    "similarities": "level",
    "dedupe": "link",
    "matchscore": "match_weight",
    "anonymised": "masked",
}

WORDS = (
    "source record member person contract accepted rejected 'blocking rule' 'candidate pair' comparison level "
    "'comparison vector' 'm probability' 'u probability' 'term frequency' prior 'match weight' 'match probability' "
    "threshold 'match grade' 'shared cause' guard stratum link cluster judgement 'clerical review' 'queue item' "
    "'golden record' finding 'false entry' ledger run floating pocket hidden lost normal unknown"
)


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name a file defines: functions, classes, arguments, assigned names; with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def _parts(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")


def synonyms_used() -> list[str]:
    """One line per identifier that uses a refused synonym."""
    found = []
    for path in python_files():
        for name, line in identifiers(ast.parse(path.read_text(encoding="utf-8"))):
            parts = _parts(name)
            bad = [p for p in parts if p in SYNONYMS and not (p == "golden" and {"record", "records"} & set(parts))]
            found += [f"{path.relative_to(ROOT)}:{line}: “{name}”: say “{SYNONYMS[p]}”, not “{p}”" for p in bad]
    return found


def words_missing() -> list[str]:
    """The words of the vocabulary that docs/glossary.md does not explain."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    words = [a or b for a, b in re.findall(r"'([^']+)'|(\S+)", WORDS)]
    return [f"docs/glossary.md does not explain “{word}”" for word in words if f"**{word}" not in text]


def main() -> int:
    """Print every breach; 1 when there is one."""
    problems = synonyms_used() + words_missing()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

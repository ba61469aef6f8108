"""Write the files of the corpus and their README: `python -m tests.corpus.build [word in the name ...]`.

LibreOffice writes another file each time; those are written anew only where they are named or missing.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.corpus.case import FILES, Case
from tests.corpus.cases import CASES

#: Writers that give the same bytes each time, and need nothing but the packages of the project.
REPEATABLE = ("XlsxWriter", "openpyxl", "text", "bytes")
_HEAD = """# Files as offices deliver them

Each file is small, made by a real writer, and holds nobody: area codes 4699xx, mobiles 142, 143, 154 (see
`docs/synthetic-data.md`). What must come out of each stands beside its builder in `tests/corpus/`;
`tests/data/sources/test_corpus.py` reads them all. `python -m tests.corpus.build` writes them again: XlsxWriter,
openpyxl and plain bytes give the same content each time; LibreOffice (`xls`, `et`, `ods`, protected files) is needed
only for that, and msoffcrypto-tool for the protected xlsx.

This table is generated. Out: accepted + rejected rows, rows left out by kind, and the codes of the notes.

| file | what it is for | written by | kind of source | out |
|---|---|---|---|---|
"""


def readme() -> str:
    """The table of all files."""
    return _HEAD + "".join(
        f"| `{case.file}` | {case.why} | {case.by} | {case.kind.value} | {_outcome(case)} |\n" for case in CASES
    )


def _outcome(case: Case) -> str:
    if case.refused:
        return f"refused: {case.refused}"
    pieces = [f"{case.accepted} + {len(case.rejected)}"]
    pieces += [f"{kind} {n}" for kind, n in case.dropped.items()]
    codes = Counter(note.split()[0] for note in case.notes)
    pieces += [f"{code} × {n}" if n > 1 else code for code, n in sorted(codes.items())]
    return ", ".join(pieces)


def main(words: list[str]) -> None:
    """Write what was asked for, and the README."""
    for case in CASES:
        is_named = any(word in case.file for word in words)
        if is_named or not case.path.exists() or (not words and case.by in REPEATABLE):
            case.path.parent.mkdir(parents=True, exist_ok=True)
            case.path.write_bytes(case.build())
    (FILES / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

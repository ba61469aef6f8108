"""Changes of one day to the CSV files of a synthetic province: rows that go, come and change, in files of persons."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

_ENCODINGS = ("utf-8-sig", "gb18030")
#: Of a file's rows at most this share changes, so that a county's file is a county's file still.
_MOST_OF_A_FILE = 0.2


def change_files(folder: Path, share: float, seed: int, *, everywhere: bool) -> int:
    """Change that share of all rows of persons under `folder`, a third each removed, added and with another mobile.

    everywhere: in every file; else in as few files as will do, as when one county hands in. Gives the rows changed.
    """
    draw = random.Random(seed)
    tables = {path: _read(path) for path in sorted(folder.rglob("registration/persons-*.csv"))}
    tables |= {path: _read(path) for path in sorted(folder.rglob("rosters/*.csv"))}
    n_wanted = round(share * sum(len(rows) - 1 for rows, _ in tables.values()))
    n_changed = 0
    for path, (rows, encoding) in tables.items():
        n_of_file = round((share if everywhere else _MOST_OF_A_FILE) * (len(rows) - 1))
        chosen = sorted(draw.sample(range(1, len(rows)), min(n_of_file, n_wanted - n_changed)))
        if chosen:
            _write(path, _changed(rows, chosen, draw), encoding)
            n_changed += len(chosen)
    return n_changed


def _changed(rows: list[list[str]], chosen: list[int], draw: random.Random) -> list[list[str]]:
    removed, changed, copied = set(chosen[0::3]), chosen[1::3], chosen[2::3]
    new = [_with_other_mobile(rows[row], draw) for row in copied]
    for row in changed:
        rows[row] = _with_other_mobile(rows[row], draw)
    return [row for number, row in enumerate(rows) if number not in removed] + new


def _with_other_mobile(row: list[str], draw: random.Random) -> list[str]:
    """Another last four digits where a cell is a mobile number; else a last cell that says something else."""
    is_mobile = [len(cell) == 11 and cell.isdigit() and cell.startswith("1") for cell in row]
    last = f"{draw.randrange(10_000):04d}"
    if not any(is_mobile):
        return [*row[:-1], f"{row[-1]}{last}号"]
    at = is_mobile.index(True)
    return [*row[:at], row[at][:7] + last, *row[at + 1 :]]


def _read(path: Path) -> tuple[list[list[str]], str]:
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding), newline=""))), encoding
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{path.name} is in none of {_ENCODINGS}")


def _write(path: Path, rows: list[list[str]], encoding: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))

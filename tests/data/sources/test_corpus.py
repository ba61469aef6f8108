"""Every file of the corpus gives what a clerk would expect of it, holds nobody, and can be written again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pandas as pd
import pytest

from data.contracts.accept import Accepted
from data.errors import SourceFileError
from data.values.identifiers import check_digit_18, id_status
from data.values.phones import parse_phones
from tests.corpus import people
from tests.corpus.build import REPEATABLE, readme
from tests.corpus.case import FILES, Case
from tests.corpus.cases import CASES
from tests.data.sources.builders import AS_OF, read, take

_TOO_SMALL = 60
_IDS = [case.file for case in CASES]
_CODE = re.compile(r"[EW]\d{3}")


@pytest.mark.parametrize("case", CASES, ids=_IDS)
def test_a_file_gives_what_it_must(case: Case) -> None:
    if case.refused:
        with pytest.raises(SourceFileError) as refused:
            _taken(case)
        assert f"{case.refused}_" in refused.value.problem, case.file
        assert case.path.name in refused.value.where
        return
    accepted = _taken(case)
    differences = list(_differences(case, accepted))
    assert not differences, f"{case.file}:\n" + "\n".join(differences)


def _taken(case: Case) -> Accepted:
    return take(case.path, case.kind, **case.options)


def _differences(case: Case, found: Accepted) -> Iterator[str]:
    """What differs between the file as read and the table of expectations, a line each."""
    sheets = tuple(table.source_sheet for table in read(case.path, case.kind, **case.options))
    dropped = {kind: n for kind, n in found.n_dropped.items() if n}
    several = len(set(sheets)) > 1 or any(note.split()[1].count("!") for note in case.notes)
    compared = {
        "tables": (case.tables, sheets),
        "accepted": (case.accepted, len(found.rows)),
        "dropped": (dict(sorted(case.dropped.items())), dict(sorted(dropped.items()))),
        "rejected": (sorted(case.rejected), sorted(_said(found.rejected, with_sheet=several))),
        "notes": (sorted(case.notes), sorted(_said(found.notes, with_sheet=several))),
        "n_read": (found.n_read, len(found.rows) + found.n_rejected + sum(dropped.values())),
    }
    yield from (f"  {what}: expected {want}, got {got}" for what, (want, got) in compared.items() if want != got)
    rows = _by_place(found.rows, with_sheet=several)
    for place, values in case.rows.items():
        row = rows.get(str(place))
        if row is None:
            yield f"  row {place}: expected, not there"
            continue
        got = {name: row[name] for name in values}
        if got != dict(values):
            wrong = {name: (want, got[name]) for name, want in values.items() if got[name] != want}
            yield f"  row {place}: (expected, got) {wrong}"


def _said(problems: pd.DataFrame, *, with_sheet: bool) -> list[str]:
    """`W305 4 birth` of each line; a note that stands in several words of one row counts each time."""
    return [
        f"{str(line.reason_code)[:4]} {_place(line, with_sheet)} {line.field}".rstrip()
        for line in problems.itertuples()
    ]


def _place(line: object, with_sheet: bool) -> str:
    return f"{line.source_sheet}!{line.source_row}" if with_sheet else str(line.source_row)  # type: ignore[attr-defined]


def _by_place(rows: pd.DataFrame, *, with_sheet: bool) -> dict[str, pd.Series]:
    """Rows by their place, which is never that of two."""
    found = {_place(line, with_sheet): row for line, (_, row) in zip(rows.itertuples(), rows.iterrows(), strict=True)}
    assert len(found) == len(rows)
    return found


def test_the_corpus_is_whole() -> None:
    assert len(CASES) > _TOO_SMALL
    assert len(set(_IDS)) == len(_IDS)
    on_disk = {path.relative_to(FILES).as_posix() for path in FILES.rglob("*") if path.is_file()}
    assert on_disk == {*_IDS, "README.md"}
    assert (FILES / "README.md").read_text(encoding="utf-8") == readme(), "run python -m tests.corpus.build"


@pytest.mark.parametrize("case", [case for case in CASES if case.by in REPEATABLE], ids=lambda case: case.file)
def test_writing_a_file_again_gives_the_same(case: Case) -> None:
    assert _content(case.build()) == _content(case.path.read_bytes())


def _content(data: bytes) -> object:
    """The parts of a zip, or the bytes; a broken zip has no parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {item.filename: (item.CRC, item.file_size) for item in archive.infolist()}
    except zipfile.BadZipFile:
        return data


def test_nobody_is_in_the_corpus() -> None:
    cast = [value for value in vars(people).values() if isinstance(value, people.Person)]
    assert len({person.id_no for person in cast}) == len(cast) == 12
    for person in cast:
        assert person.id_no.startswith("4699")
        assert check_digit_18(person.id_no[:17]) == person.id_no[17]
        assert id_status(person.id_no, AS_OF) == "valid"
        assert parse_phones(person.mobile) == (person.mobile,)
        assert person.mobile[:3] in {"142", "143", "154"}
    numbers: set[str] = set()
    for case in CASES:
        if case.refused is None:
            for table in read(case.path, case.kind, **case.options):
                numbers.update(*(re.findall(r"\d{17}[\dXx]", text) for text in table.cells.stack().astype(str)))
    assert numbers
    assert {number for number in numbers if not number.startswith(("4699", "110105194912310"))} == set()

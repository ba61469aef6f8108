"""Masks, keyed hashes, and the log formatter."""

from __future__ import annotations

import hashlib
import logging

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.digests import spelled
from data.privacy import MaskingFormatter, keyed_hashes, mask_id, mask_phone, mask_text

SYNTHETIC = "469905190001010013"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (SYNTHETIC, "469905********0013"),
        ("469905000101001", "469905*****1001"),
        ("123", "***"),
        ("", ""),
        (None, ""),
    ],
)
def test_mask_id(number: str | None, shown: str) -> None:
    assert mask_id(number) == shown


@pytest.mark.parametrize(("number", "shown"), [("15412345678", "154****5678"), ("6311", "****"), (None, "")])
def test_mask_phone(number: str | None, shown: str) -> None:
    assert mask_phone(number) == shown


@given(st.text(alphabet="陈小明：，。 ", max_size=5), st.from_regex(r"4699\d{13}[\dX]", fullmatch=True))
def test_no_number_survives_in_free_text(words: str, number: str) -> None:
    assert number not in mask_text(f"{words}{number}{words}")


def test_hexadecimal_keys_stay_whole() -> None:
    key = "a1b2469905190001010013c"
    assert mask_text(f"记录 {key}") == f"记录 {key}"


def test_log_lines_are_masked_with_arguments_and_traceback() -> None:
    try:
        raise ValueError(SYNTHETIC)
    except ValueError as error:
        record = logging.LogRecord("x", logging.INFO, "f", 1, "row %s", (SYNTHETIC,), (type(error), error, None))
    line = MaskingFormatter("%(message)s").format(record)
    assert SYNTHETIC not in line
    assert "469905********0013" in line


def test_keyed_hashes_depend_on_key_and_every_column() -> None:
    left, right = pd.Series(["a", "a", None], dtype=object), pd.Series(["b", "c", "b"], dtype=object)
    hashes = keyed_hashes([left, right], b"key")
    assert hashes.nunique() == 3
    assert (keyed_hashes([left, right], b"other") != hashes).all()
    # The unit separator keeps "ab" + "c" and "a" + "bc" apart.
    assert (
        keyed_hashes([pd.Series(["ab"]), pd.Series(["c"])], b"k")[0]
        != keyed_hashes([pd.Series(["a"]), pd.Series(["bc"])], b"k")[0]
    )


def test_a_keyed_hash_is_blake2b_over_the_joined_row() -> None:
    """Identifiers in the store are these digests: they must not change from version to version, and where their
    spelling did, the former one is known again (data.digests)."""
    columns = [pd.Series(texts, index=[7, 3], dtype=object) for texts in (["王明", None], [float("nan"), "a"])]
    expected = [hashlib.blake2b(row.encode(), key=b"key", digest_size=10).hexdigest() for row in ("王明\x1f", "\x1fa")]
    hashes = keyed_hashes(columns, b"key")
    assert hashes.tolist() == [spelled(digest) for digest in expected] != expected
    assert hashes.index.tolist() == [7, 3]
    assert keyed_hashes([pd.Series(["\ud83d"], dtype=object)], b"key").str.len().tolist() == [20]


def test_rows_beyond_the_first_lot_are_hashed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = [pd.Series(list("abcdefg"), dtype=object), pd.Series([None, *"123456"], dtype=object)]
    whole = keyed_hashes(columns, b"key").tolist()
    monkeypatch.setattr("data.privacy._ROWS_AT_ONCE", 3)
    assert keyed_hashes(columns, b"key").tolist() == whole
    assert len(set(whole)) == 7
    assert keyed_hashes([column[:0] for column in columns], b"key").tolist() == []

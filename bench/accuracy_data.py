"""What passes between the processes of the accuracy benchmark: the input, the truth, a contender's answer."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

Positions = npt.NDArray[np.int64]
_INPUT, _TRUTH = "input.pkl", "accuracy_truth.pkl"


@dataclass(frozen=True)
class AccuracyInput:
    """records: PERSON_RECORDS in order of unique_id. normalised: the same with the derived columns of matching.

    left, right: candidate pairs as positions, those of our blocking rules. one_row_sources: sources that promise one
    row a person.
    """

    records: pd.DataFrame
    normalised: pd.DataFrame
    left: Positions
    right: Positions
    one_row_sources: frozenset[str]


@dataclass(frozen=True)
class AccuracyTruth:
    """persons: the source columns, unique_id (null: rejected), true_person, is_member_side, of every record.

    errors: the source columns and error_kind, one row a record and kind.
    """

    persons: pd.DataFrame
    errors: pd.DataFrame


@dataclass(frozen=True)
class AccuracyAnswer:
    """pairs: unique_id_l, unique_id_r, score (the higher the likelier); of ours also is_certain (else: for an analyst).

    cut: the score from which a pair is a match.

    links: unique_id, person_id of a contender that makes its own persons; None: connected components of the matches.
    """

    pairs: pd.DataFrame
    cut: float
    links: pd.DataFrame | None = None


def write_input(folder: Path, given: AccuracyInput, truth: AccuracyTruth) -> None:
    """The two sides in files of their own: contenders read only the input."""
    (folder / _INPUT).write_bytes(pickle.dumps(given))
    (folder / _TRUTH).write_bytes(pickle.dumps(truth))


def read_input(folder: Path) -> AccuracyInput:
    """What every contender is given."""
    given: AccuracyInput = pickle.loads((folder / _INPUT).read_bytes())
    return given


def read_truth(folder: Path) -> AccuracyTruth:
    """What only the scoring reads."""
    truth: AccuracyTruth = pickle.loads((folder / _TRUTH).read_bytes())
    return truth


def write_answer(folder: Path, name: str, answer: AccuracyAnswer) -> None:
    """A contender's answer."""
    _answer_path(folder, name).write_bytes(pickle.dumps(answer))


def read_answer(folder: Path, name: str) -> AccuracyAnswer:
    """A contender's answer."""
    answer: AccuracyAnswer = pickle.loads(_answer_path(folder, name).read_bytes())
    return answer


def _answer_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.accuracy.pkl"

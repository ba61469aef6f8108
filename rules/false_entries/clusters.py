"""F18: entries that look invented together. One kind of sign is an indication (C); two kinds on one row are a cluster
(B) for full review. Nothing is struck out for it."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade
from data.values.columns import map_unique
from data.words import tr
from rules.case import CHECKS, NO_NUMBER, Case
from rules.false_entries import dates
from rules.firings import firings, joined, no_firings, row_evidence

Mask = npt.NDArray[np.bool_]

_DIGIT = re.compile(r"\d")
#: Sequence numbers of one county and day of birth.
_PLACES = 1_000

#: Kinds of sign in the order they are named. Dates and a missing signature have rules of their own (F19, F22): alone
#: they are not said again.
_SIGNS = (
    ("phone", "多人共用一个手机号码", "a mobile number shared by several persons"),
    ("home", "多人同一住址", "an address shared by several persons"),
    ("sequence", "身份证顺序码相连", "identity numbers in sequence"),
    ("hand", "代签或笔迹雷同", "signed by another hand"),
    ("dates", "入党日期不可能", "impossible dates of admission"),
    ("unsigned", "没有本人签字", "no signature"),
)
_ALONE = ("phone", "home", "sequence", "hand")


def find(case: Case) -> pd.DataFrame:
    """Entries with a sign that counts alone, or with signs of as many kinds as a cluster needs."""
    entries = case.entries
    if entries.empty:
        return no_firings()
    signs = case.once(signs_of)
    n_kinds = np.sum([signs[name] for name, _, _ in _SIGNS], axis=0)
    is_cluster = n_kinds >= case.params.anomalies.kinds_of_sign.value
    fires = is_cluster | np.any([signs[name] for name in _ALONE], axis=0)
    found, cluster = entries[fires].reset_index(drop=True), is_cluster[fires]
    bits = np.sum([signs[name][fires].astype(np.int64) << place for place, (name, _, _) in enumerate(_SIGNS)], axis=0)
    told = {int(value): _said(int(value)) for value in np.unique(bits)}
    words = np.array([told[int(value)] for value in bits], dtype=object)
    lead = np.where(cluster, tr("须全面核对：", "full review: "), tr("异常迹象：", "a sign: ")).astype(object)
    grade = np.where(cluster, EvidenceGrade.B.value, EvidenceGrade.C.value).astype(object)
    evidence = joined(row_evidence(found, tr("该行与同批各行比对", "the row, compared with the others of its batch")))
    return firings(found, message=lead + words, grade=grade, evidence=evidence)


def signs_of(case: Case) -> dict[str, Mask]:
    """Each kind of sign as a mask over `case.entries`; case.once(signs_of)."""
    entries, limits = case.entries, case.params.anomalies
    person = entries["person_id"].where(entries["person_id"].notna(), entries["unique_id"])
    home = map_unique(entries["home"], lambda text: text if _DIGIT.search(text) else None)
    impossible = case.once(dates.find)["unique_id"]
    return {
        "phone": is_shared(entries["mobile"], person, limits.shared_phone.value),
        "home": is_shared(home, person, limits.shared_home.value),
        "sequence": _in_sequence(entries, limits.sequence.value),
        "hand": (entries["signature"] == "by_other").to_numpy(dtype=bool),
        "dates": entries["unique_id"].isin(impossible).to_numpy(dtype=bool),
        "unsigned": (entries["signature"] == "unsigned").to_numpy(dtype=bool),
    }


def is_shared(values: pd.Series, persons: pd.Series, limit: int) -> Mask:
    """Whether each value stands with at least `limit` different persons; False for null."""
    known = values.notna().to_numpy()
    # Most values stand once or twice: only repeated ones are worth counting persons for.
    repeated = known & values.duplicated(keep=False).to_numpy()
    pairs = pd.DataFrame({"value": values[repeated], "person": persons[repeated]}).drop_duplicates()
    n_persons = pairs["value"].value_counts()
    return values.isin(n_persons.index[n_persons >= limit]).to_numpy(dtype=bool) & known


def _in_sequence(entries: pd.DataFrame, limit: int) -> Mask:
    """Numbers of one source, county and day of birth whose sequence digits follow each other by one or two (the last
    digit tells the sex), at least `limit` in a row."""
    code = entries["id_code"].to_numpy()
    rows = np.flatnonzero(code != NO_NUMBER)
    source = pd.factorize(entries["source"])[0][rows]
    order = np.lexsort((code[rows], source))
    rows, source, code = rows[order], source[order], code[rows][order]
    # A number that stands twice in a source is one number.
    is_first = np.ones(len(rows), dtype=bool)
    is_first[1:] = (source[1:] != source[:-1]) | (code[1:] != code[:-1])
    number, known, origin = np.cumsum(is_first) - 1, code[is_first] // CHECKS, source[is_first]
    step = np.diff(known)
    is_next = np.zeros(len(known), dtype=bool)
    is_next[1:] = (np.diff(origin) == 0) & (np.diff(known // _PLACES) == 0) & (step >= 1) & (step <= 2)
    run = np.cumsum(~is_next)
    in_run = np.zeros(len(entries), dtype=bool)
    in_run[rows] = (np.bincount(run)[run] >= limit)[number] if len(rows) else False
    return in_run


def _said(bits: int) -> str:
    return tr("、", ", ").join(tr(zh, en) for place, (_, zh, en) in enumerate(_SIGNS) if bits >> place & 1)

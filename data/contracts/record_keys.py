"""Is this the row that was there before, edited? What names a row within its source, and its values, as keyed hashes.

`unique_id` is a hash of a row's whole content: with the smallest edit the row bears another. What somebody decided
about the row, and the person it belongs to, must not be lost with it. Only hashes are kept (guard-rails 2 and 6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.digests import spelled
from data.model import FeedKind, IdStatus
from data.privacy import keyed_hashes
from data.values.coded import TEXT, Coded
from data.values.columns import none_for_null
from data.values.identifiers import to_id18

#: Of a record without a key of that kind.
NO_KEY = "-"


@dataclass(frozen=True)
class KeyRule:
    """What names a row within its source, where no other row of the source has the same.

    unless: kinds that must not contradict, that is: both rows have one and they differ.
    """

    name: str
    fields: tuple[str, ...]
    unless: tuple[str, ...]


#: Strongest first; the first that a row has is its `record_key`.
#: id: given once for life; only a valid number, for a mistyped one may be anybody's and is what clerks correct.
#: name_birth: two of the same name and day of birth in one list are rare, and where they occur neither has the key; it
#:   holds although the number changed: that is how a mistyped number is corrected.
#: name_mobile and birth_mobile: a birth or a name corrected; a phone is handed on to relatives, so another valid
#:   number speaks against it.
#: name_post: name and branch (in a register the enterprise, in a list of claims the employer); two namesakes may follow
#:   one another there, so neither number nor birth may contradict.
KEYS: tuple[KeyRule, ...] = (
    KeyRule("id", ("id18",), ()),
    KeyRule("name_birth", ("name", "birth"), ()),
    KeyRule("name_mobile", ("name", "mobile"), ("id",)),
    KeyRule("birth_mobile", ("birth", "mobile"), ("id",)),
    KeyRule("name_post", ("name", "post"), ("id", "name_birth")),
)

#: What the comparisons look at, hence what a judgement rests on -> the word for it. Other columns of a row (dues,
#: remarks) may change without anybody having to look again.
JUDGED_FIELDS = {
    "name": ("姓名", "name"),
    "sex": ("性别", "sex"),
    "id_no": ("身份证号", "identity number"),
    "birth": ("出生日期", "birth"),
    "mobile": ("手机", "mobile"),
    "area": ("县区", "county"),
    "township": ("乡镇", "township"),
    "employer": ("单位", "employer"),
    "home": ("住址", "home"),
    "join_on": ("入党日期", "joined on"),
}
_FIELD_HASH = 12  # hex digits: enough to see a change, nothing to look anything up with


def record_keys(records: pd.DataFrame, is_wanted: npt.NDArray[np.bool_], key: bytes) -> pd.DataFrame:
    """unique_id and `keys` of the wanted PERSON_RECORDS: one hash a kind of KEYS, joined by spaces, `-` where none.

    `records` must be all of the run: a key is only one where it is the only one of its source.
    """
    columns, wanted = _columns(records), np.flatnonzero(is_wanted)
    found = [_hashes(rule, columns, wanted, key) for rule in KEYS]
    keys = pd.Series(found[0], dtype=object)
    for hashes in found[1:]:
        keys = keys + " " + hashes
    return pd.DataFrame({"unique_id": records["unique_id"].to_numpy(dtype=object)[wanted], "keys": keys.to_numpy()})


def record_key(keys: str) -> str | None:
    """The strongest of a record's keys, null when it has none."""
    return next((found for found in keys.split() if found != NO_KEY), None)


def field_hashes(records: pd.DataFrame, salt: pd.Series, key: bytes) -> pd.DataFrame:
    """A keyed hash of every JUDGED_FIELDS value of PERSON_RECORDS; null stays null. Same index as `records`.

    salt: text per row, the unique_id under which the row was judged: equal values of two rows get different hashes, so
    that nobody can count them.
    """
    hashes = {}
    for name in JUDGED_FIELDS:
        given = Coded.of(records[name])
        texts = (_full_numbers(given) if name == "id_no" else given).texts()
        values = pd.Series(texts, index=records.index, dtype=object)
        field = pd.Series(name, index=records.index, dtype=object)
        found = keyed_hashes([field, salt, values], key).str[:_FIELD_HASH]
        hashes[name] = none_for_null(found.where(values.notna()))
    return pd.DataFrame(hashes, index=records.index)


def successors(gone: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Which new row is which gone one, edited? [unique_id_was, unique_id], each id at most once on its side.

    gone, new: unique_id, keys. Kind by kind, strongest first, where exactly one gone and one new row share a key and no
    kind of its `unless` contradicts.
    """
    was, now = _split(gone), _split(new)
    pairs = []
    for rule in KEYS:
        both = was[_is_single(was[rule.name])].merge(
            now[_is_single(now[rule.name])], on=rule.name, suffixes=("_was", "_is")
        )
        for other in rule.unless:
            left, right = both[f"{other}_was"], both[f"{other}_is"]
            both = both[(left == NO_KEY) | (right == NO_KEY) | (left == right)]
        pairs.append(both[["unique_id_was", "unique_id_is"]])
        was = was[~was["unique_id"].isin(both["unique_id_was"])]
        now = now[~now["unique_id"].isin(both["unique_id_is"])]
    found = pd.concat(pairs, ignore_index=True).rename(columns={"unique_id_is": "unique_id"})
    return found.sort_values("unique_id_was", ignore_index=True).astype(object)


def _columns(records: pd.DataFrame) -> dict[str, Coded]:
    """The values keys are made of, and the source; `post` is what the row's kind says of where a person stands."""
    kind = Coded.of(records["kind"])
    is_listed, is_employed = kind.are(FeedKind.MEMBER_ROSTER), kind.are(FeedKind.ENTERPRISE_PERSONS)
    where = {"branch": is_listed, "entity_no": is_employed, "employer": ~(is_listed | is_employed)}
    branch, entity, employer = (Coded.of(records[name]).where(mask).used() for name, mask in where.items())
    is_valid = Coded.of(records["id_status"]).are(IdStatus.VALID)
    return {
        "id18": _full_numbers(Coded.of(records["id_no"]).where(is_valid)),
        "post": branch.or_else(entity).or_else(employer),
        **{name: Coded.of(records[name]) for name in ("source", "name", "birth", "mobile")},
    }


def _full_numbers(numbers: Coded) -> Coded:
    """Numbers of fifteen digits in the form of eighteen: it is the same number."""
    is_old = pc.equal(pc.utf8_length(numbers.values), 15)
    full = pa.array([to_id18(text) or text for text in numbers.values.filter(is_old).to_pylist()], TEXT)
    values = pc.replace_with_mask(numbers.values, is_old, full)
    # Only they may now stand there twice: nearly all others need not be told apart again.
    met = np.flatnonzero(pc.is_in(values, value_set=full))
    one = Coded.of_array(values.take(pa.array(met)))
    place = np.append(np.arange(len(values), dtype=np.int32), np.int32(-1))
    place[met] = met[np.unique(one.codes, return_index=True)[1]][one.codes]
    return Coded(place[numbers.codes], values).used()


def _hashes(
    rule: KeyRule, columns: dict[str, Coded], wanted: npt.NDArray[np.intp], key: bytes
) -> npt.NDArray[np.object_]:
    """One hash a wanted row, `-` where a field is null or another row of the source has the same values."""
    parts = [columns[name] for name in ("source", *rule.fields)]
    has = _is_alone(parts, wanted)[wanted]
    out = np.full(len(wanted), NO_KEY, dtype=object)
    texts = [pd.Series(part.take(wanted[has]).texts(), dtype=object) for part in parts]
    kind = pd.Series(rule.name, index=texts[0].index, dtype=object)
    out[has] = keyed_hashes([kind, *texts], key)
    return out


def _is_alone(parts: list[Coded], wanted: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Which of the wanted rows have in every part a value, and together values that no other row has?"""
    n_rows = len(parts[0].codes)
    is_like = np.ones(n_rows, dtype=bool)
    for part in parts:
        # Rows of which some value is no wanted row's need not be counted. The last place is that of null.
        is_theirs = np.zeros(len(part.values) + 1, dtype=bool)
        is_theirs[part.codes[wanted]] = True
        is_theirs[-1] = False
        is_like &= is_theirs[part.codes]
    rows = np.flatnonzero(is_like)
    code = np.zeros(len(rows), dtype=np.int64)
    for part in parts:
        # Coded again after every part, so that the product of vocabularies stays inside 64 bits.
        code = pd.factorize(code * len(part.values) + part.codes[rows])[0].astype(np.int64)
    is_alone = np.zeros(n_rows, dtype=bool)
    is_alone[rows[np.bincount(code)[code] == 1]] = True
    return is_alone


def _split(rows: pd.DataFrame) -> pd.DataFrame:
    """The keys of every row in a column a kind; rows of a time before keys have none."""
    names = [rule.name for rule in KEYS]
    parts = [spelled(text).split() or [NO_KEY] * len(names) for text in rows["keys"]]
    found = pd.DataFrame(parts, columns=names, dtype=object)
    return found.assign(unique_id=rows["unique_id"].to_numpy(dtype=object))


def _is_single(keys: pd.Series) -> pd.Series:
    return (keys != NO_KEY) & ~keys.duplicated(keep=False)

"""Step 3: what does a person record say in a form that can be compared? Same rows, same order, more columns.

Derived columns hold text or null; a value function runs once per distinct value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.model import IdStatus
from data.values.coded import TEXT, Coded, is_coded, text_array
from matching.arrays import Mask
from matching.characters import MISSING, name_reading, near_name_reading, surname_length
from matching.enterprise_columns import parse_distinct
from matching.enterprise_names import core_of, normalise_text
from matching.number_columns import NumberColumns, number_columns
from matching.spellings import canonical_name, other_forms

#: A number that this many differently read names give is an agent's, a shop's or a filler: it tells nobody apart
#: (domain §5.7).
SHARED_NAMES = 3

#: Columns that `normalise` adds. id_shown: 18 characters with * for each digit that is not known.
DERIVED = (
    "name_key",
    "surname",
    "name_reading",
    "id_written",
    "id18",
    "id_shown",
    "id_head",
    "id_body",
    "id_ends",
    "id_settles",
    "sex_settled",
    "birth_best",
    "birth_day",
    "birth_year",
    "sex_best",
    "mobile_own",
    "township_key",
    "employer_key",
    "employer_brand",
    "name_parts",
    "name_near",
)

#: Columns that it reads.
_READ = ("name", "sex", "id_no", "id_status", "birth", "mobile", "area", "township", "employer")
#: Of eighteen characters the last three.
_ENDS_IN_ZEROS = r"^(?s:.{15})000\z"
#: Keys of one name at most: its own, of four characters four more, and one or two of other forms.
_MOST_PARTS = 7


def normalise(records: pd.DataFrame) -> pd.DataFrame:
    """PERSON_RECORDS with the columns of DERIVED; never drops, adds or reorders a row, and may be applied twice.

    What comes of coded records (data.values.coded) is coded as well.
    """
    out, given = _given(records, _READ)
    names = _of_names(given["name"])
    return _with(out, names | _beside_names(given, names["name_reading"]) | _of_employers(given["employer"]))


def normalise_persons(records: pd.DataFrame) -> pd.DataFrame:
    """The same without what employers say and what only blocking asks of names; records need no employer."""
    out, given = _given(records, _READ[:-1])
    name = given["name"]
    key = Coded.of_texts(name.codes, pa.array([_key(canonical_name(text)) for text in name.values.to_pylist()], TEXT))
    names = {"name_key": key, "name_reading": key.map(name_reading)}
    return _with(out, names | _beside_names(given, names["name_reading"]))


def _given(records: pd.DataFrame, columns: Sequence[str]) -> tuple[dict[str, pd.Series], dict[str, Coded]]:
    """The records' own columns, and some of them to be read."""
    # The values of a province's records are there once.
    out = {str(name): _lean(records[name]) for name in records.columns if name not in DERIVED}
    return out, {name: Coded.of(out[name]).used() for name in columns}


def _with(own: dict[str, pd.Series], derived: Mapping[str, Coded]) -> pd.DataFrame:
    """Both in one frame: the records' own columns, and behind them what was derived, in the order of DERIVED."""
    out, index, is_wanted_coded = dict(own), own["name"].index, is_coded(own["name"])
    for name in DERIVED:
        if name in derived:
            column = derived[name]
            out[name] = column.series() if is_wanted_coded else pd.Series(column.texts(), dtype=object)
            out[name].index = index
    return pd.DataFrame(out, index=index, copy=False)


def _beside_names(given: Mapping[str, Coded], name_reading: Coded) -> dict[str, Coded]:
    """What numbers, mobiles and townships say."""
    is_shared = _is_shared(given["mobile"], name_reading)
    return _of_numbers(given, name_reading) | {
        "mobile_own": given["mobile"].where(~is_shared).used(),
        "township_key": _joined(given["area"], given["township"]),
    }


def _lean(column: pd.Series) -> pd.Series:
    """Of some records out of many only the texts that these have."""
    return Coded.of(column).used().series(column.index) if is_coded(column) else column


def name_parts(name: str) -> str:
    """A name and, of three or four characters, what is left when one is deleted, as keys separated by `|`.

    Two names that differ by a character lost, inserted or replaced have a key in common. Names of two characters keep
    only themselves: one character is a surname and finds half the county.
    """
    shorter = [name[:i] + name[i + 1 :] for i in range(len(name))] if 3 <= len(name) <= 4 else []
    return "|".join(dict.fromkeys([name, *shorter]))


def _of_names(name: Coded) -> dict[str, Coded]:
    """Names are read once each, in one go: what is made of a name begins with the same canonical form."""
    told = [_told(text) for text in name.values.to_pylist()]
    parts = zip(*told, strict=True) if told else ((), (), ())
    columns = {
        column: Coded.of_texts(name.codes, pa.array(values, TEXT))
        for column, values in zip(("name_key", "surname", "name_parts"), parts, strict=True)
    }
    key = columns["name_key"]
    return columns | {"name_reading": key.map(name_reading), "name_near": key.map(near_name_reading)}


def _of_numbers(given: Mapping[str, Coded], name_reading: Coded) -> dict[str, Coded]:
    # Of the numbers that a spreadsheet cut to 15 digits and three zeros one in eleven passes the check; of true ones
    # one in 1,100 ends so. Neither tells its last three digits for sure.
    number, status = given["id_no"], given["id_status"]
    is_lost = status.are(IdStatus.PRECISION_LOSS) | number.spread(
        pc.match_substring_regex(number.values, _ENDS_IN_ZEROS)
    )
    # A number that fails its checks and that several names give is a filler such as 111111…
    is_filler = _is_shared(number, name_reading) & ~status.are(IdStatus.VALID)
    written = number.where(~is_filler).used()
    is_whole = ~is_lost & ~status.are(IdStatus.MASKED)
    told = number_columns(written, is_lost, is_whole)
    is_valid = status.are(IdStatus.VALID) & (told.id18.codes >= 0)
    is_partial = ~is_whole & (told.head.codes >= 0)
    return {
        "id_written": written,
        "id18": told.id18,
        "id_shown": told.shown,
        "id_head": told.head,
        "id_body": told.body,
        "id_ends": told.ends,
        "id_settles": _yes(is_valid | is_partial),
        "sex_settled": _yes(is_valid),
        **_birth_and_sex(given, told, is_valid),
    }


def _birth_and_sex(given: Mapping[str, Coded], number: NumberColumns, is_valid: Mask) -> dict[str, Coded]:
    """A valid number before what the row states, and that before what an incomplete or failing number shows."""
    birth = number.born.where(is_valid).or_else(given["birth"]).or_else(number.shown_birth).used()
    sex = number.counted_sex.where(is_valid).or_else(given["sex"]).or_else(number.counted_sex)
    return {
        "birth_best": birth,
        "birth_day": birth.map(lambda iso: iso if len(iso) == 10 else None),
        "birth_year": birth.map(lambda iso: iso[:4]),
        "sex_best": sex.used(),
    }


def _is_shared(column: Coded, reading: Coded) -> Mask:
    """Rows whose value SHARED_NAMES or more names give; names by reading, so that typing errors make no new name."""
    both = (column.codes >= 0) & (reading.codes >= 0)
    n_readings = len(reading.values) + 1
    named = pd.unique(column.codes[both].astype(np.int64) * n_readings + reading.codes[both]) // n_readings
    # Null has the code -1: the last slot, which nobody counts in.
    n_names = np.bincount(named, minlength=len(column.values) + 1)
    return np.asarray(n_names[column.codes] >= SHARED_NAMES, dtype=bool)


def _told(name: str) -> tuple[str | None, str | None, str | None]:
    """Of a name as written: canonical without dots, which offices leave out; the surname; keys of `name_parts`, and of
    what else the name may stand as: former, in parts, cut at a dot. None when no character of it can be read."""
    canonical = canonical_name(name)
    key = _key(canonical)
    if key is None:
        return None, None, None
    forms = other_forms(name)
    others = [form.replace("·", "") for form in (*forms.former, *forms.joined, *forms.cut)]
    parts = list(dict.fromkeys([*name_parts(key).split("|"), *others]))[:_MOST_PARTS]
    return key, canonical[: surname_length(canonical)], "|".join(parts)


def _key(canonical: str) -> str | None:
    """A canonical name without dots; None when no character of it can be read."""
    key = canonical.replace("·", "")
    return key if key.strip(MISSING) else None


def _yes(mask: Mask) -> Coded:
    return Coded.constant("yes", len(mask)).where(mask)


def _joined(area: Coded, township: Coded) -> Coded:
    """Area and township as one text; None without a township."""
    # Null has the code -1: the last place, or none.
    named, towns = [*area.values.to_pylist(), ""], township.values.to_pylist()
    together = township.codes.astype(np.int64) * len(named) + area.codes % len(named)
    both, pairs = pd.factorize(np.where(township.codes < 0, -1, together))
    texts = [None if pair < 0 else f"{named[pair % len(named)]}/{towns[pair // len(named)]}" for pair in pairs.tolist()]
    return Coded.of_texts(both, pa.array(texts, TEXT))


def _of_employers(employer: Coded) -> dict[str, Coded]:
    """employer_key: the whole text in normal spelling. employer_brand: what stays of a name when people shorten it; the
    whole when its brand says too little."""
    told = parse_distinct(employer.values)
    brand, core = (told[name].to_numpy(dtype=object) for name in ("brand", "core"))
    named = np.where(told["brand"].str.len() > 1, brand, core)
    named[(named == "") | ~told["is_employer"].to_numpy()] = None
    return {
        "employer_brand": Coded.of_texts(employer.codes, text_array(named)),
        "employer_key": employer.map(_employer_core),
    }


def _employer_core(text: str) -> str | None:
    return core_of(normalise_text(text)) or None

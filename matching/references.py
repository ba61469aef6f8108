"""Whom does an event speak of? Letters, meetings, dues, search attempts and decisions name a person.

The best evidence decides and must single out one person; a tie, or a valid number that is really another, finds nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.model import IdStatus
from data.values.coded import TEXT, Coded
from data.values.identifiers import id_status, to_id18
from matching.arrays import Codes, Mask, Positions, codes_of, distinct_rows, encode, join_columns
from matching.comparisons.identity_number import IdentityNumberComparison, IdLevel
from matching.comparisons.name import NameComparison, NameLevel
from matching.enterprise_names import parse_name
from matching.joins import join_codes
from matching.normalise import normalise_persons
from matching.spellings import canonical_name

#: Evidence from strong to weak; each outweighs all that follow together, so persons are ranked as by a cascade.
EVIDENCE = ("id", "id_near", "name_birth", "name_mobile", "name_branch", "name_township")
_WORTH = 2 ** np.arange(len(EVIDENCE))[::-1]
#: What a record must share with a referent besides the name. A number has three parts: a slip spoils only one of them.
_NUMBER_PARTS = ("id_head", "id_body", "id_ends")
#: What people of one branch may share besides it; two digits swapped may spoil two parts of a number.
_IN_BRANCH = (*_NUMBER_PARTS, "birth_day", "name_reading")
_MEETING = (*_NUMBER_PARTS, "mobile_own", "branch_key", "township_key")
_NUMBER = ["id_no", "id_shown", "id18", "sex_settled"]
_REFERENT = ["name", "id_no", "mobile", "branch", "township", "area"]
_READ = [*_REFERENT, "id_status", "sex", "birth"]
_BRANCH_END = re.compile(r"(?:支部委员会|支部|总支部委员会|总支|党支部|党总支|委员会|党委)$")
_HAN = re.compile("[\u3400-\u9fff]+")
_WHOLE = 18
#: Columns by name, one item a row in each.
Columns = Mapping[str, Coded]
#: Whether a number is in the future does not matter here: it is compared, not believed.
_NO_FUTURE = date.max


class References:
    """Persons that events speak of: what speaks for whom is looked at once, and may be asked again of some persons.

    events: unique_id, name, id_no and, where the feed has them, mobile, branch, township, area. records:
    PERSON_RECORDS. links: LINKS. A number, exact or one slip away, needs a compatible name: one character off where the
    name has three, the same surname within the same branch (who wrote both rows knew one person); everything weaker
    needs the same name. A referent whose valid number is none of the valid numbers of a person is never taken for that
    person by name.
    """

    def __init__(self, events: pd.DataFrame, records: pd.DataFrame, links: pd.DataFrame) -> None:
        self._events = events
        self._which, referents = _distinct(events)
        place = pd.Index(links["unique_id"]).get_indexer(pd.Index(records["unique_id"]))
        linked = np.flatnonzero(place >= 0)
        persons, self._person_ids = encode(links["person_id"].iloc[place[linked]])
        n_referents = len(referents["name"].codes)
        self._sure: Codes = np.full(n_referents, -1)
        self._left: Positions = np.empty(0, dtype=np.int64)
        self._person: Codes = np.empty(0, dtype=np.int64)
        self._evidence: Mask = np.empty((0, len(EVIDENCE)), dtype=bool)
        if not n_referents or not len(linked):
            return
        members = {name: column.take(linked) for name, column in _coded(records, _READ).items()}
        self._sure = _by_exact_number(referents, members, persons)
        still_open = np.flatnonzero(self._sure < 0)
        if len(still_open):
            asked = {name: column.take(still_open).used() for name, column in referents.items()}
            left, self._person, self._evidence = _by_evidence(asked, members, persons)
            self._left = still_open[left]

    def persons(self, among: pd.Series | None = None) -> pd.DataFrame:
        """unique_id, person_id (None: nobody, or a tie), how (one of EVIDENCE, None), in the order of events. among:
        person_ids; only these are looked at."""
        asked = np.ones(len(self._person_ids) + 1, dtype=bool)
        if among is not None:
            asked[:-1] = pd.Series(self._person_ids, dtype=object).isin(among).to_numpy()
        rows = asked[self._person]
        best, score = _best_person(len(self._sure), self._left[rows], self._person[rows], self._evidence[rows])
        is_sure = (self._sure >= 0) & asked[self._sure]
        best[is_sure], score[is_sure] = self._sure[is_sure], _WORTH[0]
        return _answer(self._events, self._which, np.array([*self._person_ids, None], dtype=object)[best], score)


def _coded(frame: pd.DataFrame, names: Sequence[str]) -> Columns:
    """Columns of a frame in codes; nulls in those that it does not have."""
    nothing = Coded.constant(None, len(frame))
    return {name: Coded.of(frame[name]) if name in frame else nothing for name in names}


def _distinct(events: pd.DataFrame) -> tuple[Codes, Columns]:
    """Which distinct referent each event names, and the distinct referents."""
    named = _coded(events, _REFERENT)
    which, first = distinct_rows(*(column.codes + 1 for column in named.values()))
    return which, {name: column.take(first).used() for name, column in named.items()}


def _by_exact_number(referents: Columns, members: Columns, persons: Codes) -> Codes:
    """The person of each referent whose number and name both stand in a record as they are: most events are copied from
    a roster. -1 where anything is open: a number of several persons, or that fails its checks, a name not quite read.

    `_by_evidence` would find the same. A mobile may be shared, which it weighs: such referents are left to it.
    """
    written, named = referents["id_no"], referents["name"]
    number = Coded.stacked([written, _whole(members["id_no"])]).codes
    name = Coded.stacked([named, members["name"]]).codes
    n = len(written.codes)
    lowest = np.full(int(number.max(initial=-1)) + 2, len(persons), dtype=np.int64)
    highest = np.full(len(lowest), -1, dtype=np.int64)
    np.minimum.at(lowest, number[n:], persons)
    np.maximum.at(highest, number[n:], persons)
    is_sure = (number[:n] >= 0) & (lowest == highest)[number[:n]] & (referents["mobile"].codes < 0)
    is_sure &= written.spread(pc.and_not(_is_whole(written), pc.ends_with(written.values, "000")))
    is_read = [bool(_HAN.fullmatch(canonical_name(text))) for text in named.values.to_pylist()]
    is_sure &= named.spread(pa.array(is_read, pa.bool_()))
    both = number.astype(np.int64) * (int(name.max(initial=-1)) + 1) + name
    is_valid = members["id_status"].are(IdStatus.VALID) & (name[n:] >= 0)
    return np.where(is_sure & np.isin(both[:n], both[n:][is_valid]), lowest[number[:n]], -1)


def _is_whole(id_no: Coded) -> pa.Array:
    """Which of the distinct numbers have all their characters?"""
    return pc.equal(pc.utf8_length(id_no.values), _WHOLE)


def _whole(id_no: Coded) -> Coded:
    """Numbers of 15 digits as their 18, all others as written."""
    is_rest = pc.invert(_is_whole(id_no))
    told = [to_id18(text) or text for text in id_no.values.filter(is_rest).to_pylist()]
    return Coded.of_texts(id_no.codes, pc.replace_with_mask(id_no.values, is_rest, pa.array(told, TEXT)))


def _by_evidence(referents: Columns, members: Columns, persons: Codes) -> tuple[Positions, Codes, Mask]:
    """Pairs of a referent and a person, and the evidence of each, of all that referents and members have in common."""
    both = _normalised(referents, members)
    left, right = _candidates(both, len(both) - len(persons))
    evidence = _evidence(both, left, right + len(both) - len(persons))
    # The exact number stands whatever other numbers the person has; everything weaker falls.
    evidence[_is_another(both, left, persons[right], persons), 1:] = False
    return left, persons[right], evidence


def _normalised(referents: Columns, members: Columns) -> pd.DataFrame:
    """Referents, then members' records, normalised alike; with branch_key. Employers are not looked at."""
    status = referents["id_no"].map(lambda text: id_status(text, _NO_FUTURE).value)
    nothing = Coded.constant(None, len(status.codes))
    asked = {**referents, "id_status": status}
    stacked = {name: Coded.stacked([asked.get(name, nothing), members[name]]) for name in _READ}
    branch = stacked["branch"].map(branch_key)
    both = normalise_persons(pd.DataFrame({name: column.series() for name, column in stacked.items()}, copy=False))
    return both.assign(branch_key=branch.series())


def branch_key(text: str) -> str | None:
    """What is left of an organisation's name: 中共文昌市龙楼镇红海村支部委员会 and 龙楼红海村党支部 give 龙楼红海村."""
    parsed = parse_name(re.sub(r"^(?:中共|中国共产党)", "", text.strip()))
    return _BRANCH_END.sub("", parsed.brand if parsed.is_public else parsed.core) or None


def _candidates(both: pd.DataFrame, n: int) -> tuple[Positions, Positions]:
    """Pairs of a referent and a member's record that share a number, or a name and something else."""
    rules = [["id18"], *(["name_key", other] for other in _MEETING), *(["branch_key", other] for other in _IN_BRANCH)]
    codes = {name: codes_of(both[name]) for name in {name for rule in rules for name in rule}}
    packed = []
    n_members = len(both) - n
    is_referent = np.arange(len(both)) < n
    for rule in rules:
        together = join_columns([codes[name] for name in rule], is_referent) + 1
        left, right = join_codes(together[:n], together[n:])
        packed.append(left * n_members + right)
    pairs = np.unique(np.concatenate(packed))
    return pairs // n_members, pairs % n_members


def _evidence(both: pd.DataFrame, left: Positions, right: Positions) -> Mask:
    """Columns of EVIDENCE for each pair of rows; only rows in a pair are looked at."""
    met, place = np.unique(np.concatenate([left, right]), return_inverse=True)
    both, left, right = both.iloc[met], place[: len(left)], place[len(left) :]
    number = IdentityNumberComparison(_NUMBER, _NUMBER)
    prepared = number.prepare(*(both[column] for column in _NUMBER))
    id_level = number.levels(prepared, left, right)
    name = NameComparison("name", "name")
    name_level = name.levels(name.prepare(both["name"]), left, right)
    is_same_name, is_same_branch = (_same(both[column], left, right) for column in ("name_key", "branch_key"))
    is_surname_in_branch = (name_level >= NameLevel.SAME_SURNAME) & is_same_branch
    fits = (name_level < 0) | (name_level >= NameLevel.ONE_OF_MANY) | is_surname_in_branch
    # Twins share all but the end of a number that is half hidden: there the whole name must be the same, as far as it
    # can be read (吴燕□).
    is_read_alike = is_same_name | (name_level == NameLevel.UNREADABLE) & is_same_branch
    is_near = (id_level >= IdLevel.COMPATIBLE) & is_read_alike | (id_level >= IdLevel.ONE_SLIP) & is_surname_in_branch
    # The day of birth is that of the number, where the record has none.
    weak = [
        _same(both[column], left, right) & is_same_name
        for column in ("birth_day", "mobile_own", "branch_key", "township_key")
    ]
    return np.column_stack([_same(both["id18"], left, right) & fits, is_near, *weak])


def _same(column: pd.Series, left: Positions, right: Positions) -> Mask:
    codes, _ = encode(column)
    return np.asarray((codes[left] == codes[right]) & (codes[left] >= 0), dtype=bool)


def _is_another(both: pd.DataFrame, left: Positions, person: Codes, persons: Codes) -> Mask:
    """Pairs whose referent has a valid number while the person has valid numbers of its own."""
    is_valid = both["sex_settled"].notna().to_numpy()
    n = len(both) - len(persons)
    has_valid = np.bincount(persons, weights=is_valid[n:]) > 0
    return np.asarray(is_valid[:n][left] & has_valid[person], dtype=bool)


def _best_person(n: int, left: Positions, person: Codes, evidence: Mask) -> tuple[Codes, Codes]:
    """Position of the one person with the best evidence of each referent (-1: none or a tie), and the worth of it."""
    found = pd.DataFrame(evidence).groupby([left, person]).any()
    score = pd.Series(found.to_numpy() @ _WORTH, index=found.index)
    score = score[score > 0]
    referent, who = score.index.get_level_values(0), score.index.get_level_values(1)
    top = score.groupby(referent).transform("max") == score
    n_top = np.bincount(referent[top], minlength=n)
    best, worth = np.full(n, -1), np.zeros(n, dtype=np.int64)
    single = top.to_numpy() & (n_top[referent] == 1)
    best[referent[single]], worth[referent[single]] = who[single], score.to_numpy()[single]
    return best, worth


def _answer(events: pd.DataFrame, which: Codes, person_ids: npt.NDArray[np.object_], score: Codes) -> pd.DataFrame:
    """One row an event; the strongest evidence names the way."""
    names = np.array([*EVIDENCE[::-1], None], dtype=object)
    strongest = np.where(score > 0, np.log2(np.maximum(score, 1)).astype(np.int64), len(EVIDENCE))
    person, how = person_ids[which], names[strongest][which]
    return pd.DataFrame(
        {"unique_id": events["unique_id"].to_numpy(dtype=object), "person_id": person, "how": how}, dtype=object
    )

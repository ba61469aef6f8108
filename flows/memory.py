"""What does the store remember of tonight's records? Judgements and persons follow a row that was edited.

A judgement holds while what it rests on is unchanged; when that was edited, the pair is asked again and the reason says
what changed. Pure: frames in, frames out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.frames import empty_frame
from data.contracts.record_keys import field_hashes, record_keys, successors
from data.digests import spelled
from data.model import MatchGrade
from data.store.contacts import CONTACT_COLUMNS
from data.store.known_records import Seen, short_hashes
from data.values.coded import as_texts, is_among
from flows.reopening import PAIR, judgements_of_tonight
from matching.results import MatchResult


@dataclass(frozen=True)
class Memory:
    """What the store knew before the run.

    judgements: as data.store.frames.live_rows; known: as data.store.known_records.known_records; seen: short hashes of
    the records of the run before, None when it did not tell; contacts: as data.store.contacts.contact_log.
    """

    judgements: pd.DataFrame
    known: pd.DataFrame
    seen: Seen | None
    contacts: pd.DataFrame = field(default_factory=lambda: empty_frame(CONTACT_COLUMNS))

    def frames(self) -> dict[str, pd.DataFrame]:
        """As plain tables for the archive of the night."""
        said = self.judgements
        moments = [moment.isoformat() for moment in said["decided_at"]]
        evidence = [json.dumps(found, ensure_ascii=False, sort_keys=True) for found in said["evidence"]]
        frames = {"judgements": said.assign(decided_at=moments, evidence=evidence), "records": self.known}
        frames |= {"contacts": self.contacts}
        return frames if self.seen is None else frames | {"seen": pd.DataFrame({"hash": np.sort(self.seen)})}

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> Memory:
        """Back from an archive."""
        said = frames["judgements"]
        moments = pd.Series([datetime.fromisoformat(text) for text in said["decided_at"]], said.index, dtype=object)
        evidence = pd.Series([json.loads(text) for text in said["evidence"]], said.index, dtype=object)
        seen = frames["seen"]["hash"].to_numpy(dtype=np.uint64) if "seen" in frames else None
        contacts = frames.get("contacts", empty_frame(CONTACT_COLUMNS))
        return cls(said.assign(decided_at=moments, evidence=evidence), frames["records"], seen, contacts)


@dataclass(frozen=True)
class Recalled:
    """The memory in terms of tonight's records.

    judgements: unique_id_l, unique_id_r, judgement (or REOPENED_*), what matching obeys; known: unique_id, person_id,
    minted_seq; successors: unique_id_was, unique_id of edited records; reopened: unique_id_l, unique_id_r, judgement,
    reviewer, decided_at, changed (names of JUDGED_FIELDS joined by '|'; '' when nobody noted what it rested on).
    n_at_rest: judged pairs that nothing is known of tonight; they hold again when their records come back.
    """

    judgements: pd.DataFrame
    known: pd.DataFrame
    successors: pd.DataFrame
    reopened: pd.DataFrame
    n_at_rest: int


@dataclass(frozen=True)
class Told:
    """What a run tells the store and the desk.

    records, seen: as data.store.known_records.Traces; states: JSON by unique_id of records that are asked about, as
    reports.queue.Remembered.
    """

    recalled: Recalled
    records: pd.DataFrame
    states: pd.Series
    seen: Seen


def recall(memory: Memory, records: pd.DataFrame, key: bytes) -> Recalled:
    """Bring judgements and persons to tonight's PERSON_RECORDS; `records` are all of the run."""
    edited = _edited(memory, records, key)
    heirs = _heirs(memory, edited)
    judgements, reopened, n_found = judgements_of_tonight(memory.judgements, memory.known, heirs, records, key)
    n_at_rest = len(memory.judgements) - n_found
    return Recalled(judgements, _known(memory.known, edited), edited, reopened, n_at_rest)


def tell(
    recalled: Recalled, memory: Memory, records: pd.DataFrame, kept: pd.DataFrame, matched: MatchResult, key: bytes
) -> Told:
    """After matching: what goes to the store. `records` are all of the run, `kept` those of links and graded pairs."""
    judged = pd.concat([recalled.judgements[side] for side in PAIR])
    traced = _traced(records, pd.concat([kept["unique_id"], judged]), memory, key)
    is_open = matched.pairs["grade"] == MatchGrade.POSSIBLE
    asked = [frame[side] for frame in (matched.pairs[is_open], matched.conflicts, recalled.reopened) for side in PAIR]
    states = _states(kept[kept["unique_id"].isin(pd.concat(asked))], traced, memory.known, key)
    return Told(recalled, traced, states, short_hashes(records["unique_id"]))


def _traced(records: pd.DataFrame, wanted: pd.Series, memory: Memory, key: bytes) -> pd.DataFrame:
    """unique_id, `keys`, `fields` of the wanted records, for the store to know them again; null where it does.

    Fields of records that somebody judged as they stand, for not every judgement comes from a question with evidence.
    """
    known = memory.known
    ids = records["unique_id"]
    is_wanted = is_among(ids, wanted)
    is_new = is_wanted & ~is_among(ids, known.loc[known["keys"] != "", "unique_id"])
    said = pd.concat([memory.judgements[side] for side in PAIR])
    noted = known.loc[known["fields"].notna(), "unique_id"]
    is_judged = is_wanted & is_among(ids, said) & ~is_among(ids, noted)
    keys, fields = (np.full(len(records), None, dtype=object) for _ in range(2))
    keys[is_new] = record_keys(records, is_new, key)["keys"]
    fields[is_judged] = np.array(_field_texts(as_texts(records, is_judged), key), dtype=object)
    traced = pd.DataFrame({"unique_id": ids.to_numpy(dtype=object), "keys": keys, "fields": fields})
    return traced[is_wanted].sort_values("unique_id", ignore_index=True)


def _states(asked: pd.DataFrame, traced: pd.DataFrame, known: pd.DataFrame, key: bytes) -> pd.Series:
    """JSON by unique_id: what a judgement about the record would rest on."""
    ids = asked["unique_id"]
    told = [frame.loc[is_among(frame["unique_id"], ids), ["unique_id", "keys"]] for frame in (traced, known)]
    keys = pd.concat([told[0].dropna(), told[1]]).drop_duplicates("unique_id")
    of_record = ids.map(keys.set_index("unique_id")["keys"])
    texts = [
        f'{{"fields":{fields},"keys":"{keys}"}}'
        for fields, keys in zip(_field_texts(asked, key), of_record, strict=True)
    ]
    return pd.Series(texts, index=asked["unique_id"].to_numpy(), dtype=object)


def _field_texts(records: pd.DataFrame, key: bytes) -> list[str]:
    """The keyed hashes of the judged fields of every record, as JSON; fields without a value are absent."""
    rows = field_hashes(records, records["unique_id"], key).to_dict("records")
    return [json.dumps({name: value for name, value in row.items() if value is not None}) for row in rows]


def _edited(memory: Memory, records: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """unique_id_was, unique_id: rows that are gone, and the new rows they became."""
    known = memory.known
    gone = known[~_is_there(known["unique_id"], records) & known["successor"].isna()]
    gone = pd.concat([gone[["unique_id", "keys", "gone_run"]], _judged_alone(memory, records)], ignore_index=True)
    respelled = _respelled(gone, records)
    gone = gone[~gone["unique_id"].isin(respelled["unique_id_was"])]
    there = known.loc[known["gone_run"].isna(), "unique_id"]
    is_new = ~is_among(records["unique_id"], pd.concat([there, respelled["unique_id"]]))
    if memory.seen is not None:
        unknown = np.flatnonzero(is_new)
        is_new[unknown] = ~pd.Series(short_hashes(records["unique_id"].iloc[unknown])).isin(memory.seen).to_numpy()
    if gone.empty or not is_new.any():
        return respelled
    new = record_keys(records, is_new, key)
    # Who went last night before who went long ago: a row that comes back is the newest of those it may be.
    first = successors(gone[gone["gone_run"].isna()], new)
    rest = successors(gone[gone["gone_run"].notna()], new[~new["unique_id"].isin(first["unique_id"])])
    return pd.concat([respelled, first, rest], ignore_index=True)


def _respelled(gone: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """unique_id_was, unique_id: rows that are there unchanged, under the id of today's spelling (data.digests)."""
    both = pd.DataFrame({"unique_id_was": gone["unique_id"], "unique_id": gone["unique_id"].map(spelled)}, dtype=object)
    both = both[both["unique_id"] != both["unique_id_was"]]
    return both[_is_there(both["unique_id"], records)].drop_duplicates("unique_id", ignore_index=True)


def _judged_alone(memory: Memory, records: pd.DataFrame) -> pd.DataFrame:
    """unique_id, keys, gone_run of judged records that only their judgement remembers."""
    states = [rows for evidence in memory.judgements["evidence"] for rows in evidence.get("records", {}).items()]
    kept = {unique_id: str(state.get("keys", "")) for unique_id, state in states}
    frame = pd.DataFrame({"unique_id": list(kept), "keys": list(kept.values())}, dtype=object)
    is_elsewhere = frame["unique_id"].isin(memory.known["unique_id"]) | _is_there(frame["unique_id"], records)
    return frame[~is_elsewhere].assign(gone_run=None)


def _is_there(ids: pd.Series, records: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which of these are tonight's? Tonight's are looked up among them, who are fewer."""
    tonight = records["unique_id"]
    return ids.isin(tonight[is_among(tonight, ids)]).to_numpy(dtype=bool)


def _heirs(memory: Memory, edited: pd.DataFrame) -> dict[str, str]:
    """unique_id of a row that is gone -> the row it became, that night or tonight."""
    former = memory.known[memory.known["successor"].notna()]
    tonight = dict(zip(edited["unique_id_was"], edited["unique_id"], strict=True))
    return dict(zip(former["unique_id"], former["successor"], strict=True)) | tonight


def _known(known: pd.DataFrame, edited: pd.DataFrame) -> pd.DataFrame:
    """unique_id (tonight's), person_id, minted_seq; of two rows that became one, the one there last night counts."""
    whose = known[known["person_id"].notna()]
    heirs = whose["unique_id"].map(edited.set_index("unique_id_was")["unique_id"]).astype(object)
    whose = whose.assign(unique_id=heirs.where(heirs.notna(), whose["unique_id"]), was_there=whose["gone_run"].isna())
    whose = whose.sort_values(["was_there", "unique_id"], ascending=[False, True]).drop_duplicates("unique_id")
    frame = whose[["unique_id", "person_id", "minted_seq"]].sort_values("unique_id", ignore_index=True)
    return frame.astype({"minted_seq": "int64"})

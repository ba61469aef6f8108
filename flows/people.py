"""Steps 2 to 9 between the sources and the rules: records and entities, persons, workplaces, golden records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.contracts.entities import REGISTERED, entities, entity_ids
from data.contracts.frames import empty_frame
from data.contracts.person_records import coded_records
from data.contracts.tables import PROVENANCE
from data.model import MEMBER_SIDE, FeedKind
from data.settings import Settings, load_settings
from data.values.coded import Coded, as_texts, is_among, places, text_array
from data.values.columns import spread
from flows.facts import Linked
from flows.intake import Taken
from flows.shelf import Shelf
from matching.employer_texts import TEXT, employer_texts
from matching.enterprises import match_employers
from matching.golden_record import FIELDS, golden_records
from matching.incremental_memory import Memory
from matching.pipeline import MatchResult, match_persons
from matching.resources import Resources
from matching.spec import MatchSpec, load_spec
from matching.training import Model


@dataclass(frozen=True)
class People:
    """records: PERSON_RECORDS, coded (data.values.coded), the employer of persons at enterprises filled in; register:
    ENTITIES."""

    records: pd.DataFrame
    register: pd.DataFrame


def people_of(taken: Taken) -> People:
    """Records of persons and the register; a person at an enterprise has its name, township and county."""
    register = entities([taken.rows(FeedKind.ENTERPRISE_REGISTRATION, REGISTERED)])
    records = coded_records(taken.accepted, taken.kinds)
    at_work = np.flatnonzero(Coded.of(records["kind"]).are(FeedKind.ENTERPRISE_PERSONS.value))
    number = Coded.of(records["entity_no"]).take(at_work).used()
    ids = entity_ids(pd.Series(number.values.to_pylist(), dtype=object), register)
    where = pd.Index(register["entity_id"]).get_indexer(ids)
    for name, known in (("employer", "entity_name"), ("township", "township"), ("area", "area")):
        told = Coded.of_texts(number.codes, text_array(spread(register[known].to_numpy(dtype=object), where)))
        # The register knows the place better than the feed; where it is silent the feed's county stands.
        is_told = told.codes >= 0 if name == "area" else np.ones(len(at_work), dtype=bool)
        records[name] = Coded.of(records[name]).put(at_work[is_told], told.take(is_told)).series()
    return People(records, register)


def person_spec(settings: Settings) -> MatchSpec:
    """The person model with the installation's budget of pairs."""
    spec = load_spec()
    return spec.model_copy(update={"pair_budget": settings.pair_budget})


def no_judgements() -> pd.DataFrame:
    """The judgements of a check on site: none."""
    return empty_frame(["unique_id_l", "unique_id_r", "judgement"])


def no_persons() -> pd.DataFrame:
    """The persons known to a check on site: none."""
    return empty_frame(["unique_id", "person_id", "minted_seq"]).astype({"minted_seq": "int64"})


def match_people(
    people: People,
    taken: Taken,
    spec: MatchSpec,
    judgements: pd.DataFrame,
    known: pd.DataFrame,
    model: Model | None = None,
    memory: Memory | None = None,
    *,
    remembers: bool = False,
) -> MatchResult:
    """Steps 3 to 8: normalise, block, compare, score, grade, cluster. model: a frozen one, else it is learned.
    memory: of last night, so that only what changed is compared; remembers: tonight's is wanted.

    Memory and workers are those of the settings in force; what is found does not depend on them.
    """
    settings = load_settings()
    resources = Resources.local(settings.memory_budget_mb, settings.workers, settings.spill_dir)
    return match_persons(
        people.records,
        spec,
        judgements,
        known,
        taken.one_row_sources,
        model,
        resources,
        memory,
        remembers=remembers,
    )


@pd.option_context("mode.copy_on_write", True)
def link_people(taken: Taken, people: People, match: MatchResult, shelf: Shelf | None = None) -> Linked:
    """Employers of member-side records, and step 9: one value per field and person.

    Here the persons who match nobody are left behind: every later table starts from the links (guard-rail 2).
    """
    records = people.records
    ids = pd.concat([match.links["unique_id"], match.pairs["unique_id_l"], match.pairs["unique_id_r"]])
    kept = records[is_among(records["unique_id"], ids)].reset_index(drop=True)
    members = records.loc[Coded.of(records["kind"]).are(*MEMBER_SIDE), ["name", *TEXT]]
    gone = taken.rows(FeedKind.MEMBER_ROSTER, ["unique_id", "is_floating", "flow_to"])
    at_work = taken.rows(FeedKind.ENTERPRISE_PERSONS, ["unique_id", "entity_no"], match.links["unique_id"])
    asked = employer_texts(members, gone, at_work, match.links, people.register)
    return Linked(
        records=as_texts(kept),
        record_keys=records[["unique_id", *PROVENANCE]],
        entities=people.register,
        links=match.links,
        pairs=match.pairs,
        employers=match_employers(asked, people.register),
        golden_records=golden_records(_with_roster_columns(kept, taken), match.links),
    )


def _with_roster_columns(records: pd.DataFrame, taken: Taken) -> pd.DataFrame:
    """Records with those fields of a golden record that only rosters and claims have (category, status, dates), coded;
    null elsewhere."""
    accepted = [taken.accepted[name].rows for name, kind in sorted(taken.kinds.items()) if kind in MEMBER_SIDE]
    # Without a single feed of members the fields are there all the same.
    frames = [records.iloc[:0], *accepted]
    place = places(records["unique_id"], pd.concat([frame["unique_id"].astype(object) for frame in frames]))
    columns = dict(records.items())
    for name in FIELDS:
        if name not in records.columns:
            columns[name] = Coded.stacked([_column(frame, name) for frame in frames]).at(place).series()
    return pd.DataFrame(columns, copy=False)


def _column(rows: pd.DataFrame, name: str) -> Coded:
    """A column of accepted rows; null where their feed has none."""
    return Coded.of(rows[name]) if name in rows else Coded.constant(None, len(rows))

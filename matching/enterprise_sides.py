"""Employer texts and the register's names, coded: what is asked on one side, what is offered on the other.

All columns of a kind (counties, townships, numbers ...) share one vocabulary, so that pairs are compared by codes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.model import EntityStatus, Population
from data.values.coded import Coded, text_array
from data.values.columns import map_unique
from matching.arrays import Bits, Codes, Mask, Objects
from matching.comparisons.employer import EmployerValues
from matching.enterprise_columns import parse_distinct
from matching.enterprise_names import normalise_text
from matching.enterprise_words import NO_FORM, SHOP
from matching.regions import HAINAN, county_of_area, short_township, take_region

_CLOSED = (EntityStatus.CANCELLED, EntityStatus.REVOKED_CANCELLED, EntityStatus.WITHDRAWN)
#: Stands behind a place for the rest of a name: no region begins with it or sounds like it.
_REST = "某某某某"


@dataclass(frozen=True)
class Sides:
    """Codes of both sides in one vocabulary per column; 0 is: not said. One item a text, a query, a name or an entity.

    text_head: the county that the brand may begin with. text_person: the brand, as the operator's name that it may be.
    text_trade: the words that tell the trade.
    is_gone: the record says where the person went to work; query_county and query_township are then of that place.
    query_entities: entities at which the register lists the person, as query * number of entities + entity, sorted.
    name_entity: entity of each name; name e is the present name of entity e ('' when it has none), former names follow.
    township_share: the part of the county's entities that lie in this entity's township.
    """

    values: EmployerValues
    text_province: Codes
    text_county: Codes
    text_head: Codes
    text_township: Codes
    text_person: Codes
    text_trade: Objects
    query_text: Codes
    query_number: Codes
    query_county: Codes
    query_township: Codes
    query_operator: Codes
    query_entities: Codes
    is_gone: Mask
    name_text: Codes
    name_form: Codes
    name_entity: Codes
    is_former: Mask
    entity_uscc: Codes
    entity_reg_no: Codes
    entity_province: Codes
    entity_county: Codes
    entity_township: Codes
    entity_operator: Codes
    township_share: Bits
    is_household: Mask
    is_closed: Mask


def sides_of(queries: pd.DataFrame, entities: pd.DataFrame) -> Sides:
    """Both sides coded; queries as `match_employers` makes them distinct, entities sorted."""
    names = _entity_names(entities)
    n = len(queries)
    written = text_array(pd.concat([queries["employer"], names["text"]]).to_numpy(dtype=object))
    texts = Coded.of_array(written.fill_null(""))
    text_codes, parsed = texts.codes.astype(np.int64), parse_distinct(texts.values)
    number, uscc, reg_no = _together(queries["entity_no"], entities["uscc"], entities["reg_no"])
    text_province, province = _together(parsed["province"], map_unique(entities["area"], _province_of_area))
    is_gone, at_county, at_township = _whereabouts(queries)
    values = EmployerValues.of_parsed(parsed)
    text_county, text_head, county_l, county_r = _together(
        parsed["region"],
        pd.Series(values.heads),
        at_county,
        map_unique(entities["area"], county_of_area),
    )
    text_township, township_l, township_r = _together(
        parsed["township"], at_township, map_unique(entities["township"], short_township)
    )
    text_person, operator_l, operator_r = _together(parsed["brand"], queries["operator"], entities["operator"])
    is_household = (entities["population"] == Population.HOUSEHOLD_BUSINESS).to_numpy()
    return Sides(
        values=values,
        text_province=text_province,
        text_county=text_county,
        text_head=text_head,
        text_township=text_township,
        text_person=text_person,
        text_trade=parsed["trade"].to_numpy(dtype=object),
        query_text=text_codes[:n],
        query_number=number,
        query_county=county_l,
        query_township=township_l,
        query_operator=operator_l,
        query_entities=_listed(queries["registered_at"], entities["entity_id"]),
        is_gone=is_gone,
        name_text=text_codes[n:],
        name_form=_forms(parsed["form"].to_numpy()[text_codes[n:]], is_household[names["entity"]]),
        name_entity=names["entity"].to_numpy(),
        is_former=names["is_former"].to_numpy(),
        entity_uscc=uscc,
        entity_reg_no=reg_no,
        entity_province=province,
        entity_county=county_r,
        entity_township=township_r,
        entity_operator=operator_r,
        township_share=_shares(county_r, township_r),
        is_household=is_household,
        is_closed=entities["status"].isin(_CLOSED).to_numpy(),
    )


def _whereabouts(queries: pd.DataFrame) -> tuple[Mask, pd.Series, pd.Series]:
    """Does the record say where the person went; and county and township of that place, else of the record.

    Somebody who went to a place that nothing can be read from (外出务工) is in no known township.
    """
    codes, texts = pd.factorize(queries["flow_to"])
    is_gone = codes >= 0
    places = np.array([*map(_place, texts), ("", "")], dtype=object)[codes]
    recorded = map_unique(queries["area"], county_of_area).to_numpy(dtype=object)
    # A township alone (重兴镇) is one of the record's county.
    county = np.where(is_gone & ((places[:, 0] != "") | (places[:, 1] == "")), places[:, 0], recorded)
    township = np.where(is_gone, places[:, 1], map_unique(queries["township"], short_township))
    return is_gone, pd.Series(county), pd.Series(township)


def _place(text: str) -> tuple[str, str]:
    """County (outside Hainan the city or province) and township that a text names."""
    region, _ = take_region(normalise_text(text).replace(" ", "") + _REST, is_company=True)
    return region.county or region.province.removeprefix(HAINAN), region.township


def _listed(registered_at: pd.Series, entity_ids: pd.Series) -> Codes:
    """Query and entity, packed, of every entity that the register lists a query's person at."""
    one = registered_at.reset_index(drop=True).dropna().astype(str).str.split().explode()
    entity = pd.Index(entity_ids).get_indexer(one)
    query = one.index.to_numpy(dtype=np.int64)
    return np.sort((query * len(entity_ids) + entity)[entity >= 0])


def _shares(county: Codes, township: Codes) -> Bits:
    """Of the entities of each entity's county the part in its township."""
    in_county = np.bincount(county)[county]
    together = pd.factorize(county * (township.max(initial=0) + 1) + township)[0]
    return np.asarray(np.bincount(together)[together] / in_county, dtype=np.float64)


def _forms(form: Codes, is_household: Mask) -> Codes:
    """Legal form of each name; a household business is a shop even if its name does not say so (惠民大药房)."""
    return np.where(is_household & (form == NO_FORM), SHOP, form)


def _together(*columns: pd.Series) -> list[Codes]:
    """Codes of several columns in one vocabulary; null and '' are 0."""
    both = Coded.stacked([Coded.of(column) for column in columns])
    codes = both.codes.astype(np.int64) + 1
    codes[both.are("")] = 0
    return np.split(codes, np.cumsum([len(column) for column in columns])[:-1])


def _entity_names(entities: pd.DataFrame) -> pd.DataFrame:
    """One row a name: the present one of every entity ('' when it has none), then the former ones (、 or ; between)."""
    former = entities["former_name"].dropna().str.split(r"[;、,]").explode().str.strip()
    former = former[former.str.len() > 1]
    return pd.DataFrame(
        {
            "entity": np.concatenate([np.arange(len(entities)), former.index.to_numpy(dtype=np.int64)]),
            "text": np.concatenate([entities["entity_name"].to_numpy(dtype=object), former.to_numpy(dtype=object)]),
            "is_former": np.repeat([False, True], [len(entities), len(former)]),
        }
    )


def _province_of_area(area: str) -> str:
    return HAINAN if area.startswith("46") else ""

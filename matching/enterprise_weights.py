"""How much does each agreement say that an employer text means this registered entity? Weights in bits, with reasons.

A small Fellegi-Sunter table: log2 of how much more often the agreement is seen with the right entity than with another
one. The figures are priors set by hand; ambiguity is not in them but in the comparison of an entity with its rivals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Bits, Codes, Mask
from matching.comparisons.employer import EmployerValues
from matching.enterprise_words import SECTION_MASKS

#: A registration number carries a check digit: another's number is hardly ever written by chance.
NUMBER = 20.0
#: Number right but the name clearly another's: the number may have been copied from the row above.
NUMBER_OTHER_NAME = -8.0
#: The whole text is the registered name.
NAME_EQUAL = 14.0
#: One brand in some five hundred is the same by chance: owners choose from the same lucky words (鑫, 源, 兴, 隆).
BRAND_EQUAL = 9.0
#: Homophones are the commonest slip of an input method; some five times as many brands sound alike as are equal.
BRAND_READING = 6.5
#: One slip, or a brand written shorter or longer than registered. Another enterprise in the same trade is as likely,
#: so it takes a region that the text itself states to be sure.
BRAND_NEAR = 3.0
#: The text is the operator's own name (a household may have no name); namesakes are common in one county.
OPERATOR_IS_NAME = 8.0
#: Offices keep former names for some years; the present one is likelier.
FORMER_NAME = -1.0
#: The same words, the same kind of trade in other words (饭店, 酒家), another kind in the same section, quite another.
#: A register gives brand and trade together once: two firms of one brand differ in these words, so they weigh much.
TRADE_EQUAL, TRADE_SAME_KIND, TRADE_SAME_SECTION, TRADE_CONTRADICTS = 6.0, 3.0, -5.0, -8.0
#: A company is no household business of the same brand: clerks mix them up now and then, so it is for review at best.
FORM_AGREES, FORM_CONTRADICTS = 1.0, -10.0
#: A branch is another entity than its parent, but clerks leave 分公司 out: for review, never by itself certain.
UNIT_DIFFERS = -10.0
#: The region written in the text is right: one township of some seventeen. A wrong one rules the entity out (region
#: may be missing but not wrong).
COUNTY_STATED, TOWNSHIP_STATED = 1.0, 4.0
#: Where the person's record comes from, used when the text states no such region (it would count twice): weaker, for a
#: third of members live in one township and work in another.
RECORD_COUNTY, RECORD_COUNTY_ELSEWHERE = 1.0, -1.0
RECORD_TOWNSHIP, RECORD_TOWNSHIP_ELSEWHERE = 3.0, -1.5
#: The operator named with the text operates this entity.
OPERATOR_AGREES = 6.0
#: Nine of ten people are at work where business goes on.
CLOSED = -3.0

#: From 2 ** CERTAIN on, and MARGIN bits above all rivals together, the machine may say which entity is meant.
CERTAIN, MARGIN, POSSIBLE = 10.5, 2.0, 6.0

HOW = ("none", "near_brand", "operator", "brand", "former_name", "name", "number")


@dataclass(frozen=True)
class Sides:
    """Codes of both sides in one vocabulary per column; 0 is: not said. One item a text, a query, a name or an entity.

    text_head: the county that the brand may begin with. text_person: the brand, as the operator's name that it may be.
    name_entity: entity of each name; name e is the present name of entity e ('' when it has none), former names follow.
    """

    values: EmployerValues
    text_province: Codes
    text_county: Codes
    text_head: Codes
    text_township: Codes
    text_person: Codes
    query_text: Codes
    query_number: Codes
    query_county: Codes
    query_township: Codes
    query_operator: Codes
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
    is_household: Mask
    is_closed: Mask


def score(sides: Sides, query: Codes, name: Codes) -> tuple[Bits, Codes]:
    """Weight in bits and position in HOW of each pair of a query and a name; -inf where a stated region is wrong."""
    entity = sides.name_entity[name]
    left, right = sides.query_text[query], sides.name_text[name]
    weight, how = _name_weight(sides, query, name)
    number = sides.query_number[query]
    is_number = (number > 0) & ((number == sides.entity_uscc[entity]) | (number == sides.entity_reg_no[entity]))
    both_named = (sides.values.brand[left] > 0) & (sides.values.brand[right] > 0)
    weight = np.where(is_number & (how == 0) & both_named, NUMBER_OTHER_NAME, weight)
    weight = weight + is_number * NUMBER + _unit_weight(sides, query, name) * (how > 0)
    weight += _region_weight(sides, query, name, is_number) + _context_weight(sides, query, entity)
    return weight, np.where(is_number, HOW.index("number"), how)


def _name_weight(sides: Sides, query: Codes, name: Codes) -> tuple[Bits, Codes]:
    """What the words of the name say, and by which of HOW they say it."""
    values, left, right = sides.values, sides.query_text[query], sides.name_text[name]
    weight, how = np.zeros(len(query)), np.zeros(len(query), dtype=np.int64)
    is_brand = (values.brand[left] == values.brand[right]) & (values.brand_length[left] > 1)
    is_equal = (values.core[left] == values.core[right]) & (values.core[left] > 0)
    person = sides.text_person[left]
    is_operator = (person > 0) & (person == sides.entity_operator[sides.name_entity[name]])
    is_operator &= sides.is_household[sides.name_entity[name]]
    rest = np.flatnonzero(~is_brand & ~is_equal & ~is_operator)
    near = rest[values.is_near(left[rest], right[rest])]
    is_reading = values.reading[left[near]] == values.reading[right[near]]
    weight[near] = np.where(is_reading, BRAND_READING, BRAND_NEAR)
    how[near] = HOW.index("near_brand")
    for agrees, bits, word in (
        (is_operator, OPERATOR_IS_NAME, "operator"),
        (is_brand, BRAND_EQUAL, "brand"),
        (is_equal, NAME_EQUAL, "name"),
    ):
        weight[agrees], how[agrees] = bits, HOW.index(word)
    former = sides.is_former[name] & (how > HOW.index("operator"))
    weight[former] += FORMER_NAME
    how[former] = HOW.index("former_name")
    return weight, how


def _unit_weight(sides: Sides, query: Codes, name: Codes) -> Bits:
    """Trade, legal form and branch: what kind of unit the two names speak of."""
    values, left, right = sides.values, sides.query_text[query], sides.name_text[name]
    form_l, form_r = values.form[left], sides.name_form[name]
    both_forms = (form_l > 0) & (form_r > 0)
    weight = _trade_weight(values, left, right)
    weight += np.where(both_forms, np.where(form_l == form_r, FORM_AGREES, FORM_CONTRADICTS), 0.0)
    return np.asarray(weight + (values.branch[left] != values.branch[right]) * UNIT_DIFFERS)


def _trade_weight(values: EmployerValues, left: Codes, right: Codes) -> Bits:
    kinds_l, kinds_r = values.industry[left], values.industry[right]
    is_same_section = np.zeros(len(left), dtype=bool)
    for mask in SECTION_MASKS:
        is_same_section |= (kinds_l & mask != 0) & (kinds_r & mask != 0)
    is_equal = (values.trade[left] == values.trade[right]) & (values.trade[left] > 0)
    return np.select(
        [is_equal, (kinds_l == 0) | (kinds_r == 0), kinds_l & kinds_r != 0, is_same_section],
        [TRADE_EQUAL, 0.0, TRADE_SAME_KIND, TRADE_SAME_SECTION],
        TRADE_CONTRADICTS,
    )


def _region_weight(sides: Sides, query: Codes, name: Codes, is_number: Mask) -> Bits:
    """The region that the text states, against the name's and the register's; wrong rules out all but a number."""
    left, right = sides.query_text[query], sides.name_text[name]
    entity = sides.name_entity[name]
    weight = np.zeros(len(query))
    is_wrong = np.zeros(len(query), dtype=bool)
    for codes, of_entity, bits in (
        (sides.text_province, sides.entity_province, 0.0),
        (sides.text_county, sides.entity_county, COUNTY_STATED),
        (sides.text_township, sides.entity_township, TOWNSHIP_STATED),
    ):
        stated, named, registered = codes[left], codes[right], of_entity[entity]
        agrees = (stated > 0) & ((stated == named) | (stated == registered))
        is_wrong |= (stated > 0) & ~agrees & ((named > 0) | (registered > 0))
        weight += agrees * bits
    head, named, registered = sides.text_head[left], sides.text_county[right], sides.entity_county[entity]
    is_elsewhere = (head > 0) & (named + registered > 0) & (head != named) & (head != registered)
    is_wrong |= is_elsewhere & sides.values.is_head_meant(left, right)
    return np.where(is_wrong & ~is_number, -np.inf, weight)


def _context_weight(sides: Sides, query: Codes, entity: Codes) -> Bits:
    """What the rest of the person's record and the register's status say."""
    weight = sides.is_closed[entity] * CLOSED
    text = sides.query_text[query]
    for stated, asked, registered, bits, elsewhere in (
        (sides.text_county[text], sides.query_county, sides.entity_county, RECORD_COUNTY, RECORD_COUNTY_ELSEWHERE),
        (
            sides.text_township[text],
            sides.query_township,
            sides.entity_township,
            RECORD_TOWNSHIP,
            RECORD_TOWNSHIP_ELSEWHERE,
        ),
        (0, sides.query_operator, sides.entity_operator, OPERATOR_AGREES, 0.0),
    ):
        both = (asked[query] > 0) & (registered[entity] > 0) & (stated == 0)
        weight = weight + np.where(both, np.where(asked[query] == registered[entity], bits, elsewhere), 0.0)
    return np.asarray(weight)

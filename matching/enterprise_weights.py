"""How much does each agreement say that an employer text means this registered entity? Weights in bits, with reasons.

A small Fellegi-Sunter table: log2 of how much more often the agreement is seen with the right entity than with another
one. The figures are priors set by hand; ambiguity is not in them but in the comparison of an entity with its rivals.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import Bits, Codes, Mask
from matching.enterprise_sides import Sides
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
#: so it takes the very words of the trade and the place, or a region that the text states, to be sure.
BRAND_NEAR = 3.0
#: The text is the operator's own name (a household may have no name); namesakes are common in one county.
OPERATOR_IS_NAME = 8.0
#: Offices keep former names for some years; the present one is likelier.
FORMER_NAME = -1.0
#: The same words, one written shorter (门窗, 铝合金门窗), the same kind of trade in other words (饭店, 酒家), another
#: kind in the same section, quite another. A register gives brand and trade together once: two firms of one brand
#: differ in these words, so they weigh much, more than where a person is registered.
TRADE_EQUAL, TRADE_SHORTER, TRADE_SAME_KIND, TRADE_SAME_SECTION, TRADE_CONTRADICTS = 7.0, 2.0, 2.0, -5.0, -8.0
#: Who has several firms calls them alike and keeps to one kind of trade (清鑫快递, 清鑫物流): of an equal brand, other
#: words of the kind are as often another firm as another wording.
TRADE_OF_BRAND = 0.0
#: A company is no household business of the same brand: clerks mix them up now and then, so it is for review at best.
FORM_AGREES, FORM_CONTRADICTS = 1.0, -11.0
#: A branch is another entity than its parent, but clerks leave 分公司 out: for review, never by itself certain.
UNIT_DIFFERS = -11.0
#: The region written in the text is right: one township of some seventeen. A wrong one rules the entity out (region
#: may be missing but not wrong).
COUNTY_STATED, TOWNSHIP_STATED = 1.0, 4.0
#: Where the person's record comes from, used when the text states no such region (it would count twice): weaker, for a
#: third of members live in one township and work in another. In the county's seat, where many firms are, it says less.
RECORD_COUNTY, RECORD_COUNTY_ELSEWHERE = 1.0, -1.0
RECORD_TOWNSHIP, RECORD_TOWNSHIP_ELSEWHERE = 3.0, -1.5
LIVES_WHERE_EMPLOYED = 2 / 3
#: Where the record says that the person went: the workplace is there, not where the person is registered.
GONE_COUNTY, GONE_COUNTY_ELSEWHERE = 1.0, -6.0
GONE_TOWNSHIP, GONE_TOWNSHIP_ELSEWHERE = 4.0, -3.0
#: The register lists the person at this entity: what the text then names is hardly another one.
REGISTERED_THERE = 10.0
#: The operator named with the text operates this entity.
OPERATOR_AGREES = 6.0
#: Nine of ten people are at work where business goes on.
CLOSED = -3.0

#: From 2 ** CERTAIN on, and MARGIN bits above all rivals together, the machine may say which entity is meant.
CERTAIN, MARGIN, POSSIBLE = 10.5, 2.0, 6.0

HOW = ("none", "near_brand", "operator", "brand", "former_name", "name", "number")


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
    weight = _trade_weight(sides, left, right)
    weight += np.where(both_forms, np.where(form_l == form_r, FORM_AGREES, FORM_CONTRADICTS), 0.0)
    return np.asarray(weight + (values.branch[left] != values.branch[right]) * UNIT_DIFFERS)


def _trade_weight(sides: Sides, left: Codes, right: Codes) -> Bits:
    values = sides.values
    kinds_l, kinds_r = values.industry[left], values.industry[right]
    is_same_section = np.zeros(len(left), dtype=bool)
    for mask in SECTION_MASKS:
        is_same_section |= (kinds_l & mask != 0) & (kinds_r & mask != 0)
    is_equal = (values.trade[left] == values.trade[right]) & (values.trade[left] > 0)
    is_same_kind = kinds_l & kinds_r != 0
    is_shorter = np.zeros(len(left), dtype=bool)
    open_pairs = np.flatnonzero(is_same_kind & ~is_equal)
    is_shorter[open_pairs] = [
        min(words, key=len) in max(words, key=len)
        for words in zip(sides.text_trade[left[open_pairs]], sides.text_trade[right[open_pairs]], strict=True)
    ]
    same_kind = np.where(values.brand[left] == values.brand[right], TRADE_OF_BRAND, TRADE_SAME_KIND)
    return np.select(
        [is_equal, is_shorter, (kinds_l == 0) | (kinds_r == 0), is_same_kind, is_same_section],
        [TRADE_EQUAL, TRADE_SHORTER, 0.0, same_kind, TRADE_SAME_SECTION],
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
    """What the rest of the person's record and the register say."""
    text, is_gone = sides.query_text[query], sides.is_gone[query]
    listed = np.isin(query * len(sides.is_closed) + entity, sides.query_entities)
    weight = sides.is_closed[entity] * CLOSED + listed * REGISTERED_THERE
    lives_there = np.clip(np.log2(LIVES_WHERE_EMPLOYED / sides.township_share[entity]), 0.0, RECORD_TOWNSHIP)
    for stated, asked, registered, bits, elsewhere in (
        (
            sides.text_county[text],
            sides.query_county,
            sides.entity_county,
            np.where(is_gone, GONE_COUNTY, RECORD_COUNTY),
            np.where(is_gone, GONE_COUNTY_ELSEWHERE, RECORD_COUNTY_ELSEWHERE),
        ),
        (
            sides.text_township[text],
            sides.query_township,
            sides.entity_township,
            np.where(is_gone, GONE_TOWNSHIP, lives_there),
            np.where(is_gone, GONE_TOWNSHIP_ELSEWHERE, RECORD_TOWNSHIP_ELSEWHERE),
        ),
        (0, sides.query_operator, sides.entity_operator, OPERATOR_AGREES, 0.0),
    ):
        both = (asked[query] > 0) & (registered[entity] > 0) & (stated == 0)
        weight = weight + np.where(both, np.where(asked[query] == registered[entity], bits, elsewhere), 0.0)
    return np.asarray(weight)

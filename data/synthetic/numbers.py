"""Numbers that pass every check and belong to nobody: identity numbers, registration numbers, credit codes, mobiles.

Area codes are of the form 4699xx and mobile prefixes are 142, 143 and 154: never assigned (domain rules §7, P17).
The check digits are the vectorised twins of data.values.identifiers and are tested against it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Objects = npt.NDArray[np.object_]

_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_ID_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8).astype(np.uint32)
_CREDIT_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8).astype(np.uint32)
_CREDIT_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_ORG_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_ORG_CHECKS = np.frombuffer(b"0123456789X", dtype=np.uint8).astype(np.uint32)
#: Most persons of one sex born on one day under one area code: 996-999 are kept for centenarians.
MAX_SEQUENCE = 497
_ZERO = ord("0")
_PREFIXES = np.array([142, 143, 154])
_PER_PREFIX = 100_000_000
_MOBILE_START, _MOBILE_STEP = 186_427_319, 179_424_673  # a prime step: a bijection on the 3 * 10^8 numbers


def synthetic_area(area: str) -> int:
    """The never-assigned code that stands for a real county: 469905 for 469005, 469951 for 460100."""
    prefecture, county = int(area[2:4]), int(area[4:])
    return 469900 + (county if prefecture == 90 else 50 + prefecture)


def incomer_area(area: str) -> int:
    """A second never-assigned code of the same county, for people first registered elsewhere."""
    return synthetic_area(area) + 40


def digits(values: Ints, width: int) -> Ints:
    """Decimal digits of non-negative integers, most significant first, shape (n, width)."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return values[:, None] // powers % 10


def texts(codes: Codes) -> Objects:
    """Rows of code points, padded with zeros on the right, as text, shape (n,)."""
    whole = np.ascontiguousarray(codes, dtype=np.uint32)
    return whole.view(f"<U{whole.shape[1]}").ravel().astype(object)


def identity_numbers(area: Ints, birth_ymd: Ints, sequence: Ints) -> Codes:
    """18 code points per person from area (6 digits), birth (yyyymmdd) and sequence (1-999)."""
    first = digits(area * 10**11 + birth_ymd * 1000 + sequence, 17)
    check = _ID_CHECKS[(first @ _ID_WEIGHTS) % 11]
    return np.column_stack([(first + _ZERO).astype(np.uint32), check])


def registration_numbers(area: int, order: Ints, leading: int) -> Objects:
    """15-digit registration numbers: registrar, `leading` digit (0 enterprise, 6 household), order, check digit."""
    first = digits(area * 10**8 + leading * 10**7 + order, 14)
    product = np.full(len(order), 10)
    for place in range(14):
        total = (product + first[:, place]) % 10
        product = np.where(total == 0, 10, total) * 2 % 11
    check = (11 - product) % 10
    return texts((np.column_stack([first, check]) + _ZERO).astype(np.uint32))


def credit_codes(area: int, order: Ints, category: str = "91") -> Objects:
    """18-character credit codes of enterprises: both the inner organisation code and the whole pass their checks."""
    n = len(order)
    body = np.column_stack([np.full(n, ord("M")), np.full(n, ord("A")), digits(order, 6) + _ZERO])
    values = np.where(body >= ord("A"), body - ord("A") + 10, body - _ZERO)
    organisation = _ORG_CHECKS[(11 - (values @ _ORG_WEIGHTS) % 11) % 11]
    head = np.tile(np.array([ord(c) for c in f"{category}{area}"]), (n, 1))
    first = np.column_stack([head, body, organisation]).astype(np.uint32)
    rank = np.zeros(128, dtype=np.int64)
    rank[_CREDIT_ALPHABET] = np.arange(31)
    check = _CREDIT_ALPHABET[(31 - (rank[first] @ _CREDIT_WEIGHTS) % 31) % 31]
    return texts(np.column_stack([first, check]))


def mobile_numbers(order: Ints) -> Objects:
    """Distinct 11-digit mobile numbers for distinct `order` below 3 * 10^8."""
    scrambled = ((order % (3 * _PER_PREFIX)) * _MOBILE_STEP + _MOBILE_START) % (3 * _PER_PREFIX)
    whole = _PREFIXES[scrambled // _PER_PREFIX] * _PER_PREFIX + scrambled % _PER_PREFIX
    return texts((digits(whole, 11) + _ZERO).astype(np.uint32))

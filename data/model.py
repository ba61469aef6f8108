"""The words of the project as enumerations, standard library only.

Every folder may import this file; docs/glossary.md explains each word.
"""

from __future__ import annotations

from enum import StrEnum


class FeedKind(StrEnum):
    """What a source delivers. The value is the `kind` in `sources.toml`."""

    ENTERPRISE_REGISTRATION = "enterprise_registration"
    ENTERPRISE_PERSONS = "enterprise_persons"
    ANNUAL_REPORTS = "annual_reports"
    ORGANIZATIONS = "organizations"
    MEMBER_ROSTER = "member_roster"
    TRANSFERS = "transfers"
    ORG_LIFE = "org_life"
    CONTACT_LOG = "contact_log"
    LEADS = "leads"
    STATUS_EVENTS = "status_events"
    CLAIMS = "claims"


#: Feeds whose rows assert that somebody is a member. Everything else is matched against them (guard-rail 1).
MEMBER_SIDE = (FeedKind.MEMBER_ROSTER, FeedKind.CLAIMS)

#: Feeds whose rows are records of one person each; the others are events or entities.
PERSON_SIDE = (*MEMBER_SIDE, FeedKind.ENTERPRISE_PERSONS)


class Judgement(StrEnum):
    """An analyst's answer about a candidate pair; no row means no judgement."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


#: What matching is told of a judgement whose record was edited since in what it rests on: it is asked again. The former
#: yes no longer joins the two by itself, the former no still keeps them apart until somebody answers.
REOPENED_POSITIVE = "reopened_positive"
REOPENED_NEGATIVE = "reopened_negative"


class MatchGrade(StrEnum):
    """What the weight and the judgements say of a candidate pair."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    CERTAINLY_NOT = "certainly_not"


class PrimaryClass(StrEnum):
    """The one class of a member, in order of precedence (domain rule: lost before pocket before floating ...)."""

    LOST = "lost"
    POCKET = "pocket"
    FLOATING = "floating"
    HIDDEN = "hidden"
    NORMAL = "normal"
    UNKNOWN = "unknown"


#: Chinese words of the classes, as reports print them.
CLASS_TITLES = {
    PrimaryClass.LOST: "失联党员",
    PrimaryClass.POCKET: "口袋党员",
    PrimaryClass.FLOATING: "流动党员",
    PrimaryClass.HIDDEN: "隐形党员",
    PrimaryClass.NORMAL: "正常过组织生活",
    PrimaryClass.UNKNOWN: "情况不明",
}


#: Why the clusters left out a pair that is certain by itself: code -> words.
CONFLICT_REASONS = {
    "negative_judgement": (
        "复核人员认定其中两条记录不是同一人",
        "an analyst judged two of the records to be two people",
    ),
    "different_numbers": (
        "连起来会有两个各自有效而不同的身份证号",
        "together they would have two valid, different numbers",
    ),
    "same_source": (
        "连起来同一来源会有两行，而该来源一人一行",
        "together they would be two rows of a source with one a person",
    ),
    "evidence_against": ("连起来的记录之间另有强反证", "strong evidence speaks against two of the records together"),
    "tie": ("另一条记录同样相符而与它矛盾，分不出高下", "a rival record fits about as well and contradicts this one"),
    "chain": ("许多记录连成长链，在弱处断开", "a long chain of records, cut where it was weakest"),
    "judged_numbers": (
        "复核人员的几条判定连起来，把两个各自有效而不同的身份证号归为一人",
        "judgements taken together make one person of two valid, different numbers",
    ),
}


class Population(StrEnum):
    """Where a member works, as the report counts: the three populations of 小个专, or elsewhere."""

    SMALL_ENTERPRISE = "small_enterprise"
    HOUSEHOLD_BUSINESS = "household_business"
    MARKET = "market"
    ELSEWHERE = "elsewhere"


POPULATION_TITLES = {
    Population.SMALL_ENTERPRISE: "小微企业",
    Population.HOUSEHOLD_BUSINESS: "个体工商户",
    Population.MARKET: "专业市场",
    Population.ELSEWHERE: "其他",
}


class EvidenceGrade(StrEnum):
    """A proves alone, B needs a second independent item, C is an indication only."""

    A = "A"
    B = "B"
    C = "C"


class Verdict(StrEnum):
    """What the Longlou check says of a claim."""

    CONFIRMED = "confirmed"
    FALSE = "false"
    REVIEW = "review"


class IdStatus(StrEnum):
    """What a citizen identity number's own digits say (GB 11643-1999); a failing one is evidence, not a verdict."""

    VALID = "valid"
    MISSING = "missing"
    LENGTH = "length"
    CHARSET = "charset"
    CHECKSUM = "checksum"
    DATE = "date"
    FUTURE = "future"
    MASKED = "masked"
    PRECISION_LOSS = "precision_loss"


class EntityStatus(StrEnum):
    """Registration status; unknown text is UNKNOWN, never abnormal."""

    ACTIVE = "active"
    REVOKED = "revoked"
    REVOKED_CANCELLED = "revoked_cancelled"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    MOVED_OUT = "moved_out"
    OTHER = "other"
    UNKNOWN = "unknown"


class StatusEvent(StrEnum):
    """Decisions and documents that begin, end, suspend or restore a membership."""

    ADMITTED = "admitted"
    CONVERTED = "converted"
    PROBATION_EXTENDED = "probation_extended"
    READMITTED = "readmitted"
    IRREGULAR_ADMISSION = "irregular_admission"
    DECEASED = "deceased"
    EXPELLED = "expelled"
    REMOVED = "removed"
    PROBATION_CANCELLED = "probation_cancelled"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    TRANSFERRED_OUT = "transferred_out"
    NEVER_ADMITTED = "never_admitted"


class QueueKind(StrEnum):
    """What an analyst is asked."""

    MATCH = "match"
    FALSE_ENTRY = "false_entry"
    CONFLICT = "conflict"
    CLUSTER = "cluster"
    CLASSIFICATION = "classification"
    FORMATION = "formation"


class QueueState(StrEnum):
    """Where a queue item stands."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class RunState(StrEnum):
    """Where a run stands. Held: its checks found something that a named person has to look at first."""

    STARTED = "started"
    PUBLISHED = "published"
    HELD = "held"
    FAILED = "failed"
    DISCARDED = "discarded"
    ROLLED_BACK = "rolled_back"

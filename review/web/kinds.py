"""What the desk calls each kind of question, each field and each answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.model import Judgement, QueueKind
from review.choices import Answer
from review.web.words import gettext as _

KIND_WORDS: Mapping[QueueKind, Callable[[], str]] = {
    QueueKind.MATCH: lambda: _("Who is this?"),
    QueueKind.CONFLICT: lambda: _("Contradiction"),
    QueueKind.CLUSTER: lambda: _("One person or two?"),
    QueueKind.FALSE_ENTRY: lambda: _("False entry?"),
    QueueKind.CLASSIFICATION: lambda: _("Does the class hold?"),
    QueueKind.FORMATION: lambda: _("Form an organisation?"),
}

#: The values of a record in the order they are read, with their words.
FIELD_WORDS: Mapping[str, Callable[[], str]] = {
    "name": lambda: _("Name"),
    "id": lambda: _("Identity number"),
    "birth": lambda: _("Birth"),
    "mobile": lambda: _("Mobile"),
    "employer": lambda: _("Employer"),
    "township": lambda: _("Township"),
}

ANSWER_WORDS: Mapping[Answer, Callable[[], str]] = {
    Answer.CANDIDATE: lambda: _("The same person"),
    Answer.NONE: lambda: _("None of them"),
    Answer.FOUND: lambda: _("Found by search"),
    Answer.UNSURE: lambda: _("Unsure"),
    Answer.UPHOLD: lambda: _("Uphold"),
    Answer.DISMISS: lambda: _("Dismiss"),
}

#: The same answers to a cluster: its two sides are one person, or two.
CLUSTER_WORDS: Mapping[Answer, Callable[[], str]] = {
    **ANSWER_WORDS,
    Answer.CANDIDATE: lambda: _("Keep as one person"),
    Answer.NONE: lambda: _("Split here: two people"),
}

#: What an earlier answer about a pair said.
JUDGEMENT_WORDS: Mapping[Judgement, Callable[[], str]] = {
    Judgement.POSITIVE: lambda: _("the same person"),
    Judgement.NEGATIVE: lambda: _("two people"),
    Judgement.UNSURE: lambda: _("Unsure"),
}

#: How records went from one person to another, or a person came and went.
LINEAGE_WORDS: Mapping[str, Callable[[], str]] = {
    "split": lambda: _("split off"),
    "merged": lambda: _("merged"),
    "moved": lambda: _("records moved"),
    "retired": lambda: _("gone"),
    "revived": lambda: _("there again"),
}

#: Why somebody is not sure: one choice instead of a text to write.
UNSURE_REASONS: Mapping[str, Callable[[], str]] = {
    "namesakes": lambda: _("Namesakes"),
    "twins": lambda: _("Twins or relatives"),
    "no_number": lambda: _("Identity number missing"),
    "call": lambda: _("Has to be called"),
    "expert": lambda: _("For an expert"),
}

#: Why something is upheld or dismissed, for the same purpose; any other reason may be written.
DECISION_REASONS: Mapping[Answer, Mapping[str, Callable[[], str]]] = {
    Answer.UNSURE: UNSURE_REASONS,
    Answer.UPHOLD: {
        "documents": lambda: _("Documents checked"),
        "organisation": lambda: _("Confirmed by the organisation department"),
        "branch": lambda: _("Confirmed by the branch"),
        "person": lambda: _("Confirmed by the person"),
    },
    Answer.DISMISS: {
        "documents": lambda: _("Documents say otherwise"),
        "mixed_up": lambda: _("Another person is meant"),
        "outdated": lambda: _("Settled in the meantime"),
        "source": lambda: _("The source is wrong"),
    },
}

#: Why a masked number is looked at.
REVEAL_REASONS: Mapping[str, Callable[[], str]] = {
    "compare": lambda: _("Compare with a document"),
    "call": lambda: _("Call the person"),
    "typing": lambda: _("Look for a typing slip"),
}

#: The shown field of a number -> the field under which it is kept encrypted.
SEALED_FIELDS: Mapping[str, str] = {"id": "id_no", "mobile": "mobile"}

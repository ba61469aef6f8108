"""Which part of the queue is somebody working on? The filter of the page, as query text and as the store's filter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from data.model import QueueKind, QueueState
from data.store.clock import utc_now
from data.store.queue import QueueFilter
from data.store.scope import Scope

#: The oldest question that a filter by age means.
_MOST_DAYS = 3650


class Filters(BaseModel):
    """As it stands in the address; empty means any. days: asked for at least so long."""

    model_config = ConfigDict(frozen=True)

    kind: QueueKind | None = None
    area: Annotated[str, Field(max_length=20)] = ""
    township: Annotated[str, Field(max_length=100)] = ""
    branch: Annotated[str, Field(max_length=200)] = ""
    reason: Annotated[str, Field(max_length=200)] = ""
    days: Annotated[int, Field(ge=0, le=_MOST_DAYS)] = 0
    stage: Literal["", "second", "adjudication"] = ""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: object) -> object:
        """A form sends its empty fields too."""
        if not isinstance(values, Mapping):
            return values
        return {name: value for name, value in values.items() if value != ""}

    def as_query(self) -> str:
        """The text behind the question mark; '' when nothing is filtered."""
        values = self.model_dump(mode="json", exclude={"at"})
        return urlencode({name: value for name, value in values.items() if value})

    def for_store(self, scope: Scope, state: QueueState | None = QueueState.OPEN) -> QueueFilter:
        """The store's filter, inside what the person may see."""
        return QueueFilter(
            state=state,
            kind=self.kind,
            area=self.area or None,
            township=self.township or None,
            scope=scope,
            reason=self.reason or None,
            branch=self.branch or None,
            asked_before=utc_now() - timedelta(days=self.days) if self.days else None,
            stage=self.stage or None,
        )


class Place(Filters):
    """A page of the filtered queue: the number of its first item, from 0."""

    at: Annotated[int, Field(ge=0, le=10**6)] = 0


def parse_query(text: str) -> Filters:
    """Filters of a hidden field; what is not understood filters nothing."""
    known = {name: value for name, value in parse_qsl(text) if name in Filters.model_fields}
    try:
        return Filters.model_validate(known)
    except ValueError:
        return Filters()


FiltersHere = Annotated[Filters, Query()]
PlaceHere = Annotated[Place, Query()]

"""How is a source pulled that is no file? The tables `sql` and `http` of a source; secrets are named, never written.

Every secret is the name of an environment variable: `sources.toml` is copied, mailed and kept under version control.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import BeforeValidator, Field, field_validator, model_validator

from data.sources.manifest import Strict, Words
from data.words import tr

Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Paging = Literal["none", "page", "offset", "cursor", "link"]
_SECRET_NAME = re.compile(r"pass|pwd|secret|token|sign|credential|auth|(?:^|[_-])key$|apikey|appkey", re.IGNORECASE)


def as_tuple(value: object) -> object:
    """A single word stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def refuse_secret(url: str) -> str:
    """The URL, unless it holds a password or a token. Raises ValueError that says where secrets belong."""
    try:
        parts = urlsplit(url)
        is_secret = bool(parts.password) or any(_SECRET_NAME.search(name) for name, _ in parse_qsl(parts.query))
    except ValueError:
        raise ValueError(tr("不是有效的地址", "is no valid address")) from None
    if is_secret:
        raise ValueError(
            tr(
                "地址里不得写密码或口令：此文件会被复制和留存。请放入环境变量，用 …_env 写变量名",
                "no password or token in an address: this file is copied and kept; put it into an environment "
                "variable and name that with …_env",
            )
        )
    return url


class Deleted(Strict):
    """Which rows are gone at the source: `column` has `value`, or is filled at all where no value is given."""

    column: Words
    value: str | int | bool | None = None


class _Pull(Strict):
    """What pulls have in common.

    url or url_env: one of them. key: columns that tell records apart, for merging, resuming and a stable order.
    deleted: how the source marks rows that are gone. full_every_days: a pull by watermark never sees rows that vanish,
    so the whole is pulled anew so often. overlap_seconds: how far before the watermark a pull looks back, for changes
    that were under way while the last one ran. timeout_seconds: longest wait for an answer.
    """

    url: Annotated[str, Field(min_length=1)] | None = None
    url_env: Variable | None = None
    key: Annotated[tuple[Words, ...], BeforeValidator(as_tuple)] = ()
    deleted: Deleted | None = None
    full_every_days: int = Field(default=7, ge=1, le=366)
    overlap_seconds: int = Field(default=300, ge=0, le=86_400)
    connect_timeout_seconds: Seconds = 10
    timeout_seconds: Seconds = 120

    @field_validator("url")
    @classmethod
    def _without_secret(cls, url: str | None) -> str | None:
        return None if url is None else refuse_secret(url)

    @property
    def has_watermark(self) -> bool:
        """Whether only changed rows are pulled after the first time."""
        return getattr(self, "watermark", None) is not None

    @model_validator(mode="after")
    def _whole(self) -> _Pull:
        if (self.url is None) == (self.url_env is None):
            raise ValueError(tr("url 和 url_env 必须且只能写一个", "exactly one of url and url_env is needed"))
        if self.has_watermark and not self.key:
            raise ValueError(
                tr(
                    "有 watermark 就必须写 key，否则改动过的行无法并入",
                    "watermark needs key: changed rows could not be merged",
                )
            )
        for name in ("full_every_days", "overlap_seconds", "deleted"):
            if name in self.model_fields_set and not self.has_watermark:
                raise ValueError(tr(f"{name} 只与 watermark 一起用", f"{name} belongs to watermark only"))
        return self


class SqlPull(_Pull):
    """A query, or a table with a condition, at any SQLAlchemy URL.

    watermark: a column that grows with every change. chunk_rows: rows fetched and kept at a time.
    """

    query: Words | None = None
    table: Words | None = None
    where: Words | None = None
    watermark: Words | None = None
    chunk_rows: int = Field(default=20_000, ge=1, le=1_000_000)

    @model_validator(mode="after")
    def _one_question(self) -> SqlPull:
        if (self.query is None) == (self.table is None):
            raise ValueError(tr("query 和 table 必须且只能写一个", "exactly one of query and table is needed"))
        if self.where is not None and self.table is None:
            raise ValueError(tr("where 只与 table 一起用", "where belongs to table only"))
        return self


class HttpWatermark(Strict):
    """param: the query parameter that asks for changes since; field: path of the time of change in a record."""

    param: Words
    field: Words


class HttpPull(_Pull):
    """A JSON endpoint, page by page. Paths name keys with dots between them; figures count places in lists.

    token_env, headers_env: bearer token and headers by environment variables. params: fixed query parameters.
    records: path of the list inside a page; without it the page is the list. total: path of the number of records.
    paging: page (number), offset (of the first record), cursor (path `next`, sent as a parameter), link (header Link
    of RFC 8288, or path `next`). param, size_param: names of the parameters; page_size: 0 leaves it to the server.
    """

    token_env: Variable | None = None
    headers_env: dict[Words, Variable] = Field(default={})
    params: dict[Words, str] = Field(default={})
    records: Words | None = None
    total: Words | None = None
    paging: Paging = "none"
    param: Words | None = None
    size_param: Words | None = None
    page_size: int = Field(default=0, ge=0, le=100_000)
    first_page: int = Field(default=1, ge=0, le=1)
    next: Words | None = None
    max_pages: int = Field(default=10_000, ge=1)
    max_mb: int = Field(default=2048, ge=1)
    watermark: HttpWatermark | None = None

    @property
    def place_param(self) -> str:
        """The parameter that says which page is wanted."""
        return self.param or self.paging

    @field_validator("params")
    @classmethod
    def _no_secrets(cls, params: dict[str, str]) -> dict[str, str]:
        if any(_SECRET_NAME.search(name) for name in params):
            raise ValueError(
                tr(
                    "口令不得写在这里，请用 token_env 或 headers_env 写环境变量名",
                    "no secrets here: name an environment variable with token_env or headers_env",
                )
            )
        return params

    @field_validator("url")
    @classmethod
    def _is_http(cls, url: str | None) -> str | None:
        if url is not None and not url.lower().startswith(("http://", "https://")):
            raise ValueError(tr("须以 http:// 或 https:// 开头", "has to begin with http:// or https://"))
        return url

    @model_validator(mode="after")
    def _paged(self) -> HttpPull:
        if self.paging == "cursor" and self.next is None:
            raise ValueError(tr("paging = cursor 需要 next（游标的路径）", "paging = cursor needs next, its path"))
        if self.next is not None and self.paging not in ("cursor", "link"):
            raise ValueError(tr("next 只用于 cursor 和 link", "next belongs to cursor and link only"))
        if self.param is not None and self.paging not in ("page", "offset", "cursor"):
            raise ValueError(tr("param 只用于 page、offset 和 cursor", "param belongs to page, offset and cursor only"))
        if "first_page" in self.model_fields_set and self.paging != "page":
            raise ValueError(tr("first_page 只用于 page", "first_page belongs to page only"))
        if (self.size_param is None) != (self.page_size == 0):
            raise ValueError(tr("size_param 与 page_size 须一起写", "size_param and page_size belong together"))
        return self


def as_json(pull: Strict) -> dict[str, Any]:
    """The declaration as JSON values, for digests; it holds no secret."""
    return pull.model_dump(mode="json")

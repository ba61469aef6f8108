from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.link.cleaning import KEPT, clean
from matching.link.spec import LinkColumn
from matching.link.steps import USUAL_STEPS, apply_steps

TEXT = st.text("aZ09 -.无张é\u3000٣Ａ", min_size=1, max_size=6) | st.sampled_from(["NA", "na", "n/a", "—", "a b", "王"])


def column(steps: tuple[str, ...], null: tuple[str, ...] = ()) -> LinkColumn:
    return LinkColumn(name="x", left=(), right=(), parts=(), steps=steps, null=null)


@given(texts=st.lists(TEXT, unique=True, max_size=12), steps=st.lists(st.sampled_from(sorted(KEPT)), max_size=4))
@settings(max_examples=50, deadline=None)
def test_what_is_told_at_once_is_what_the_steps_would_make(texts: list[str], steps: list[str]) -> None:
    found = clean(pa.array(texts, pa.large_string()), column(tuple(steps)))
    assert found.to_pylist() == [apply_steps(text, tuple(steps)) for text in texts]


@pytest.mark.parametrize("step", sorted(KEPT))
def test_no_step_changes_the_characters_that_it_keeps(step: str) -> None:
    for characters in KEPT[step] - {" "}:
        ends = ("一", "龥") if "4e00" in characters else (characters[0], characters[-1])
        text = "x".join(ends).replace("x", "") * 3
        assert apply_steps(text, (step,)) == text or text.strip("-") == ""


def test_texts_that_mean_nothing_here_are_nothing() -> None:
    found = clean(pa.array(["bob", "ann", "null"], pa.large_string()), column(USUAL_STEPS, ("bob",)))
    assert found.to_pylist() == [None, "ann", None]

"""A cluster on the card: who stands on which side, what was answered before, and what keeping or splitting says."""

from __future__ import annotations

import re

import pytest

from data.model import Judgement
from data.store.judged import live_about
from data.store.session import Store
from data.store.users import Role
from tests.data.store.builders import AREA
from tests.review.web.cards import ask, cluster
from tests.review.web.conftest import Enter


def test_the_card_tells_both_sides_and_the_answer_before(store: Store, enter: Enter) -> None:
    ask(store, [cluster("k")])
    browser = enter(Role.ANALYST)
    page = browser.get(browser.post(f"/{AREA}/queue/next").headers["location"]).text
    assert "一人还是两人？" in page
    assert re.search(r'rowspan="2">与待判记录一边<div class="key">3 条记录', page)
    assert "没有其他记录" in page
    assert "保留为一人</button>" in page
    assert "从此处拆开：两人</button>" in page
    # The word stands at the candidate, and at each value that was edited since.
    assert re.search(r"曾判：同一人</span> 王复核 2016-06-01", page)
    assert page.count("此后已改") == 2
    assert "查找候选以外" not in page


@pytest.mark.parametrize(("choice", "said"), [("k-2", Judgement.POSITIVE), ("none", Judgement.NEGATIVE)])
def test_keeping_and_splitting_judge_the_link_alone(store: Store, enter: Enter, choice: str, said: Judgement) -> None:
    ask(store, [cluster("k")])
    browser = enter(Role.ANALYST)
    browser.post(f"/{AREA}/queue/next")
    assert browser.post(f"/{AREA}/items/k/decide", choice=choice).status_code == 303
    with store.read() as connection:
        judged = [(one.unique_id_l, one.unique_id_r, one.judgement) for one in live_about(connection, AREA, ["a-k"])]
    assert judged == [("a-k", "k-2", said)]
    assert browser.post(f"/{AREA}/items/k/undo").status_code == 303
    with store.read() as connection:
        assert live_about(connection, AREA, ["a-k"]) == []


def test_a_blind_reader_is_not_told_the_answer_before(store: Store, enter: Enter) -> None:
    ask(store, [cluster("k")])
    first, second = enter(Role.ANALYST), enter(Role.ANALYST, username="second")
    first.post(f"/{AREA}/queue/next")
    first.post(f"/{AREA}/items/k/decide", choice="unsure", reason="同名")
    page = second.get(second.post(f"/{AREA}/queue/next").headers["location"]).text
    assert "独立复核" in page
    assert "曾判" not in page
    assert "与待判记录一边" in page

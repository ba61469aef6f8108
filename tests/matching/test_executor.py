from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from matching.executor import InLine, Threads, local_executor


def multiply(factor: int, task: int) -> int:
    return factor * task


@pytest.mark.parametrize("n_workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(n_workers: int) -> None:
    executor = local_executor(n_workers)
    assert executor.n_workers == n_workers
    assert list(executor.map(multiply, 3, range(40))) == [3 * task for task in range(40)]


def test_one_worker_needs_no_thread() -> None:
    assert isinstance(local_executor(1), InLine)
    here = threading.get_ident()
    assert set(InLine().map(lambda _, __: threading.get_ident(), None, range(3))) == {here}


def test_only_a_few_tasks_are_begun_ahead() -> None:
    begun = []

    def tasks() -> Iterator[int]:
        for task in range(50):
            begun.append(task)
            yield task

    results = Threads(2).map(multiply, 1, tasks())
    assert next(results) == 0
    assert len(begun) == 4
    results.close()  # type: ignore[attr-defined]
    assert len(begun) == 4


def test_an_error_of_a_task_comes_out() -> None:
    def divide(whole: int, task: int) -> float:
        return whole / task

    with pytest.raises(ZeroDivisionError):
        list(Threads(2).map(divide, 1, [1, 2, 0, 4, 5]))

"""One analyst in Chromium: milliseconds from the key press to the next card with the focus on its heading."""

from __future__ import annotations

import os
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import sync_playwright

from bench.desk_queue import BOOK, PASSWORD, name_of

#: Measured in the page: from the event to the frame after the new heading has the focus.
_PRESS = """(code) => new Promise((done) => {
  const before = document.querySelector("[data-card]");
  const start = performance.now();
  const main = document.getElementById("main");
  const watch = new MutationObserver(() => {
    const now = document.querySelector("[data-card]");
    if (!now || now === before) return;
    watch.disconnect();
    requestAnimationFrame(() => done(document.activeElement.tagName === "H1" ? performance.now() - start : -1));
  });
  watch.observe(main, {childList: true});
  document.body.dispatchEvent(new KeyboardEvent("keydown", {code, bubbles: true}));
})"""
_KEYS = ("Digit1", "Digit2", "Digit0", "Digit3")


def press_keys(address: str, chromium: str, n_decisions: int) -> dict[str, Any]:
    """So many answers one after the other; median and 95th percentile."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page()
        page.goto(f"{address}/login")
        page.fill("#username", name_of(0))
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.goto(f"{address}/{BOOK}/queue")
        page.click("#start")
        page.wait_for_selector("[data-mine]")
        times = [float(page.evaluate(_PRESS, _KEYS[number % len(_KEYS)])) for number in range(n_decisions)]
        browser.close()
    if min(times) < 0:
        raise RuntimeError("a card came without the focus on its heading")
    return {"n": n_decisions, **spread(times)}


def spread(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile of milliseconds."""
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return {"median_ms": median(times), "p95_ms": p95}

// Keys of the card, and the next card without loading the whole page. Without this file every form still works.
(function () {
  "use strict";
  const main = document.getElementById("main");
  const status = document.getElementById("status");
  const BEAT = 60000;
  let isReady = true;
  let hiding = 0;

  // The key that is meant, whatever the input method makes of it: digits of both rows, letters by their place.
  function meant(event) {
    const found = /^(?:Digit|Numpad)([0-9])$/.exec(event.code) || /^Key([A-Z])$/.exec(event.code);
    if (found) return event.shiftKey ? "" : found[1].toLowerCase();
    if (event.code === "Slash") return event.shiftKey ? "?" : "/";
    return event.code === "NumpadDivide" ? "/" : "";
  }

  function card() {
    return main.querySelector("[data-card]");
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  // A held key, a key of the input method, a shortcut of the browser, a card that has not settled: none of them decides.
  function isStray(event) {
    return !isReady || event.repeat || event.isComposing || event.keyCode === 229 ||
      event.ctrlKey || event.altKey || event.metaKey;
  }

  document.addEventListener("keydown", function (event) {
    const shown = card();
    if (!shown || !shown.hasAttribute("data-keys") || isStray(event)) return;
    if (event.code === "Escape") {
      close(event.target);
      return;
    }
    const key = meant(event);
    if (key === "" || isTyping(event.target)) return;
    const open = main.querySelector("details.panel[open]");
    const target =
      (open && open.querySelector('[data-sub="' + key + '"]')) ||
      (open && /[0-9]/.test(key) && key !== open.dataset.panel ? open : null) ||
      main.querySelector('[data-key="' + key + '"]') ||
      main.querySelector('[data-focus="' + key + '"]');
    if (!target) return;
    event.preventDefault();
    // A digit that the open list of reasons does not have must not choose a candidate behind it.
    if (target === open) return;
    if (target.hasAttribute("data-focus")) target.focus();
    else if (target.tagName === "SUMMARY") toggle(target);
    else target.click();
  });

  function toggle(summary) {
    const panel = summary.parentElement;
    const isOpening = !panel.open;
    main.querySelectorAll("details.panel[open]").forEach(function (other) {
      other.open = false;
    });
    panel.open = isOpening;
    summary.focus();
  }

  function close(target) {
    if (isTyping(target)) {
      target.blur();
      heading();
      return;
    }
    main.querySelectorAll("details[data-panel][open]").forEach(function (panel) {
      panel.open = false;
    });
  }

  main.addEventListener("submit", function (event) {
    const form = event.target;
    if (!card() || form.method !== "post") return;
    event.preventDefault();
    if (!isReady) return;
    isReady = false;
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter && event.submitter.name) body.set(event.submitter.name, event.submitter.value);
    load(form.getAttribute("action"), { method: "POST", body: body, credentials: "same-origin" });
  });

  function load(address, options) {
    fetch(address, options)
      .then(function (answer) {
        return answer.text().then(function (text) {
          show(text, answer);
        });
      })
      .catch(function () {
        // The server did not answer: nothing was decided, the same card stands.
        say("offline");
        isReady = true;
      });
  }

  function show(text, answer) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) {
      window.location.assign(answer.url);
      return;
    }
    window.clearTimeout(hiding);
    main.replaceChildren.apply(main, Array.from(fresh.childNodes));
    document.title = page.title;
    // A page that a form was answered with has no address of its own.
    if (answer.redirected) window.history.pushState(null, "", answer.url);
    heading();
    hideLater();
    window.scrollTo(0, 0);
    isReady = true;
  }

  function heading() {
    // What a search or a contradiction brought is read before the card.
    const found = main.querySelector("[data-arrive]") || main.querySelector("h1");
    if (!found) return;
    found.setAttribute("tabindex", "-1");
    found.focus();
    status.textContent = found.getAttribute("aria-label") || found.textContent;
  }

  function say(what) {
    const shown = card();
    status.textContent = shown ? shown.dataset[what] || "" : "";
    status.classList.toggle("unseen", false);
  }

  // A number in clear leaves the screen by itself.
  function hideLater() {
    const shown = card();
    if (!shown || !shown.dataset.hideAfter) return;
    hiding = window.setTimeout(function () {
      if (isReady) load(shown.dataset.address, { credentials: "same-origin" });
    }, Number(shown.dataset.hideAfter) * 1000);
  }

  function token() {
    const field = main.querySelector('input[name="csrf"]');
    return field ? field.value : "";
  }

  window.addEventListener("popstate", function () {
    window.location.reload();
  });

  window.addEventListener("pagehide", function () {
    const shown = card();
    if (!shown || !shown.hasAttribute("data-mine")) return;
    navigator.sendBeacon(shown.dataset.address + "/leave", new URLSearchParams({ csrf: token() }));
  });

  window.setInterval(function () {
    const shown = card();
    if (!shown || !shown.hasAttribute("data-mine") || document.hidden) return;
    fetch(shown.dataset.address + "/heartbeat", {
      method: "POST",
      headers: { "X-CSRF": token() },
      credentials: "same-origin",
    }).then(function (answer) {
      if (answer.status === 409) say("lost");
    });
  }, BEAT);
})();

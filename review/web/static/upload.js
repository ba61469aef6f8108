// Dragging a file in, how much of it is sent, and looking again while something moves. Without it the form still works.
(function () {
  "use strict";
  const LOOK_AGAIN = 2000;
  const main = document.getElementById("main");
  const status = document.getElementById("status");
  const form = document.querySelector("[data-upload]");

  if (form && window.DataTransfer) {
    const drop = form.querySelector("[data-drop]");
    const file = form.querySelector('input[type="file"]');
    const bar = form.querySelector("progress");

    ["dragenter", "dragover"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        drop.classList.add("over");
      });
    });
    ["dragleave", "drop"].forEach(function (name) {
      drop.addEventListener(name, function () {
        drop.classList.remove("over");
      });
    });
    drop.addEventListener("drop", function (event) {
      event.preventDefault();
      if (event.dataTransfer.files.length > 0) {
        const one = new DataTransfer();
        one.items.add(event.dataTransfer.files[0]);
        file.files = one.files;
        status.textContent = one.files[0].name;
      }
    });
    // A file dropped beside the frame must not replace the page.
    ["dragover", "drop"].forEach(function (name) {
      window.addEventListener(name, function (event) {
        event.preventDefault();
      });
    });

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      bar.hidden = false;
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.addEventListener("progress", function (sent) {
        if (sent.lengthComputable) bar.value = Math.round((100 * sent.loaded) / sent.total);
      });
      request.addEventListener("load", function () {
        if (request.status === 200) {
          window.location.assign(request.responseURL);
          return;
        }
        const page = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("main");
        if (page) main.replaceChildren.apply(main, Array.from(page.childNodes));
        else main.append(request.responseText);
        main.focus();
      });
      request.addEventListener("error", function () {
        form.submit();
      });
      request.send(new FormData(form));
    });
  }

  function look() {
    const shown = main.querySelector("[data-wait]");
    if (!shown) return;
    fetch(window.location.href, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.text();
      })
      .then(function (text) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const fresh = page.getElementById("main");
        const now = fresh && fresh.querySelector("[data-state]");
        if (!now) window.location.reload();
        else if (now.dataset.state !== shown.dataset.state || now.textContent !== shown.textContent) {
          main.replaceChildren.apply(main, Array.from(fresh.childNodes));
          status.textContent = main.querySelector('[role="status"]').textContent;
        }
      })
      .catch(function () {
        // The server is away for a moment: look again.
      })
      .finally(function () {
        window.setTimeout(look, LOOK_AGAIN);
      });
  }
  window.setTimeout(look, LOOK_AGAIN);
})();

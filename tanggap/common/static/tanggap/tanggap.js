// Every page works without this file. It adds: dialogs with focus, letter counters, a quick exit that leaves no way back,
// one press of a button for one message.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    const open = document.querySelector("dialog[open]");
    if (target && target.matches("dialog") && target.showModal) {
      event.preventDefault();
      target.addEventListener("close", () => link.focus(), { once: true });
      target.showModal();
    } else if (open && link && open.contains(link)) {
      event.preventDefault();
      open.close();
    }
  });

  for (const counter of document.querySelectorAll("[data-count-for]")) {
    const box = document.getElementById(counter.dataset.countFor);
    if (!box || !box.maxLength) continue;
    const format = new Intl.NumberFormat(document.documentElement.lang);
    const show = () => {
      counter.textContent = counter.dataset.words
        .replace("N", format.format(box.value.length)).replace("M", format.format(box.maxLength));
    };
    box.addEventListener("input", show);
    show();
  }

  for (const exit of document.querySelectorAll("a[data-quick-exit]")) {
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      document.body.hidden = true;
      location.replace(exit.href);
    });
  }

  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  const summary = document.getElementById("perbaiki");
  if (summary) summary.focus();
})();

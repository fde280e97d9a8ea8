// The box of a case: Ctrl+Enter sends, `n` skips to the next case, and a final answer asks only for what its kind
// must name. Everything works without it.
(() => {
  "use strict";
  const box = document.getElementById("kotak");
  const form = box && box.parentElement.querySelector("form");
  if (!form) return;

  const send = form.querySelector("p.row > button");
  for (const hint of form.querySelectorAll("[data-keys]")) hint.hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !send) return;
    event.preventDefault();
    form.requestSubmit(send);
  });

  // The unit's own texts: `t` opens them, from anywhere but a box one writes in.
  const library = form.querySelector("[data-library]");
  if (library) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "t" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input:not([type=radio]), textarea, select")) return;
      if (localStorage.getItem("pintasan-mati") === "1") return;
      event.preventDefault();
      library.open = true;
      library.querySelector("button").focus();
    });
  }

  const parts = [...form.querySelectorAll("[data-for]")];
  const fit = () => {
    const chosen = form.querySelector("[name=answer_kind]:checked");
    if (!chosen) return;
    for (const part of parts) part.hidden = part.dataset.for !== chosen.value && !part.querySelector(".bad");
  };
  if (parts.length) {
    form.addEventListener("change", fit);
    fit();
  }

  // Who came by a key to write gets the pen in the hand; what was refused is read first.
  if (location.hash === "#kotak" && !document.getElementById("perbaiki")) {
    const first = form.querySelector("input:not([type=hidden]), select, textarea");
    // The browser goes to the heading by itself, before or after this.
    if (first) box.addEventListener("focus", () => first.focus(), { once: true });
    if (first) first.focus();
  }
})();

// Keyboard for a long list: j k move, o opens, f forwards, a answers, s answers finally, n skips
// to the next case, / searches. Everything works without it.
// Single letters disturb those who dictate, so they can be switched off, and the choice is kept on this device.
(() => {
  "use strict";
  const OFF = "pintasan-mati";
  const hint = document.getElementById("pintasan");
  const off = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

  if (hint) {
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "quiet";
    const show = () => { toggle.textContent = off() ? hint.dataset.on : hint.dataset.off; };
    toggle.addEventListener("click", () => {
      try { localStorage.setItem(OFF, off() ? "0" : "1"); } catch { /* a private window keeps nothing */ }
      show();
    });
    show();
    hint.append(" ", toggle);
  }

  const links = () => [...document.querySelectorAll(".work h3 a")];
  const here = () => links().indexOf(document.activeElement);
  const move = (step) => {
    const all = links();
    const next = all[Math.min(Math.max(here() + step, 0), all.length - 1)];
    if (next) next.focus();
  };
  const row = () => document.activeElement.closest(".work > li");
  const go = (address) => { if (address) location.assign(address); };
  const forward = () => {
    if (row()) return go(row().dataset.forward);
    const link = document.querySelector("[data-deed=teruskan]");
    const form = document.querySelector("#kotak ~ form [name=unit]");
    if (link) go(link.href); else if (form) form.focus();
  };
  const first = () => row() || document.querySelector(".work > li[data-answer]");
  const finish = () => {
    if (first()) return go(first().dataset.final);
    const tab = document.querySelector(".tabs a[href*='/jawaban/']");
    if (tab) go(tab.href);
  };
  const skip = () => {
    const link = document.querySelector("[data-skip]");
    if (link) go(link.href);
  };
  const answer = () => {
    if (first()) return go(first().dataset.answer);
    const box = document.querySelector("#kotak ~ form textarea");
    if (box) box.focus();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => { if (here() >= 0) document.activeElement.click(); },
    f: forward,
    a: answer,
    s: finish,
    n: skip,
    "/": () => { const box = document.querySelector("[data-key='/']"); if (box) box.focus(); },
  };

  addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();

// The report form on this device: what is typed is kept until it is sent, what was sent without network is listed.
// On a shared phone (*Ini ponsel bersama*) nothing is kept. The form works without this file.
(() => {
  "use strict";
  if (!window.indexedDB) return;
  const panel = document.getElementById("antrean");
  const long = document.getElementById("lapor");
  const short = document.getElementById("lapor-luring");
  const form = short || long;
  const { serviceWorker } = navigator;
  const AGAIN = 20000;
  let leaving = false;

  // The receipt is on the screen: the device needs to know no more about it.
  const receipt = document.querySelector("[data-sent-key]");
  if (receipt) for (const name of ["drafts", "queue", "sent"]) Kept.drop(name, receipt.dataset.sentKey).catch(() => {});

  const isShared = () => {
    const box = form && form.elements.shared;
    return Boolean(box && (box.type === "checkbox" ? box.checked : box.value));
  };
  // Going back must lead to an empty form, neither to what was typed nor to a receipt sent for again.
  const leaveNoWayBack = () => {
    if (!(receipt && receipt.dataset.shared) && !isShared()) return;
    history.replaceState(null, "", "/lapor/");
    document.body.hidden = true;
    addEventListener("pageshow", (event) => { if (event.persisted) location.replace("/lapor/"); });
  };
  addEventListener("pagehide", leaveNoWayBack);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-quick-exit]")) return;
    leaving = true;
    if (!(serviceWorker && serviceWorker.controller)) Kept.forget();
  }, true);
  if (!panel) return;

  const words = panel.dataset;
  const news = document.getElementById("antrean-kabar");
  const lines = document.getElementById("antrean-isi");
  const elements = form ? form.elements : {};
  if (form && !elements.key.value) elements.key.value = Kept.newKey();
  const key = () => elements.key.value;
  const typed = () => elements.text && elements.text.value.trim();
  let typing = 0;
  let trying = false;

  // ---------- drafts ----------
  const note = (photos) => {
    clearTimeout(typing);
    if (leaving) return Promise.resolve();
    // Off: the browser itself puts typed words back when somebody goes back.
    form.autocomplete = isShared() ? "off" : "on";
    const row = Kept.rowOf(new FormData(form), key());
    const worth = typed() || (photos || picked()).length;
    const kept = isShared() || !worth ? Kept.drop("drafts", row.key) : Kept.draft(row, photos);
    return kept.catch(() => {});
  };
  const picked = () => elements.attachments ? [...elements.attachments.files] : [];
  if (form) {
    form.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(note, 400); });
    form.addEventListener("change", async ({ target }) => {
      if (target !== elements.attachments) return note();
      // At once: another script may empty the field when it has sent them.
      const chosen = picked();
      // The walk adds to what it sent before; on the page without network the field shows all there is.
      return note(short ? chosen : Kept.merged(await Kept.files(key()), chosen));
    });
    addEventListener("pagehide", () => { if (!form.dataset.sent) note(); });
  }

  const inField = (list) => {
    const files = new DataTransfer();
    for (const one of list) files.items.add(one);
    return files.files;
  };
  const hidden = (target, name, value) => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    target.append(field);
    return field;
  };
  // Into the fields of this page; what it does not ask travels on unseen.
  const fill = async (row) => {
    const photos = await Kept.files(row.key);
    elements.key.value = row.key;
    const asked = new Set([...elements].map((one) => one.name));
    for (const [name, value] of row.fields) {
      const field = elements[name];
      if (!asked.has(name)) hidden(form, name, value);
      else if (field.type === "checkbox") field.checked = true;
      else if ("value" in field) field.value = value;
    }
    if (photos.length) {
      elements.attachments.files = inField(photos);
      elements.attachments.dispatchEvent(new Event("change", { bubbles: true }));
    }
    elements.text.focus();
  };
  // The server draws the step at which it was left.
  const goOn = async (row) => {
    const sent = Object.assign(document.createElement("form"),
      { method: "post", action: "/lapor/", enctype: "multipart/form-data", hidden: true });
    const more = [["key", row.key], ["step", row.step || "cerita"], ["go", "stay"]];
    for (const [name, value] of [...row.fields, ...more]) hidden(sent, name, value);
    const field = Object.assign(document.createElement("input"), { type: "file", name: "attachments", multiple: true });
    field.files = inField(await Kept.files(row.key));
    sent.append(field);
    document.body.append(sent);
    sent.submit();
  };
  const open = (row) => short ? fill(row) : goOn(row);
  // ---------- the list ----------
  const tell = (text) => { news.textContent = text || ""; if (text) panel.hidden = false; };
  const when = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
    .format(at);
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: text });
    made.addEventListener("click", act);
    return made;
  };
  const line = (text, ...acts) => {
    const made = document.createElement("li");
    made.append(Object.assign(document.createElement("span"), { textContent: text }), ...acts);
    lines.append(made);
  };
  const discard = (store, row) => button(words.drop, async () => {
    if (!confirm(words.sure)) return;
    await Kept.drop(store, row.key);
    await draw();
  });
  const showReceipt = (key, asShared) => {
    const ask = Object.assign(document.createElement("form"), { method: "post", action: words.receipts, hidden: true });
    hidden(ask, "kunci", key);
    if (asShared) hidden(ask, "shared", "1");
    document.body.append(ask);
    ask.submit();
  };
  const draw = async () => {
    const [drafts, waiting, sent, lost] = [await Kept.all("drafts"), await Kept.all("queue"), await Kept.all("sent"),
      await Kept.meta("lost")];
    lines.replaceChildren();
    if (!typed()) {
      for (const row of drafts) {
        line(`${when(row.at)} · ${words.draft}`, button(words.open, () => open(row)), discard("drafts", row));
      }
    }
    for (const row of waiting.filter((row) => !row.quiet)) {
      if (row.fault) line(`${when(row.at)} · ${words.fault}: ${row.fault}`, button(words.mend, async () => { await open(await Kept.mend(row)); await draw(); }), discard("queue", row));
      else line(`${when(row.at)} · ${words.waiting}`, discard("queue", row));
    }
    for (const row of sent) {
      line([row.number, words.sent, when(row.at)].filter(Boolean).join(" · "), button(words.receipt, () => showReceipt(row.key)));
    }
    panel.hidden = !(lines.children.length || news.textContent || lost);
    panel.dataset.waits = String(waiting.filter((row) => !row.fault).length);
    if (lost) { tell(words.lost); await Kept.drop("meta", "lost"); }
  };

  // ---------- sending ----------
  const wake = async () => {
    if (!serviceWorker) return;
    const here = await serviceWorker.ready;
    here.active.postMessage("send");
    if (here.sync) await here.sync.register("kirim").catch(() => {});
  };
  // On a shared phone: from the open page alone, as long as it is open.
  const sendNow = async () => {
    const body = new FormData(form);
    body.set("written_on", Kept.rowOf(body, key()).day);
    trying = true;
    const answer = await fetch(words.queue, { method: "POST", body, headers: { "Idempotency-Key": key() } }).catch(() => null);
    if (answer && answer.ok) return showReceipt(key(), true);
    if (!answer || answer.status >= 500 || answer.status === 429) return tell(words.unsent);
    trying = false;
    return tell((await answer.json().catch(() => ({}))).detail || words.unsent);
  };
  const handIn = async () => {
    if (!form.reportValidity()) return null;
    if (picked().reduce((sum, one) => sum + one.size, 0) > Number(form.dataset.most)) return tell(words.big);
    tell(words.sending);
    if (isShared()) return sendNow();
    const row = Kept.rowOf(new FormData(form), key());
    try {
      await Kept.queue(row, picked());
    } catch {
      // A private window keeps nothing.
      return navigator.onLine ? form.submit() : tell(words.full);
    }
    form.reset();
    for (const old of form.querySelectorAll("input[type=hidden]:not([name=key]):not([name=step])")) old.remove();
    elements.key.value = Kept.newKey();
    elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    tell(row.guarded ? words.keptDay : words.kept);
    await draw();
    panel.scrollIntoView();
    return wake();
  };
  if (short) short.addEventListener("submit", (event) => { event.preventDefault(); delete form.dataset.sent; handIn(); });

  addEventListener("online", () => { if (trying) sendNow(); });
  setInterval(() => {
    if (trying) sendNow();
    else if (panel.dataset.waits > 0) wake();
  }, AGAIN);
  if (serviceWorker) {
    serviceWorker.addEventListener("message", async ({ data }) => {
      if (["stay", "full"].includes(data) && long) { delete form.dataset.sent; tell(words[data]); }
      if (data !== "changed") return;
      await draw();
      if (!(panel.dataset.waits > 0) && !trying) tell("");
      panel.hidden = !lines.children.length && !news.textContent;
    });
  }

  // ---------- beginning ----------
  (async () => {
    await Kept.purge();
    // Just shared into the app, or just kept because a step of the form did not get through.
    const given = form && new URLSearchParams(location.search).has("lanjut") && (await Kept.all("drafts")).pop();
    if (given && !typed()) {
      history.replaceState(null, "", location.pathname);
      await fill(given);
    }
    // The first page shows which photos the server has; what was taken away there must not be sent from here.
    const shown = [...form ? form.querySelectorAll("[value^='drop:']") : []].map((one) => one.closest("li").textContent);
    const left = long && elements.step.value === "cerita" && !given
      ? (await Kept.files(key())).filter((one) => shown.some((text) => text.includes(one.name))) : undefined;
    if (form && (isShared() || typed())) await note(left);
    await draw();
  })().catch(() => {});
})();

// The counter with a queue: an entry is kept on this device before it is sent, and forgotten once the server has it.
// Without this file the form is sent like any other. Entries belong to the officer who typed them and are sent only
// while that officer is signed in; each carries a key, so that sending it again makes no second report.
(() => {
  "use strict";
  const desk = document.getElementById("loket");
  const panel = document.getElementById("antrean");
  if (!desk || !panel || !window.indexedDB) return;

  const HOME = "/kerja/loket/";
  const DAY = 24 * 3600 * 1000;
  const PATIENCE = 30000;
  const AGAIN = 20000;
  const KEEP = ["channel", "source_tag", "region_text", "place"];
  const words = panel.dataset;
  const news = document.getElementById("antrean-kabar");
  const door = document.getElementById("antrean-masuk");
  const lines = document.getElementById("antrean-isi");
  const form = () => document.getElementById("isian");
  let officer = desk.dataset.officer;
  let busy = false;
  let typing = 0;

  // ---------- what is kept on the device ----------
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open("loket", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "key" });
      asked.result.createObjectStore("sent", { keyPath: "key" });
      asked.result.createObjectStore("meta", { keyPath: "name" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const within = async (stores, mode, act) => {
    const base = await opened;
    return new Promise((resolve, reject) => {
      // Strict: what the officer believes to be kept must outlive a dead battery.
      const work = base.transaction(stores, mode, { durability: "strict" });
      const asked = act(...stores.map((name) => work.objectStore(name)));
      work.oncomplete = () => resolve(asked && asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  };
  const all = (store) => within([store], "readonly", (rows) => rows.getAll());
  const keep = (store, row) => within([store], "readwrite", (rows) => rows.put(row));
  const drop = (store, key) => within([store], "readwrite", (rows) => rows.delete(key));
  // One step: gone from the queue and in the list of the sent, or neither.
  const settle = (entry, number) => within(["entries", "sent"], "readwrite", (entries, sent) => {
    entries.delete(entry.key);
    return sent.put({ key: entry.key, officer: entry.officer, number, at: Date.now() });
  });

  // ---------- sending ----------
  const permit = async () => {
    const answer = await fetch(`${HOME}kunci/`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 404) return null;
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const post = async (entry, token, queued) => {
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    body.set("csrfmiddlewaretoken", token);
    const headers = { "Idempotency-Key": entry.key };
    if (queued) headers["X-Antrean"] = "1";
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), PATIENCE);
    try {
      const answer = await fetch(HOME, { method: "POST", body, headers, redirect: "manual", signal: giveUp.signal });
      if (answer.type === "opaqueredirect") return { out: true };
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      return { status: answer.status, html };
    } finally {
      clearTimeout(timer);
    }
  };
  // What became of it: sent, fault (to be mended), out (signed out), late (no network, or the server is ill).
  const push = async (entry, queued) => {
    let allowed;
    try {
      allowed = await permit();
      if (!allowed) return { what: "out" };
      if (allowed.officer !== entry.officer) return { what: "other" };
      const answer = await post(entry, allowed.token, queued);
      if (answer.out) return { what: "out" };
      const result = answer.html.getElementById("hasil");
      if (result) {
        await settle(entry, result.dataset.number);
        return { what: "sent", html: answer.html };
      }
      if (answer.html.getElementById("isian") && answer.status >= 400 && answer.status < 500) {
        return { what: "fault", html: answer.html };
      }
      return { what: "late", reached: true };
    } catch {
      return { what: "late", reached: Boolean(allowed) };
    }
  };
  let tail = Promise.resolve();
  const alone = (work) => {
    if (navigator.locks) return navigator.locks.request("loket-kirim", work);
    tail = tail.then(work, work);
    return tail;
  };

  const flush = () => alone(async () => {
    const mine = (await all("entries")).filter((entry) => entry.officer === officer && !entry.fault);
    let told = "";
    for (const entry of mine.sort((a, b) => a.at - b.at)) {
      const { what, html, reached } = await push(entry, true);
      if (what === "fault") {
        const faults = [...html.querySelectorAll("#perbaiki a, #perbaiki p:not(:last-child)")];
        await keep("entries", { ...entry, fault: faults.map((one) => one.textContent).join(" ") || "?" });
      } else if (what !== "sent") {
        told = what;
        // One that the server cannot take does not hold up the others.
        if (!reached) break;
      }
    }
    await draw(told);
  });

  // ---------- the list ----------
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const hour = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(at);
  const line = (...parts) => {
    const made = document.createElement("li");
    made.append(...parts);
    lines.append(made);
  };
  const span = (text) => {
    const made = document.createElement("span");
    made.textContent = text;
    return made;
  };
  const receipt = async (key) => {
    const allowed = await permit().catch(() => null);
    if (!allowed) return tell(words.failed);
    const ask = document.createElement("form");
    ask.method = "post";
    ask.action = `${HOME}tanda-terima/`;
    for (const [name, value] of [["csrfmiddlewaretoken", allowed.token], ["kunci", key]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      ask.append(field);
    }
    document.body.append(ask);
    return ask.submit();
  };
  const tell = (text) => { news.textContent = text; if (text) panel.hidden = false; };
  const draw = async (told) => {
    const entries = await all("entries");
    const mine = entries.filter((entry) => entry.officer === officer).sort((a, b) => a.at - b.at);
    const sent = [];
    for (const row of await all("sent")) {
      if (row.at < Date.now() - DAY) await drop("sent", row.key);
      else if (row.officer === officer) sent.push(row);
    }
    lines.replaceChildren();
    for (const entry of mine) {
      const text = `${hour(entry.at)} · ${entry.fault ? `${words.fault}: ${entry.fault}` : words.waiting}`;
      const acts = entry.fault
        ? [button(words.open, () => mend(entry)), button(words.drop, () => discard(entry))]
        : [];
      line(span(text), ...acts);
    }
    for (const row of sent.sort((a, b) => b.at - a.at)) {
      const number = span(row.number);
      number.className = "code";
      line(number, span(`${words.sent} ${hour(row.at)}`), button(words.receipt, () => receipt(row.key)));
    }
    const others = entries.length > mine.length ? words.others : "";
    const said = { out: words.out, late: mine.length ? words.kept : "", other: words.others }[told] || others;
    panel.hidden = !(lines.children.length || said);
    panel.dataset.waits = String(mine.length);
    door.hidden = told !== "out" && told !== "other";
    tell(said);
  };
  const discard = async (entry) => {
    if (!confirm(words.sure)) return;
    await drop("entries", entry.key);
    await draw("");
  };

  // ---------- the form ----------
  const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const next = () => {
    const now = form();
    const kept = new Map(KEEP.map((name) => [name, now.elements[name] ? now.elements[name].value : ""]));
    for (const field of now.elements) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else if (field.name && field.type !== "hidden") field.value = kept.get(field.name) || "";
    }
    now.elements.draft_key.value = freshKey();
    now.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    for (const old of desk.querySelectorAll("#hasil, .notice, .error")) old.remove();
    now.elements.text.focus();
  };
  const fill = ({ key, fields }) => {
    const now = form();
    now.elements.draft_key.value = key;
    const files = new DataTransfer();
    for (const [name, value] of fields) {
      const field = now.elements[name];
      if (value instanceof File) { if (value.size) files.items.add(value); continue; }
      if (!field || ["csrfmiddlewaretoken", "draft_key"].includes(name)) continue;
      if (field.type === "checkbox") field.checked = true;
      else if ("value" in field) field.value = value;
    }
    now.elements.attachments.files = files.files;
    now.querySelector("details").open ||= Boolean(now.elements.about_text.value || now.elements.about_person.value);
    now.elements.text.focus();
  };
  const mend = (entry) => {
    next();
    fill(entry);
    tell(entry.fault || "");
  };
  // What is being typed: kept beside the queue until it is an entry, a day at most, for the officer who types.
  const draft = () => `draft:${officer}`;
  const forget = () => { clearTimeout(typing); return drop("meta", draft()); };
  const noteDraft = () => {
    const now = form();
    if (!officer || busy || !now.elements.text.value.trim()) return;
    const row = { name: draft(), key: now.elements.draft_key.value, at: Date.now(), fields: [...new FormData(now)] };
    keep("meta", row).catch(() => {});
  };
  const restore = async () => {
    const row = (await all("meta")).find((one) => one.name === draft());
    if (!row) return;
    if (row.at < Date.now() - DAY) await forget();
    else if (!form().elements.text.value && !document.getElementById("perbaiki")) fill(row);
  };
  const show = (html) => {
    const fresh = html.getElementById("loket");
    desk.replaceChildren(...fresh.childNodes);
    const summary = document.getElementById("perbaiki");
    if (summary) summary.focus();
    else form().elements.text.focus();
  };
  const send = async () => {
    const now = form();
    if (busy || !officer || !now.reportValidity()) return;
    const files = [...now.elements.attachments.files];
    if (files.reduce((sum, file) => sum + file.size, 0) > Number(now.dataset.most)) {
      tell(words.big);
      return;
    }
    busy = true;
    const entry = { key: now.elements.draft_key.value, officer, at: Date.now(), fields: [...new FormData(now)] };
    try {
      await keep("entries", entry);
    } catch {
      // A private window keeps nothing: sent like any other form, where there is a network to send it by.
      busy = false;
      if (navigator.onLine && desk.dataset.officer) now.submit();
      else tell(words.full);
      return;
    }
    tell(words.sending);
    const { what, html } = await alone(async () => {
      const done = await push(entry, false);
      // The officer is looking at it: the form on the page has it, with what must be mended.
      if (done.what === "fault") await drop("entries", entry.key);
      return done;
    });
    await forget();
    if (html) show(html);
    else next();
    busy = false;
    await draw(what);
  };
  desk.addEventListener("submit", (event) => {
    if (event.target.id !== "isian") return;
    event.preventDefault();
    send();
  });
  desk.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#isian")) {
      event.preventDefault();
      send();
    }
  });
  let asked = 0;
  desk.addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(noteDraft, 400);
    if (event.target.id !== "region_text" || event.target.value.trim().length < 3) return;
    clearTimeout(asked);
    const text = event.target.value;
    asked = setTimeout(async () => {
      const list = document.getElementById("daftar-wilayah");
      try {
        const answer = await fetch(`${HOME}wilayah/?q=${encodeURIComponent(text)}`, { redirect: "error" });
        const { names } = await answer.json();
        list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
      } catch { /* without network the words themselves are sent */ }
    }, 250);
  });

  // ---------- beginning ----------
  const begin = async () => {
    if (officer) await keep("meta", { name: "officer", value: officer });
    else officer = ((await all("meta")).find((row) => row.name === "officer") || {}).value || "";
    if (!officer) {
      tell(words.nobody);
      door.hidden = false;
      for (const field of form().elements) field.disabled = true;
      return;
    }
    await restore();
    await draw("");
    await flush();
  };
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && panel.dataset.waits > 0) flush(); });
  setInterval(() => { if (panel.dataset.waits > 0 && !busy) flush(); }, AGAIN);
  begin();
  if (navigator.serviceWorker && desk.dataset.officer) {
    navigator.serviceWorker.register(`${HOME}pekerja.js`, { scope: HOME }).catch(() => {});
  }
})();

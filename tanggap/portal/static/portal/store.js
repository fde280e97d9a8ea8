// What this device keeps of reports: drafts, reports that wait for a network, and receipts nobody has read yet.
// The pages and their worker share it. Guarded ones (anonymous, secret, about somebody) are kept for a day at most.
const Kept = (() => {
  "use strict";
  const DAY = 24 * 3600 * 1000;
  const LIVES = { drafts: 7 * DAY, queue: 30 * DAY, sent: 7 * DAY };
  const STORES = Object.keys(LIVES);
  let base;

  const open = () => base ||= new Promise((resolve, reject) => {
    const asked = indexedDB.open("tanggap", 1);
    asked.onupgradeneeded = () => {
      for (const name of STORES) asked.result.createObjectStore(name, { keyPath: "key" });
      asked.result.createObjectStore("meta", { keyPath: "name" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const within = async (names, act, mode = "readwrite") => {
    const opened = await open();
    return new Promise((resolve, reject) => {
      // Strict: what somebody believes to be kept must outlive a dead battery.
      const work = opened.transaction(names, mode, { durability: "strict" });
      const asked = act(...names.map((name) => work.objectStore(name)));
      work.oncomplete = () => resolve(asked && asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  };
  const all = async (name) => (await within([name], (rows) => rows.getAll(), "readonly")).sort((a, b) => a.at - b.at);
  const keep = (name, row) => within([name], (rows) => rows.put(row));
  const drop = (name, key) => within([name], (rows) => rows.delete(key));

  const said = (fields, name) => (fields.find(([field]) => field === name) || [])[1] || "";
  const isGuarded = (fields) => ["anonymous", "secret", "about_person", "about_agency"].some((name) => said(fields, name))
    || said(fields, "about") === "yes";
  const day = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  // What a form says, as a row: without the button that was pressed, without empty file fields.
  const rowOf = (form, key) => {
    const fields = [...form].filter(([name, value]) => (value instanceof File ? value.size : value)
      && !["go", "step", "key", "reviewed"].includes(name));
    const at = Date.now();
    return { key, at, day: day(at), step: said([...form], "step"), guarded: isGuarded(fields), fields };
  };
  // In one step: a draft no longer, a report that waits.
  const queue = (row) => within(["drafts", "queue"], (drafts, rows) => { drafts.delete(row.key); return rows.put(row); });
  // In one step: gone from the queue and among the receipts, or neither. One the device should not show leaves none.
  const settle = (row, number) => within(["queue", "sent"], (rows, sent) => {
    rows.delete(row.key);
    if (!row.quiet) sent.put({ key: row.key, number: row.guarded ? "" : number, at: Date.now() });
  });
  // The quick exit: nothing to be found here. What was handed in still goes out, unseen.
  const forget = async () => {
    const waiting = await all("queue");
    return within(["drafts", "queue", "sent", "meta"], (drafts, rows, sent, meta) => {
      for (const store of [drafts, sent, meta]) store.clear();
      for (const row of waiting) row.fault ? rows.delete(row.key) : rows.put({ ...row, quiet: true });
    });
  };
  const purge = async () => {
    for (const name of STORES) {
      for (const row of await all(name)) {
        if (Date.now() - row.at < (row.guarded ? DAY : LIVES[name])) continue;
        await drop(name, row.key);
        if (name === "queue" && !row.quiet) await keep("meta", { name: "lost" });
      }
    }
  };
  const meta = (name) => within(["meta"], (rows) => rows.get(name), "readonly");
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { all, keep, drop, said, rowOf, queue, settle, forget, purge, meta, newKey };
})();

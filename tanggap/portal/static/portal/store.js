// What this device keeps of reports: drafts, reports that wait for a network, and receipts nobody has read yet.
// The pages and their worker share it. Guarded ones (anonymous, secret, about somebody) are kept for a day at most.
const Kept = (() => {
  "use strict";
  const DAY = 24 * 3600 * 1000;
  const LIVES = { drafts: 7 * DAY, queue: 30 * DAY, sent: 7 * DAY };
  const BY_KEY = [...Object.keys(LIVES), "files"];
  let base;

  const open = () => base ||= new Promise((resolve, reject) => {
    const asked = indexedDB.open("tanggap", 1);
    asked.onupgradeneeded = () => {
      for (const name of BY_KEY) asked.result.createObjectStore(name, { keyPath: "key" });
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
  // A report goes with its photos, which lie apart: words are written again at every pause, photos once.
  const drop = (name, key) => within(["drafts", "queue"].includes(name) ? [name, "files"] : [name], (...stores) => {
    for (const store of stores) store.delete(key);
  });
  const files = async (key) => ((await within(["files"], (rows) => rows.get(key), "readonly")) || { files: [] }).files;
  const putFiles = (rows, key, list) => {
    if (list) list.length ? rows.put({ key, files: list }) : rows.delete(key);
  };
  const merged = (...lists) => [...new Map(lists.flat().filter((one) => one.size)
    .map((one) => [`${one.name}/${one.size}/${one.lastModified}`, one])).values()];

  const said = (fields, name) => (fields.find(([field]) => field === name) || [])[1] || "";
  const isGuarded = (fields) => ["anonymous", "secret", "about_person", "about_agency"].some((name) => said(fields, name))
    || said(fields, "about") === "yes";
  const day = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  // What a form says in words, as a row: without the button that was pressed, without its files.
  const rowOf = (form, key) => {
    const fields = [...form].filter(([name, value]) => value && !(value instanceof File)
      && !["go", "step", "key", "reviewed"].includes(name));
    const at = Date.now();
    return { key, at, day: day(at), step: said([...form], "step"), guarded: isGuarded(fields), fields };
  };
  // Without a list of files, those kept before stay.
  const draft = (row, list) => within(["drafts", "files"], (drafts, rows) => {
    drafts.put(row);
    putFiles(rows, row.key, list);
  });
  // In one step: a draft no longer, a report that waits.
  const queue = (row, list) => within(["drafts", "queue", "files"], (drafts, rows, photos) => {
    drafts.delete(row.key);
    rows.put(row);
    putFiles(photos, row.key, list);
  });
  // What waited is a draft again, under a key of its own: the old one may stand for other words already.
  const mend = async (row) => {
    const again = { ...row, key: newKey(), step: "periksa" };
    await draft(again, await files(row.key));
    await drop("queue", row.key);
    return again;
  };
  // In one step: gone from the queue and among the receipts, or neither. One the device should not show leaves none.
  const settle = (row, number) => within(["queue", "sent", "files"], (rows, sent, photos) => {
    rows.delete(row.key);
    photos.delete(row.key);
    if (!row.quiet) sent.put({ key: row.key, number: row.guarded ? "" : number, at: Date.now() });
  });
  // The quick exit: nothing to be found here. What was handed in still goes out, unseen.
  const forget = async () => {
    const waiting = (await all("queue")).filter((row) => !row.fault);
    await within(["drafts", "queue", "sent", "meta"], (...stores) => {
      for (const store of stores) store.clear();
      for (const row of waiting) stores[1].put({ ...row, quiet: true });
    });
    await tidy();
  };
  // Photos without their report. Drafts are read before the queue: a report goes that way, never back.
  const tidy = async () => {
    const kept = await within(["files"], (rows) => rows.getAllKeys(), "readonly");
    const known = new Set([...await all("drafts"), ...await all("queue")].map((row) => row.key));
    for (const key of kept) if (!known.has(key)) await drop("files", key);
  };
  const purge = async () => {
    for (const [name, life] of Object.entries(LIVES)) {
      for (const row of await all(name)) {
        if (Date.now() - row.at < (row.guarded ? DAY : life)) continue;
        await drop(name, row.key);
        if (name === "queue" && !row.quiet) await keep("meta", { name: "lost" });
      }
    }
    await tidy();
  };
  const meta = (name) => within(["meta"], (rows) => rows.get(name), "readonly");
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { all, keep, drop, files, merged, rowOf, draft, queue, mend, settle, forget, purge, meta, newKey };
})();

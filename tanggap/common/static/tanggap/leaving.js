// Before signing out of a device on which entries of the counter still wait: says so, and lets go at the second press.
// Then the device forgets who sat here; the entries wait for their officer.
(() => {
  "use strict";
  const notice = document.querySelector("[data-waiting-entries]");
  if (!notice || !window.indexedDB) return;
  const form = document.querySelector(notice.dataset.waitingEntries);
  if (!form) return;
  let warned = false;
  let free = false;

  const inside = (act) => new Promise((resolve) => {
    const asked = indexedDB.open("loket");
    // There was no counter on this device: do not leave an empty one behind.
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => resolve(0);
    asked.onsuccess = () => {
      const work = asked.result.transaction(["entries", "meta"], "readwrite");
      const rows = act(work);
      work.oncomplete = () => { asked.result.close(); resolve(rows.result); };
      work.onerror = work.onabort = () => resolve(0);
    };
  });
  const count = (work) => work.objectStore("entries").count();
  const leave = (work) => work.objectStore("meta").delete("officer");

  form.addEventListener("submit", async (event) => {
    if (free) return;
    event.preventDefault();
    const waiting = warned ? 0 : await inside(count);
    if (waiting) {
      warned = true;
      delete form.dataset.sent;
      notice.hidden = false;
      notice.focus();
      return;
    }
    await inside(leave);
    free = true;
    form.submit();
  });
})();

// Photos and documents go ahead of the form, in pieces that continue where a broken connection left them. What has not
// arrived when the form is sent goes with the form, as without this file.
(() => {
  "use strict";
  const PIECE = 256 * 1024;
  const TRIES = 6;
  const form = document.getElementById("lapor");
  const field = document.getElementById("attachments");
  const list = document.getElementById("unggahan");
  if (!form || !field || !list || !window.crypto) return;
  const words = list.dataset;
  const known = new Map();
  const name = (file) => `${file.name}/${file.size}/${file.lastModified}`;
  const mark = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const rest = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

  const put = (one, offset, body) => fetch(words.address, {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/octet-stream",
      "Upload-Key": form.elements.key.value,
      "Upload-Part": one.part,
      "Upload-Name": encodeURIComponent(one.file.name).slice(0, 900).replace(/%[0-9A-F]?$/, ""),
      "Upload-Length": String(one.file.size),
      "Upload-Offset": String(offset),
    },
  });
  const send = async (one) => {
    let offset = 0;
    let failed = 0;
    while (!one.done && failed < TRIES) {
      const answer = await put(one, offset, one.file.slice(offset, offset + PIECE)).catch(() => null);
      if (answer && answer.status === 422) {
        const { detail } = await answer.json().catch(() => ({}));
        one.refused = true;
        one.line.textContent = `${one.file.name}: ${detail || ""}`;
        return;
      }
      if (answer && answer.ok) {
        const said = await answer.json();
        // The server says how far it came: after a break that need not be where this page thinks.
        failed = said.offset > offset ? 0 : failed + 1;
        offset = said.offset;
        one.done = Boolean(said.file);
        one.bar.value = one.file.size ? offset / one.file.size : 1;
      } else {
        failed += 1;
        await rest(Math.min(500 * 2 ** failed, 15000));
      }
    }
    one.note.textContent = one.done ? words.sent : words.waits;
  };
  let turn = Promise.resolve();
  const look = () => {
    const chosen = new Set([...field.files].map(name));
    for (const [key, one] of known) if (!chosen.has(key)) { one.line.remove(); known.delete(key); }
    for (const file of field.files) {
      if (known.has(name(file))) continue;
      const one = {
        file, part: mark(), done: false, refused: false, line: document.createElement("li"),
        bar: Object.assign(document.createElement("progress"), { max: 1, value: 0 }), note: document.createElement("span"),
      };
      one.bar.setAttribute("aria-label", file.name);
      one.note.setAttribute("role", "status");
      one.line.append(Object.assign(document.createElement("span"), { textContent: `${file.name} ` }), one.bar, " ", one.note);
      list.append(one.line);
      known.set(name(file), one);
      turn = turn.then(() => send(one));
    }
    list.hidden = !list.children.length;
  };
  field.addEventListener("change", look);
  look();

  // What has arrived under the form's key, or will never be taken, does not travel twice.
  let sending = false;
  form.addEventListener("submit", () => { sending = true; setTimeout(() => { sending = false; }); });
  form.addEventListener("formdata", ({ formData }) => {
    if (!sending) return;
    const left = formData.getAll("attachments").filter((file) => {
      const one = known.get(name(file));
      return !(one && (one.done || one.refused));
    });
    formData.delete("attachments");
    for (const file of left) formData.append("attachments", file);
  });
})();

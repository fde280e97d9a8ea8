// `@` in a note offers the colleagues who may open the case, by keyboard and for screen readers too. A text field of
// several lines may not call itself a combobox; it tells of its list by what a text field is allowed to say.
(() => {
  "use strict";
  const field = document.querySelector("[data-names]");
  if (!field) return;
  const WAIT = 150, LONGEST = 40;
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-rekan`, className: "names", hidden: true });
  const told = Object.assign(document.createElement("p"), { className: "vh" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  told.setAttribute("role", "status");
  const about = { "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id };
  for (const [name, value] of Object.entries(about)) field.setAttribute(name, value);
  field.after(list, told);

  let timer = 0;
  let asking = null;
  let items = [];
  let at = -1;
  let settled = -1; // where the last chosen name begins: what follows it is the note
  let nobody = ""; // what was typed when nobody was found: more letters find nobody either

  // What stands between the last `@` and the pen, or null.
  const typed = () => {
    const before = field.value.slice(0, field.selectionStart);
    const begin = before.lastIndexOf("@");
    const words = before.slice(begin + 1);
    if (begin < 0 || begin === settled || words.length > LONGEST || /[\n\d]/.test(words)) return null;
    if (/[\p{L}\p{N}_@]/u.test(before[begin - 1] || " ") || /^\s/.test(words)) return null;
    return { begin, words };
  };
  const close = () => {
    list.hidden = true;
    at = -1;
    field.removeAttribute("aria-activedescendant");
  };
  const stop = () => {
    clearTimeout(timer);
    if (asking) asking.abort();
  };
  const mark = (place) => {
    at = (place + items.length) % items.length;
    [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (name) => {
    stop();
    const place = typed();
    close();
    if (!place) return;
    field.setRangeText(`@${name} `, place.begin, field.selectionStart, "end");
    settled = place.begin;
    told.textContent = name;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = (found) => {
    items = found;
    list.replaceChildren(...items.map((name, index) => {
      const line = Object.assign(document.createElement("li"), { id: `${list.id}-${index}`, textContent: name });
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      // Before the field loses the focus.
      line.addEventListener("pointerdown", (event) => event.preventDefault());
      line.addEventListener("click", () => choose(name));
      return line;
    }));
    close();
    list.hidden = !items.length;
    told.textContent = field.dataset.found.replace("0", items.length);
  };
  const ask = async () => {
    stop();
    const place = typed();
    if (!place || (nobody && place.words.startsWith(nobody))) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${field.dataset.names}?q=${encodeURIComponent(place.words)}`, { signal });
      if (!answer.ok || signal.aborted) return undefined;
      const found = (await answer.json()).items;
      nobody = found.length ? "" : place.words;
      draw(found);
    } catch {
      // Without network the name is written out, as without this file.
    }
    return undefined;
  };
  field.addEventListener("input", () => {
    if (field.value[settled] !== "@") settled = -1;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", () => { stop(); close(); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? items.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(items[at]);
    else if (event.key === "Escape") { stop(); close(); }
    else return;
    event.preventDefault();
  });
})();

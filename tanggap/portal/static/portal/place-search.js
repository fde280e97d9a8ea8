// The place while it is typed: a list below the field, by keyboard and for screen readers too. The choice becomes the
// one radio card of the form, so that everything after works as without this file.
(() => {
  "use strict";
  const field = document.querySelector("[data-regions]");
  const first = field && field.form.querySelector(`input[type=radio][name=${field.dataset.regions}]`);
  if (!first) return;
  const cards = first.closest(".choices");
  const WAIT = 180, SHORTEST = 2;
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-daftar`, className: "places", hidden: true });
  const told = Object.assign(document.createElement("p"), { className: "vh" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  told.setAttribute("role", "status");
  const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(about)) field.setAttribute(name, value);
  field.closest(".field").append(told);
  field.parentElement.after(list);

  let timer = 0;
  let asking = null;
  let items = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    at = (place + items.length) % items.length;
    [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const two = (tag, item) => {
    const made = document.createElement(tag);
    made.append(Object.assign(document.createElement("b"), { textContent: item.name }), " ");
    made.append(Object.assign(document.createElement("span"), { className: "hint", textContent: item.above }));
    return made;
  };
  const stop = () => {
    clearTimeout(timer);
    if (asking) asking.abort();
  };
  const choose = (item) => {
    stop();
    const unknown = cards.lastElementChild;
    const card = Object.assign(document.createElement("label"), { className: "choice" });
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: field.dataset.regions, value: item.code });
    card.append(radio, " ", two("span", item));
    cards.replaceChildren(card, unknown);
    radio.checked = true;
    field.value = item.above ? `${item.name}, ${item.above}`.slice(0, field.maxLength) : item.name;
    told.textContent = field.value;
    close();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // What is typed anew no longer is what was chosen.
  const unchoose = () => {
    const chosen = cards.querySelector(":checked");
    if (chosen && chosen.value !== field.dataset.unknown) chosen.checked = false;
  };
  const draw = (found) => {
    const marked = at < 0 ? "" : items[at].code;
    items = found;
    list.replaceChildren(...items.map((item, index) => {
      const line = two("li", item);
      line.id = `${list.id}-${index}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      // Before the field loses the focus.
      line.addEventListener("pointerdown", (event) => event.preventDefault());
      line.addEventListener("click", () => choose(item));
      return line;
    }));
    at = -1;
    list.hidden = !items.length;
    field.setAttribute("aria-expanded", String(items.length > 0));
    field.removeAttribute("aria-activedescendant");
    told.textContent = field.dataset.count.replace("0", items.length);
    // A later answer must not take away what the keys had reached.
    const again = items.findIndex((item) => item.code === marked);
    if (again >= 0) mark(again);
  };
  const ask = async () => {
    stop();
    const typed = field.value.trim();
    if (typed.length < SHORTEST) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${field.dataset.source}?q=${encodeURIComponent(typed)}`, { signal });
      if (answer.ok && !signal.aborted) draw((await answer.json()).items);
    } catch {
      // Without network the form's own search remains.
    }
    return undefined;
  };
  field.addEventListener("input", () => {
    unchoose();
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", () => { stop(); close(); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? items.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(items[at]);
    else if (event.key === "Escape") { stop(); close(); }
    else return;
    event.preventDefault();
  });
})();

// The last page of the report form: parts of a photo are covered by tapping, wiping or with the keyboard, and words of the
// preview are marked by tapping them. Without this file parts of a photo are ticked
// by number, and words are ticked or typed.
(() => {
  "use strict";
  const COLUMNS = 12;

  // ---------- words ----------
  const more = document.getElementById("hide");
  const form = document.getElementById("lapor");
  const mark = (word) => {
    const tick = [...form.querySelectorAll("input[type=checkbox][name=hide]")].find((box) => box.value === word);
    if (tick) tick.checked = true;
    else if (!more.value.split("\n").includes(word)) more.value = [...more.value.split("\n").filter(Boolean), word].join("\n");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    for (const one of document.querySelectorAll(".letter [data-word]")) {
      if (one.dataset.word.toLowerCase() === word.toLowerCase()) {
        one.replaceWith(Object.assign(document.createElement("mark"), { className: "masked", textContent: "▇▇▇" }));
      }
    }
  };
  const walker = more && document.querySelectorAll(".letter h3, .letter .voice p");
  for (const block of walker || []) {
    for (const node of [...block.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE)) {
      const parts = node.textContent.split(/([\p{L}\p{N}][\p{L}\p{N}'’./-]*[\p{L}\p{N}]|[\p{L}\p{N}])/u);
      node.replaceWith(...parts.map((part, at) => {
        if (at % 2 === 0 || part.length < 2) return part;
        const word = Object.assign(document.createElement("span"), { textContent: part });
        word.dataset.word = part;
        return word;
      }));
    }
  }
  document.addEventListener("click", (event) => {
    const word = event.target.closest(".letter [data-word]");
    if (word && more) mark(word.dataset.word);
  });

  // ---------- pictures ----------
  const read = (text, rows) => {
    const cells = new Set();
    for (const part of text.split(";").filter(Boolean)) {
      const [x, y, w, h] = part.split(",").map(Number);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < COLUMNS; column += 1) {
          const middle = [(column + 0.5) * 1000 / COLUMNS, (row + 0.5) * 1000 / rows];
          if (middle[0] > x && middle[0] < x + w && middle[1] > y && middle[1] < y + h) cells.add(row * COLUMNS + column);
        }
      }
    }
    return cells;
  };
  // Neighbours in a row are one area.
  const written = (cells, rows) => {
    const edge = (n, all) => Math.round(n * 1000 / all);
    const areas = [];
    for (let row = 0; row < rows; row += 1) {
      for (let from = 0; from < COLUMNS; from += 1) {
        if (!cells.has(row * COLUMNS + from)) continue;
        let to = from;
        while (to + 1 < COLUMNS && cells.has(row * COLUMNS + to + 1)) to += 1;
        const [x, y] = [edge(from, COLUMNS), edge(row, rows)];
        areas.push([x, y, edge(to + 1, COLUMNS) - x, edge(row + 1, rows) - y].join(","));
        from = to;
      }
    }
    return areas.join(";");
  };

  const open = async (box) => {
    const { dataset } = box;
    const body = new FormData();
    body.append("key", form.elements.key.value);
    body.append("picture", dataset.picture);
    const answer = await fetch(dataset.address, { method: "POST", body });
    if (!answer.ok) return;
    const bitmap = await createImageBitmap(await answer.blob());
    const field = box.querySelector("input");
    const numbered = box.querySelector("details");
    if (numbered.open) return; // Somebody ticks already: two ways at once would undo each other.
    numbered.remove();
    const rows = Math.max(1, Math.min(24, Math.round(COLUMNS * bitmap.height / bitmap.width)));
    let cells = read(field.value, rows);
    let at = 0;
    let painting = null;

    const canvas = Object.assign(document.createElement("canvas"), { tabIndex: 0, width: Math.min(960, bitmap.width) });
    canvas.height = Math.round(canvas.width * bitmap.height / bitmap.width);
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", dataset.label);
    const said = Object.assign(document.createElement("p"), { className: "vh" });
    said.setAttribute("role", "status");
    const hint = Object.assign(document.createElement("p"), { className: "small muted", textContent: dataset.hint });
    const clear = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: dataset.clear });
    const pen = canvas.getContext("2d");

    const draw = () => {
      const [wide, tall] = [canvas.width / COLUMNS, canvas.height / rows];
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      pen.fillStyle = "#000";
      for (const cell of cells) pen.fillRect((cell % COLUMNS) * wide, Math.floor(cell / COLUMNS) * tall, wide + 1, tall + 1);
      if (document.activeElement !== canvas) return;
      const [x, y] = [(at % COLUMNS) * wide, Math.floor(at / COLUMNS) * tall];
      for (const [colour, width] of [["#000", 6], ["#fff", 2]]) {
        pen.strokeStyle = colour;
        pen.lineWidth = width;
        pen.strokeRect(x + 2, y + 2, wide - 4, tall - 4);
      }
    };
    const set = (cell, on) => {
      if (on) cells.add(cell); else cells.delete(cell);
      field.value = written(cells, rows);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      draw();
    };
    const tell = () => {
      said.textContent = `${Math.floor(at / COLUMNS) + 1}, ${at % COLUMNS + 1}: ${cells.has(at) ? dataset.covered : dataset.open}`;
    };
    const under = (event) => {
      const place = canvas.getBoundingClientRect();
      const column = Math.floor((event.clientX - place.left) / place.width * COLUMNS);
      const row = Math.floor((event.clientY - place.top) / place.height * rows);
      return column >= 0 && column < COLUMNS && row >= 0 && row < rows ? row * COLUMNS + column : null;
    };
    canvas.addEventListener("pointerdown", (event) => {
      const cell = under(event);
      if (cell === null) return;
      at = cell;
      painting = !cells.has(cell);
      set(cell, painting);
    });
    canvas.addEventListener("pointermove", (event) => {
      const cell = under(event);
      if (painting !== null && cell !== null && cells.has(cell) !== painting) set(cell, painting);
    });
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => { painting = null; });
    canvas.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
      if (event.key in steps) at = Math.max(0, Math.min(rows * COLUMNS - 1, at + steps[event.key]));
      else if (event.key === " ") set(at, !cells.has(at));
      else return;
      event.preventDefault();
      draw();
      tell();
    });
    canvas.addEventListener("focus", () => { draw(); tell(); });
    canvas.addEventListener("blur", draw);
    clear.addEventListener("click", () => { cells = new Set(); set(0, false); });
    box.append(hint, canvas, said, clear);
    box.querySelector("button[name=picture]").hidden = true;
    draw();
  };
  for (const box of document.querySelectorAll("[data-picture]")) open(box).catch(() => {});
})();

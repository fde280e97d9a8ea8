// The question for the place: "use my position", and a map of our own boundaries that is loaded when it is asked for.
// Without this file the place is found by its name.
(() => {
  "use strict";
  const box = document.getElementById("peta");
  const form = document.getElementById("lapor");
  if (!box || !form) return;
  const words = box.dataset;
  const news = box.querySelector("[data-news]");
  const room = document.getElementById("peta-isi");
  const [locate, show] = [box.querySelector("[data-locate]"), box.querySelector("[data-map]")];
  box.hidden = false;
  locate.hidden = !navigator.geolocation;

  const send = (go) => {
    const press = Object.assign(document.createElement("button"), { name: "go", value: go, hidden: true });
    form.append(press);
    form.requestSubmit(press);
    // In its turn: the browser reads the button when it builds what is sent.
    setTimeout(() => press.remove());
  };
  locate.addEventListener("click", () => {
    news.textContent = "…";
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(6);
      form.elements.longitude.value = coords.longitude.toFixed(6);
      send("locate");
    }, () => { news.textContent = words.failed; }, { timeout: 20000, maximumAge: 60000 });
  });

  const SVG = "http://www.w3.org/2000/svg";
  const draw = async (province, name) => {
    const answer = await fetch(`${words.borders}${province ? `?provinsi=${province}` : ""}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { width, height, shapes } = await answer.json();
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", province ? `${name}: ${words.province}` : words.nation);
    for (const [code, title, path] of shapes) {
      const shape = document.createElementNS(SVG, "path");
      shape.setAttribute("d", path);
      for (const [key, value] of [["tabindex", "0"], ["role", "button"], ["aria-label", title]]) shape.setAttribute(key, value);
      shape.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: title }));
      const choose = () => (province ? send(`region:${code}`) : load(code, title));
      shape.addEventListener("click", choose);
      shape.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      });
      for (const kind of ["pointerenter", "focus"]) shape.addEventListener(kind, () => { news.textContent = title; });
      svg.append(shape);
    }
    room.replaceChildren(svg);
    news.textContent = svg.getAttribute("aria-label");
    if (province) svg.firstChild.focus();
  };
  const load = (province, name) => draw(province, name).catch(() => { news.textContent = words.broken; });
  show.addEventListener("click", () => {
    room.hidden = !room.hidden;
    show.setAttribute("aria-expanded", String(!room.hidden));
    if (!room.hidden && !room.firstChild) load();
  });
})();

// The list of where the reader stands. Without this file a place is found by its name.
(() => {
  "use strict";
  const form = document.getElementById("dekat");
  if (!form || !navigator.geolocation) return;
  const news = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.latitude.value) return;
    event.preventDefault();
    news.textContent = "…";
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      // A kilometre is near enough to know the regency.
      form.elements.latitude.value = coords.latitude.toFixed(2);
      form.elements.longitude.value = coords.longitude.toFixed(2);
      form.requestSubmit();
    }, () => { news.textContent = form.dataset.failed; }, { timeout: 20000, maximumAge: 600000 });
  });
})();

// A page that waits for a job looks again by itself, as long as nobody works in it.
(() => {
  "use strict";
  const seconds = Number(document.currentScript.dataset.seconds) || 5;
  const look = () => {
    if (document.activeElement.closest("main form, main a")) return setTimeout(look, seconds * 1000);
    return location.reload();
  };
  setTimeout(look, seconds * 1000);
})();

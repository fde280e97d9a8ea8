// Makes the site an app: registers its worker, wakes it when there may be a network, and on the quick exit has it
// forget what this device keeps. The page works without.
(() => {
  "use strict";
  const { serviceWorker } = navigator;
  if (!serviceWorker || !window.indexedDB) return;
  const say = async (what) => (await serviceWorker.ready).active.postMessage(what);
  addEventListener("load", () => serviceWorker.register("/pekerja.js").catch(() => {}));
  say("read");
  say("send");
  addEventListener("online", () => say("send"));
  document.addEventListener("click", (event) => {
    // The worker outlives the page that is being left.
    if (event.target.closest("[data-quick-exit]") && serviceWorker.controller) {
      serviceWorker.controller.postMessage("forget");
    }
  }, true);
})();

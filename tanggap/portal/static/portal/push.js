// Offers to be told by this browser what happens to a case, and to see what it follows. The forms stay hidden where the
// browser cannot.
(() => {
  "use strict";
  const form = document.getElementById("peramban");
  const list = document.getElementById("diikuti");
  if (!navigator.serviceWorker || !window.PushManager || !window.Notification) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

  if (list) {
    navigator.serviceWorker.getRegistration().then((here) => here && here.pushManager.getSubscription()).then((given) => {
      if (!given) return;
      list.elements.subscription.value = JSON.stringify(given);
      list.hidden = false;
    });
  }

  if (!form) return;
  const trouble = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    delete form.dataset.sent;
    trouble.textContent = "";
    try {
      if (await Notification.requestPermission() !== "granted") throw new Error("denied");
      const here = await navigator.serviceWorker.ready;
      const asked = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
      form.elements.subscription.value = JSON.stringify(await here.pushManager.subscribe(asked));
    } catch {
      trouble.textContent = form.dataset.denied;
      return;
    }
    form.submit();
  });
})();

// Passkeys: the device makes or uses a key, and a form carries what it says. Without this script, or where the browser
// knows no passkeys, passwords stay as they are.
(() => {
  "use strict";
  const able = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON;
  if (!able) return;
  const failed = document.querySelector("[data-passkey-failed]");

  const send = (form, credential) => {
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  };
  const offer = (form, act) => {
    const button = form.querySelector("button");
    form.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      if (failed) failed.hidden = true;
      try {
        send(form, await act(form));
      } catch {
        // Refused by the device, or by the person: nothing was changed.
        if (failed) failed.hidden = false;
        button.disabled = false;
      }
    });
  };

  const adding = document.querySelector("[data-passkey-add]");
  if (adding) {
    const missing = document.querySelector("[data-passkey-missing]");
    if (missing) missing.hidden = true;
    offer(adding, (form) => {
      const { publicKey } = JSON.parse(form.dataset.passkeyAdd);
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    });
  }
  const entering = document.querySelector("[data-passkey-enter]");
  if (entering) {
    offer(entering, async (form) => {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      const { publicKey } = (await answer.json()).request_options;
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    });
  }
})();

// Lets the site open without network, sends what was written meanwhile, shows messages. Keeps one public page and the
// files it needs; never a page about somebody, a code, or anything of the officers' rooms. `KEPT` stands before this.
importScripts(KEPT.store);
const NAME = `tanggap-${KEPT.version}`;
const PATIENCE = 30000;
const UPLOAD = 240000;
const HASHED = /\.[0-9a-f]{12}\./;

self.addEventListener("install", (event) => {
  if (!event.addRoutes) return;
  // The officers' rooms go to the network without waking this worker; older browsers are told so at each request.
  const past = KEPT.closed.map((start) => ({ condition: { urlPattern: { pathname: `${start}*` } }, source: "network" }));
  event.addRoutes(past).catch(() => {});
});

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  for (const address of [KEPT.shell, ...KEPT.assets]) {
    // As nobody in particular: what is kept must be what a stranger would see.
    const answer = await fetch(address, { credentials: "omit", redirect: "error", cache: "no-cache" });
    if (!answer.ok) throw new Error(address);
    await cache.put(address, answer);
  }
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("tanggap-") && name !== NAME) await caches.delete(name);
  }
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
  await Kept.purge();
})()));

// ---------- without network ----------
const kept = async (address) => (await caches.open(NAME)).match(address, { ignoreVary: true });

const page = async (event) => {
  let timer;
  const late = new Promise((resolve, reject) => { timer = setTimeout(() => reject(new Error("late")), PATIENCE); });
  const asked = async () => (await event.preloadResponse) || fetch(event.request);
  try {
    return await Promise.race([asked(), late]);
  } catch (error) {
    // Whoever leaves in a hurry must not land on a page about reports.
    if (new URL(event.request.url).pathname === KEPT.exit) {
      return new Response("<!doctype html>", { headers: { "Content-Type": "text/html" } });
    }
    const shell = await kept(KEPT.shell);
    if (shell) return shell;
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

const file = async (request, path) => {
  if (HASHED.test(path)) return (await kept(path)) || fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await kept(path);
    if (answer) return answer;
    throw error;
  }
};

// A step of the form that did not get through: kept here, and gone on with on the page that needs no network.
const posted = async (event) => {
  const copy = event.request.clone();
  try {
    return await fetch(event.request);
  } catch (error) {
    const form = await copy.formData();
    const stay = async (why) => {
      // No answer leaves the page as it is, with what was typed.
      await tell(why);
      return new Response(null, { status: 204 });
    };
    if (form.get("shared")) return stay("stay");
    const row = Kept.rowOf(form, form.get("key") || Kept.newKey());
    const last = form.get("go") === "send";
    try {
      const photos = Kept.merged(await Kept.files(row.key), form.getAll("attachments"));
      await (last ? enqueue(row, photos) : Kept.draft(row, photos));
    } catch {
      return stay("full");
    }
    return Response.redirect(last ? KEPT.home : `${KEPT.home}?lanjut=1`, 303);
  }
};

// Photos that another app shares into this one.
const shared = async (event) => {
  const copy = event.request.clone();
  const form = await event.request.formData();
  const words = ["title", "text", "url"].map((name) => form.get(name)).filter(Boolean).join("\n");
  const row = new FormData();
  if (words) row.append("text", words);
  try {
    await Kept.draft(Kept.rowOf(row, Kept.newKey()), Kept.merged(form.getAll("attachments")));
  } catch {
    return fetch(copy);
  }
  return Response.redirect(`${KEPT.form}?lanjut=1`, 303);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || KEPT.closed.some((start) => url.pathname.startsWith(start))) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event));
  else if (request.mode === "navigate" && url.pathname === KEPT.form) event.respondWith(posted(event));
  else if (request.mode === "navigate" && url.pathname === KEPT.share) event.respondWith(shared(event));
  else if (request.method === "GET" && KEPT.assets.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});

// ---------- sending ----------
const tell = async (what) => {
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage(what);
};

const enqueue = async (row, photos) => {
  await Kept.queue(row, photos);
  if (self.registration.sync) await self.registration.sync.register("kirim").catch(() => {});
};

const send = async (row) => {
  const body = new FormData();
  for (const [name, value] of row.fields) body.append(name, value);
  for (const photo of await Kept.files(row.key)) body.append("attachments", photo);
  body.set("written_on", row.day);
  const headers = { "Idempotency-Key": row.key };
  const signal = AbortSignal.timeout(UPLOAD);
  const answer = await fetch(KEPT.queue, { method: "POST", body, headers, redirect: "error", signal });
  if (answer.ok) {
    await Kept.settle(row, (await answer.json()).tracking_id);
    return "done";
  }
  if (answer.status === 429) return "stop";
  if (![400, 409, 413, 422].includes(answer.status)) return "later";
  const { detail } = await answer.json().catch(() => ({}));
  await (row.quiet ? Kept.drop("queue", row.key) : Kept.keep("queue", { ...row, fault: detail || "?" }));
  return "done";
};

// One after the other, by one sender: two would upload the same photos twice, though the key makes one case of it.
const flush = () => navigator.locks.request("tanggap-kirim", async () => {
  await Kept.purge();
  let all = true;
  for (const row of await Kept.all("queue")) {
    if (row.fault) continue;
    const outcome = await send(row).catch(() => "stop");
    if (outcome !== "done") all = false;
    if (outcome === "stop") break;
  }
  await badge();
  await tell("changed");
  return all;
});

self.addEventListener("sync", (event) => event.waitUntil((async () => {
  // Failing asks the browser to try again later.
  if (!await flush()) throw new Error("unsent");
})()));

self.addEventListener("message", (event) => event.waitUntil((async () => {
  if (event.data === "forget") await Kept.forget().then(badge);
  if (event.data === "read") await Kept.drop("meta", "unread").then(badge);
  if (event.data === "send") await flush();
})()));

// ---------- messages ----------
const badge = async () => {
  if (!navigator.setAppBadge) return;
  const { count = 0 } = (await Kept.meta("unread")) || {};
  const waiting = count + (await Kept.all("sent")).length;
  await (waiting ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(() => {});
};

self.addEventListener("push", (event) => event.waitUntil((async () => {
  // Number, clock and link for every case alike: a lock screen is read by whoever stands beside it.
  const told = event.data.json();
  const body = [told.tracking_id, told.clock].filter(Boolean).join(" · ");
  await self.registration.showNotification(told.title, { body, tag: told.tag, icon: KEPT.icon, data: told.link });
  // Counted afterwards: a full or locked store must not swallow the message.
  const { count = 0 } = (await Kept.meta("unread")) || {};
  await Kept.keep("meta", { name: "unread", count: count + 1 });
  await badge();
})()));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // The path alone: the link may name another of the hosts under which this site is known.
  event.waitUntil(self.clients.openWindow(new URL(event.notification.data || "/", location.origin).pathname));
});

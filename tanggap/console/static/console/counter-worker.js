// Lets the counter open without network. Keeps one page that names nobody, and the files it needs; never an answer
// with a person's data in it. `KEPT` stands before this text: version, addresses. Everything else goes to the network.
const NAME = `loket-${KEPT.version}`;
const PATIENCE = 8000;

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  for (const address of [KEPT.shell, ...KEPT.assets]) {
    // A page of signing in must never take the place of the form.
    const answer = await fetch(address, { redirect: "error", cache: "no-cache" });
    if (!answer.ok) throw new Error(address);
    await cache.put(address, answer);
  }
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("loket-") && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
})()));

const kept = (address) => caches.match(address, { ignoreVary: true });

const page = async (request) => {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: giveUp.signal });
    if (answer.status < 500) return answer;
    return (await kept(KEPT.shell)) || answer;
  } catch (error) {
    const shell = await kept(KEPT.shell);
    if (shell) return shell;
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

const file = async (request, path) => {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await kept(path);
    if (answer) return answer;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === KEPT.home) event.respondWith(page(request));
  else if (KEPT.assets.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});

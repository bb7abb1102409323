// Says that there is no connection, and nothing else: no record is ever kept, so none is ever shown as fresh.
"use strict";
const NOTICE = "/offline";
const SHELF = "kith-notice-VERSION";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll([NOTICE, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== SHELF).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(NOTICE)));
  } else if (FILES.includes(new URL(request.url).pathname + new URL(request.url).search)) {
    // Only what the notice itself is drawn with, and only when the network has failed.
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

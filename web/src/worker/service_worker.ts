/* Keeps the app's files, so that it opens offline, and takes pushes. It never syncs. */

import type { ToWorker } from "../platform/worker_messages.ts";
import { followPushes } from "./pushes.ts";

/** Written by the build: the addresses of what to keep, and a version that changes with any of them. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `amanat-${__VERSION__}`;
const FILES: ReadonlySet<string> = new Set(__FILES__);

worker.addEventListener("install", (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...FILES])));
});

worker.addEventListener("activate", (event) => {
    event.waitUntil(forgetOldVersions().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== worker.location.origin || !FILES.has(pathname)) return;
    event.respondWith(kept(event.request, pathname));
});

worker.addEventListener("message", (event) => {
    if ((event.data as ToWorker).kind === "take-over") event.waitUntil(worker.skipWaiting());
});

followPushes(worker, binary);

async function forgetOldVersions(): Promise<void> {
    const names = await caches.keys();
    await Promise.all(
        names.filter((name) => name.startsWith("amanat-") && name !== CACHE).map((name) => caches.delete(name)),
    );
}

/** The crypto's binary, from among the files: as large as all the others together, it is not to be loaded for a push. */
async function binary(): Promise<Response> {
    const pathname = [...FILES].find((file) => file.endsWith(".wasm")) ?? "";
    return kept(new Request(pathname), pathname);
}

async function kept(request: Request, pathname: string): Promise<Response> {
    const cache = await caches.open(CACHE);
    return (await cache.match(pathname)) ?? fetch(request);
}

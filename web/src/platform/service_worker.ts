/* The worker that keeps the app's files, so that it opens offline. */

import { ownScript } from "./trusted_types.ts";

/** Register the worker. A browser without one still runs the app. */
export async function registerServiceWorker(): Promise<void> {
    if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
    await navigator.serviceWorker.register(ownScript("/sw.js"), { type: "module", updateViaCache: "none" });
}

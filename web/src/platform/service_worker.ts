/* The worker that keeps the app's files, so that it opens offline; and the next build of the app, which it finds. */

import { type Followed, Observable } from "./observable.ts";
import { ownScript } from "./trusted_types.ts";
import type { ToWorker } from "./worker_messages.ts";

/** The build that is to come: its files are here, and nothing of it runs until somebody says so. */
export interface NextBuild {
    readonly waits: Followed<boolean>;
    /** Load the page anew with it. */
    use(): void;
}

/** A tab may stay open for weeks. */
const ASK_EVERY_MS = 60 * 60 * 1000;

/** Register the worker, and watch for a newer one. A browser without workers still runs the app. */
export function watchBuilds(): NextBuild {
    const waits = new Observable(false);
    let registration: ServiceWorkerRegistration | null = null;
    if ("serviceWorker" in navigator && import.meta.env.PROD) {
        void register(waits).then(
            (registered) => {
                registration = registered;
            },
            () => {},
        );
    }
    return {
        waits,
        use() {
            const waiting = registration?.waiting;
            if (!waiting) return location.reload();
            navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
            const message: ToWorker = { kind: "take-over" };
            waiting.postMessage(message);
        },
    };
}

async function register(waits: Observable<boolean>): Promise<ServiceWorkerRegistration> {
    const { serviceWorker } = navigator;
    const options: RegistrationOptions = { type: "module", updateViaCache: "imports" };
    const registration = await serviceWorker.register(ownScript("/sw.js"), options);
    // The first worker of a browser waits for nobody, and replaces none.
    const look = () => waits.set(registration.waiting !== null && serviceWorker.controller !== null);
    const follow = () => registration.installing?.addEventListener("statechange", look);
    registration.addEventListener("updatefound", follow);
    follow();
    look();
    setInterval(() => registration.update().catch(() => {}), ASK_EVERY_MS);
    return registration;
}

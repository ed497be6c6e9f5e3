/* The way between a window and the worker. */

import type { Stop } from "./observable.ts";
import type { FromWorker, ToWorker } from "./worker_messages.ts";

export interface WorkerChannel {
    hear(take: (message: FromWorker) => Promise<boolean>): Stop;
    tell(message: ToWorker): Promise<void>;
}

export const workerChannel: WorkerChannel = {
    hear(take) {
        if (!("serviceWorker" in navigator)) return () => {};
        const listen = ({ data, ports: [port] }: MessageEvent<FromWorker>) => {
            void take(data)
                .catch(() => false)
                .then((taken) => port?.postMessage(taken));
        };
        navigator.serviceWorker.addEventListener("message", listen);
        return () => navigator.serviceWorker.removeEventListener("message", listen);
    },

    async tell(message) {
        if (!("serviceWorker" in navigator)) return;
        const registration = await navigator.serviceWorker.getRegistration();
        registration?.active?.postMessage(message);
    },
};

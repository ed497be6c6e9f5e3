/* What the worker and the open windows say to each other. */

/** What the worker says. Windows answer whether they took care of it. */
export type FromWorker =
    /** Something came. */
    | { kind: "push"; roomId: string; eventId: string }
    /** Somebody pressed a notification. */
    | { kind: "open"; roomId: string }
    /** The browser has given the subscription up. */
    | { kind: "renew" };

/** What the worker must know while no window is open. It lies on this device in clear. */
export type WorkerSettings = {
    language: "id" | "en";
    /** Minutes after midnight between which it is quiet; null: never. */
    quiet: { from: number; to: number } | null;
    /** Whether notifications say who wrote what. */
    content: boolean;
};

export type ToWorker =
    | { kind: "settings"; settings: WorkerSettings }
    | { kind: "forget" }
    /** To one that waits: the windows are to run its build from now on. */
    | { kind: "take-over" };

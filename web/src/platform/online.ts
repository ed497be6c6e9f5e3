/* Whether this device believes that it is connected. */

import { type Followed, Observable } from "./observable.ts";

export function browserOnline(): Followed<boolean> {
    const online = new Observable(navigator.onLine);
    const look = () => online.set(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return online;
}

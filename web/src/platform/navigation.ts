/* Where in the app somebody is: the part of the address behind `#`, so that the back gesture works. */

import { type Followed, Observable } from "./observable.ts";

/** The parts of a place, decoded: `#/chat/%21id/info` is `["chat", "!id", "info"]`. What a link says behind a `?` is the
 * last part, as it is: `#/u/ani?text=a%20b` is `["u", "ani", "?text=a%20b"]`. */
export type Place = readonly string[];

export interface Navigation {
    readonly place: Followed<Place>;
    go(place: Place, options?: { replace?: boolean }): void;
    back(): void;
}

/** Return the address of a place, for a link. */
export function addressOf(place: Place): string {
    return `#/${place.map(encodeURIComponent).join("/")}`;
}

/** Return the place of an address; the start for what nobody could have linked. */
export function placeOf(hash: string): Place {
    const [path = "", ...said] = hash.replace(/^#\/?/, "").split("?");
    const query = said.join("?");
    try {
        const place = path.split("/").filter(Boolean).map(decodeURIComponent);
        return query === "" ? place : [...place, `?${query}`];
    } catch {
        return [];
    }
}

/** Follow the address of this window. */
export function browserNavigation(): Navigation {
    const place = new Observable<Place>(placeOf(location.hash));
    addEventListener("hashchange", () => place.set(placeOf(location.hash)));
    return {
        place,
        go(to, { replace = false } = {}) {
            if (replace) location.replace(addressOf(to));
            else location.hash = addressOf(to);
        },
        back: () => history.back(),
    };
}

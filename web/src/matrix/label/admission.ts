/* Services in groups: whoever writes there is told of one that came in before anything is encrypted to it. Pure. */

import type { Reader } from "./label.ts";

/** In a chat of two with a service one knows whom one writes to. */
const TWO = 2;

export function isGroup(readers: { length: number }): boolean {
    return readers.length > TWO;
}

/** Name what a person goes on with: this service, in this group, on these devices, run by these. Another host or another
 * device is asked about anew. */
export function admissionOf(roomId: string, { userId, devices, service }: About): string {
    const hosts = (service?.hosts ?? []).map(({ name, country }) => [name, country]);
    return JSON.stringify([roomId, userId, devices.map(({ id }) => id).toSorted(), hosts]);
}

type About = Pick<Reader, "userId" | "devices" | "service">;

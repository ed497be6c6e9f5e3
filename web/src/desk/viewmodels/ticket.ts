/* The signed ticket behind a QR code, checked without a network: `amanat/gateway/appointments/tickets.py` signs it. */

/** How a ticket's QR code begins; nothing else that is held out does. */
export const TICKET = "AT1.";

/** What a ticket says: the number, the counter as `place.counter`, when the visit starts in seconds since 1970, and
 * how often it was moved. */
export type SignedTicket = { n: string; c: string; t: number; m: number };

/** This browser cannot check signatures. */
export class CannotCheck extends Error {
    override readonly name = "CannotCheck";
}

const LONGEST = 400;

/** Return what a ticket says; null if the office's key, 32 bytes in base64url, has not signed it. Throws `CannotCheck`. */
export async function checked(text: string, key: string): Promise<SignedTicket | null> {
    const [prefix, payload, signature, ...more] = text.split(".");
    if (`${prefix}.` !== TICKET || !payload || !signature || more.length > 0 || text.length > LONGEST) return null;
    const office = await imported(key);
    try {
        const signed = new TextEncoder().encode(`${prefix}.${payload}`);
        if (!(await crypto.subtle.verify("Ed25519", office, bytesOf(signature), signed))) return null;
        return ticketOf(JSON.parse(new TextDecoder().decode(bytesOf(payload))));
    } catch {
        return null; // it is no base64, or no JSON
    }
}

async function imported(key: string): Promise<CryptoKey> {
    try {
        return await crypto.subtle.importKey("raw", bytesOf(key), "Ed25519", false, ["verify"]);
    } catch {
        throw new CannotCheck("Ed25519 is missing here.");
    }
}

function ticketOf(said: unknown): SignedTicket | null {
    if (typeof said !== "object" || said === null) return null;
    const { n, c, t, m } = said as Record<string, unknown>;
    if (typeof n !== "string" || typeof c !== "string" || typeof t !== "number") return null;
    return { n, c, t, m: typeof m === "number" ? m : 0 };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
    const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

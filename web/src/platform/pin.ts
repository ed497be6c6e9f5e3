/* A PIN as it is kept: never itself, only what half a second of work makes of it. */

/** What OWASP asks of PBKDF2 with SHA-256. */
const ROUNDS = 600_000;
const SALT_BYTES = 16;

/** Return a fresh salt, in a form that can be kept. */
export function newSalt(): number[] {
    return [...crypto.getRandomValues(new Uint8Array(SALT_BYTES))];
}

/** Return what proves a PIN. */
export async function proofOf(pin: string, salt: readonly number[]): Promise<string> {
    const bytes = new TextEncoder().encode(pin.normalize("NFKC"));
    const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: Uint8Array.from(salt), iterations: ROUNDS };
    const bits = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
    return Array.from(bits, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* A secret wrapped by another: HKDF (RFC 5869) makes a key of the one, AES-GCM seals the other with it. */

const NONCE_BYTES = 12;

/** What a wrap is for: it opens for nothing else. */
export type Purpose = { salt: Uint8Array<ArrayBuffer>; name: string };

/** Wrap bytes with a secret. */
export async function wrap(
    clear: Uint8Array<ArrayBuffer>,
    secret: Uint8Array<ArrayBuffer>,
    purpose: Purpose,
): Promise<Uint8Array<ArrayBuffer>> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const key = await keyOf(secret, purpose);
    const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(iv, purpose), key, clear));
    return Uint8Array.from([...iv, ...sealed]);
}

/** Return what was wrapped; null if this is not its secret, or it was wrapped for something else. */
export async function unwrap(
    wrapped: Uint8Array<ArrayBuffer>,
    secret: Uint8Array<ArrayBuffer>,
    purpose: Purpose,
): Promise<Uint8Array<ArrayBuffer> | null> {
    const [iv, sealed] = [wrapped.slice(0, NONCE_BYTES), wrapped.slice(NONCE_BYTES)];
    const key = await keyOf(secret, purpose);
    try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, purpose), key, sealed));
    } catch {
        return null;
    }
}

async function keyOf(secret: Uint8Array<ArrayBuffer>, { salt, name }: Purpose): Promise<CryptoKey> {
    const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const hkdf: HkdfParams = { name: "HKDF", hash: "SHA-256", salt, info: bytes(name) };
    return crypto.subtle.deriveKey(hkdf, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function parameters(iv: Uint8Array<ArrayBuffer>, { name }: Purpose): AesGcmParams {
    return { name: "AES-GCM", iv, additionalData: bytes(name) };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(text);
}

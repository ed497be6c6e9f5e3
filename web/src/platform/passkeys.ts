/* Passkeys as makers of secrets: what one makes of a salt (PRF) is the same wherever that passkey is, and nobody else
 * can make it. Nothing is signed in by this: the answer stays on the device. */

/** A prompt that nobody answers must not keep the other ways shut for ever. */
const PATIENCE_MS = 60_000;

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
    return "PublicKeyCredential" in globalThis;
}

/** Ask for one of several passkeys, by id, until `signal` says not to; return which it was and what it makes of its
 * salt. Null if the person changed their mind, or none of them is here, or it makes no secrets. */
export async function secretOfPasskey(
    rpId: string,
    salts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    signal: AbortSignal,
): Promise<{ id: string; secret: Uint8Array<ArrayBuffer> } | null> {
    const evalByCredential = Object.fromEntries([...salts].map(([id, first]) => [id, { first }]));
    try {
        const used = await navigator.credentials.get({
            signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
            publicKey: {
                // Nobody checks a signature here, so nobody has to know what was signed.
                challenge: crypto.getRandomValues(new Uint8Array(32)),
                rpId,
                userVerification: "required",
                allowCredentials: [...salts.keys()].map((id) => ({ type: "public-key", id: bytesOf(id) })),
                extensions: { prf: { evalByCredential } },
            },
        });
        if (!(used instanceof PublicKeyCredential)) return null;
        const secret = used.getClientExtensionResults().prf?.results?.first;
        return secret === undefined ? null : { id: used.id, secret: copied(secret) };
    } catch {
        return null;
    }
}

/** Ids of passkeys are written in base64url. */
function bytesOf(id: string): Uint8Array<ArrayBuffer> {
    const letters = atob(id.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function copied(source: BufferSource): Uint8Array<ArrayBuffer> {
    const view = ArrayBuffer.isView(source)
        ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
        : null;
    return Uint8Array.from(view ?? new Uint8Array(source as ArrayBuffer));
}

/* This device's own way of knowing its owner (finger, face, its PIN) as a key to locked chats. Nothing goes to a server:
 * the key is made here, and its signature is checked here. */

export type KeptPasskey = { id: number[]; publicKey: number[] };

const ES256 = -7;
const HALF = 32;
/** In an authenticator's answer: the byte of flags, and the flag that says that it knew its owner. */
const FLAGS_AT = 32;
const OWNER_WAS_THERE = 0x04;

/** Make one; throws where the device has no such way or somebody refuses. `name` is shown by the device. */
export async function makePasskey(name: string): Promise<KeptPasskey> {
    const made = await navigator.credentials.create({
        publicKey: {
            challenge: crypto.getRandomValues(new Uint8Array(32)),
            rp: { name: "Amanat" },
            user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
            pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
            authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
        },
    });
    const answer = made instanceof PublicKeyCredential ? made.response : null;
    const key = answer instanceof AuthenticatorAttestationResponse ? answer.getPublicKey() : null;
    if (!(made instanceof PublicKeyCredential) || key === null) throw new Error("The device made no key.");
    return { id: [...new Uint8Array(made.rawId)], publicKey: [...new Uint8Array(key)] };
}

/** Ask for it; return whether its owner was there. */
export async function askPasskey({ id, publicKey }: KeptPasskey): Promise<boolean> {
    const challenge = crypto.getRandomValues(new Uint8Array(32));
    const given = await navigator.credentials
        .get({
            publicKey: {
                challenge,
                allowCredentials: [{ type: "public-key", id: Uint8Array.from(id) }],
                userVerification: "required",
            },
        })
        .catch(() => null);
    const answer = given instanceof PublicKeyCredential ? given.response : null;
    if (!(answer instanceof AuthenticatorAssertionResponse)) return false;
    const flags = new Uint8Array(answer.authenticatorData)[FLAGS_AT] ?? 0;
    if ((flags & OWNER_WAS_THERE) === 0 || !asked(answer.clientDataJSON, challenge)) return false;
    const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("spki", Uint8Array.from(publicKey), ecdsa, false, ["verify"]);
    const hash = await crypto.subtle.digest("SHA-256", answer.clientDataJSON);
    const signed = new Uint8Array([...new Uint8Array(answer.authenticatorData), ...new Uint8Array(hash)]);
    return crypto.subtle.verify(ecdsa, key, rawSignature(new Uint8Array(answer.signature)), signed);
}

/** Whether an answer is to what was just asked, and not an earlier one. */
function asked(clientData: ArrayBuffer, challenge: Uint8Array): boolean {
    const { challenge: answered } = JSON.parse(new TextDecoder().decode(clientData)) as { challenge: string };
    const base64 = btoa(String.fromCharCode(...challenge));
    return answered === base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** WebAuthn signs in DER, `30 len 02 len r 02 len s`; WebCrypto wants both numbers in 32 bytes each. */
function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> {
    const raw = new Uint8Array(2 * HALF);
    let at = 2;
    for (const half of [0, HALF]) {
        const length = der[at + 1] ?? 0;
        const number = der.subarray(at + 2, at + 2 + length);
        const significant = number.subarray(Math.max(0, length - HALF));
        raw.set(significant, half + HALF - significant.length);
        at += 2 + length;
    }
    return raw;
}

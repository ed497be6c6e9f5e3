/* Bytes on their way here from the server's store of files, and what opens those that lie there encrypted.
 * spec: client-server-api#content-repository */

import { decryptAttachment } from "matrix-encrypt-attachment";
import { type IContent, MatrixError } from "matrix-js-sdk/lib/matrix";
import type { Session } from "../session/session.ts";
import type { FileKey } from "./media_body.ts";

/** How much of something has gone or come, from 0 to 1. */
export type OnProgress = (fraction: number) => void;

/** Why a file could not be fetched: it was deleted, it is not what was sent, or the way to it failed. */
export type FetchProblem = "gone" | "broken" | "unreachable";

export class FetchFailed extends Error {
    override name = "FetchFailed";
    readonly problem: FetchProblem;

    constructor(problem: FetchProblem, cause?: unknown) {
        super(`A file could not be fetched: ${problem}.`, { cause });
        this.problem = problem;
    }
}

/** Which bytes of what lies at an address: `side` asks for a small picture that fills a square of so many pixels. */
export type Wanted = { mxc: string; side?: number; size?: number | null };

/** Fetch bytes as they lie on the server; throws `MatrixError` for an answer that refuses. */
export async function download(
    session: Session,
    { mxc, side, size = null }: Wanted,
    progress: OnProgress = () => {},
): Promise<ArrayBuffer> {
    const { client } = session;
    const address = client.mxcUrlToHttp(mxc, side, side, side === undefined ? undefined : "crop", false, true, true);
    if (address === null) throw new FetchFailed("gone");
    // js-sdk's own requests tell nothing of how far they are.
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
    if (!answer.ok) throw new MatrixError(await errorIn(answer), answer.status);
    return collect(answer, size ?? Number(answer.headers.get("content-length") ?? 0), progress);
}

/** Do something, and once more if the token has ended: js-sdk's next ordinary request renews it. */
export async function renewing<Result>(session: Session, begin: () => Promise<Result>): Promise<Result> {
    try {
        return await begin();
    } catch (error) {
        if (!(error instanceof MatrixError) || error.httpStatus !== 401) throw error;
        await session.client.whoami();
        return begin();
    }
}

/** Decrypt a file; throws `FetchFailed` if it is not what its sender gave the key of. */
export async function opened(lock: FileKey, ciphertext: ArrayBuffer): Promise<Blob> {
    const jwk = { kty: "oct", key_ops: ["encrypt", "decrypt"], alg: "A256CTR", k: lock.key, ext: true };
    try {
        const info = { v: "v2", key: jwk, iv: lock.iv, hashes: { sha256: lock.sha256 } };
        return new Blob([await decryptAttachment(ciphertext, info)]);
    } catch (error) {
        throw new FetchFailed("broken", error);
    }
}

/** Say of any failure what it means for a file. */
export function asFetchFailed(error: unknown): never {
    if (error instanceof FetchFailed) throw error;
    const gone = error instanceof MatrixError && (error.httpStatus === 404 || error.httpStatus === 410);
    throw new FetchFailed(gone ? "gone" : "unreachable", error);
}

async function collect(answer: Response, total: number, progress: OnProgress): Promise<ArrayBuffer> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let loaded = 0;
    const reader = answer.body?.getReader();
    for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
        parts.push(next.value);
        loaded += next.value.byteLength;
        if (total > 0) progress(Math.min(1, loaded / total));
    }
    return new Blob(parts).arrayBuffer();
}

async function errorIn(answer: Response): Promise<IContent> {
    return answer.json().catch(() => ({})) as Promise<IContent>;
}

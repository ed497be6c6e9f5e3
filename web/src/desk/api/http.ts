/* Asking the gateway: JSON both ways, or a file, and what it says when it refuses. */

/** The gateway says no: `code` is its short name for why, `details` all that it said. */
export class Refused extends Error {
    override readonly name = "Refused";
    readonly status: number;
    readonly code: string;
    readonly details: Readonly<Record<string, unknown>>;

    constructor(status: number, details: Readonly<Record<string, unknown>>) {
        super(typeof details.message === "string" ? details.message : `The gateway answered ${status}.`);
        this.status = status;
        this.code = typeof details.code === "string" ? details.code : "";
        this.details = details;
    }
}

/** Nothing has answered: it may or may not have been done. */
export class Unreachable extends Error {
    override readonly name = "Unreachable";
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What is asked beside the address. A `body` that is a `Blob` travels as it is; `file`: the answer is one.
 * `patienceMs`: when nobody waits any longer. */
export type Asking = { body?: object; signal?: AbortSignal; patienceMs?: number; file?: boolean };

/** Throws `Refused` or `Unreachable`. The types of answers are the gateway's word. */
export type Ask = <Answer>(method: Method, path: string, asking?: Asking) => Promise<Answer>;

/** The part of the browser's `fetch` that is needed. */
export type Fetch = (path: string, how: RequestInit) => Promise<Response>;

const PATIENCE_MS = 20_000;

/** Ask by `fetch`. Whoever is no longer signed in is told to `ended`, whatever was asked. */
export function asking(fetch: Fetch, ended: (refusal: Refused) => void): Ask {
    return async <Answer>(method: Method, path: string, asked: Asking = {}) => {
        const { signal, patienceMs = PATIENCE_MS, file = false } = asked;
        const limit = AbortSignal.timeout(patienceMs);
        const how: RequestInit = {
            method,
            signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
            ...(method === "GET" ? {} : sent(asked.body ?? {})),
        };
        const { answered, said } = await spoken(fetch, path, { how, file });
        if (answered.ok) return said as Answer;
        // Something broke there, or on the way: that is no refusal.
        if (answered.status >= 500) throw new Unreachable(`The gateway answered ${answered.status}.`);
        const refusal = new Refused(answered.status, (said ?? {}) as Record<string, unknown>);
        if (refusal.status === 401) ended(refusal);
        throw refusal;
    };
}

/** Whatever changes something says that it is JSON or bytes, also where it says nothing: no form of a stranger can. */
function sent(body: object): Pick<RequestInit, "headers" | "body"> {
    return body instanceof Blob
        ? { headers: { "Content-Type": "application/octet-stream" }, body }
        : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function spoken(
    fetch: Fetch,
    path: string,
    { how, file }: { how: RequestInit; file: boolean },
): Promise<{ answered: Response; said: unknown }> {
    try {
        const answered = await fetch(path, how);
        if (file && answered.ok) return { answered, said: await answered.blob() };
        const text = await answered.text();
        return { answered, said: text === "" ? null : JSON.parse(text) };
    } catch (error) {
        throw new Unreachable("The gateway could not be reached.", { cause: error });
    }
}

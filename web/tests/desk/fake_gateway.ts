/* The gateway's edge for tests of view models: what would travel is JSON, and each address answers as a test says. */

import { vi } from "vitest";

import { type Ask, asking, type Fetch, type Method, Refused } from "../../src/desk/api/http.ts";

type Asked = { method: Method; path: string; body: unknown };
type Answers = (asked: Asked) => unknown;

/** Thrown by an answer: the connection breaks. */
export const BREAK = new Error("The connection broke.");

/** Answers by what an address ends with; of several the longest. Remembers what was asked. */
export class FakeGateway {
    readonly asked: Asked[] = [];
    readonly #answers = new Map<string, Answers>();
    ended = 0;

    on(method: Method, ending: string, answers: Answers): this {
        this.#answers.set(`${method} ${ending}`, answers);
        return this;
    }

    get fetch(): Fetch {
        return async (path, { method = "GET", body }) => {
            const asked = {
                method: method as Method,
                path,
                body: body === undefined || body instanceof Blob ? (body ?? null) : JSON.parse(String(body)),
            };
            this.asked.push(asked);
            const keys = [...this.#answers.keys()].filter((key) => {
                const [verb, ending = ""] = key.split(" ");
                return verb === method && path.endsWith(ending);
            });
            const best = keys.toSorted((one, other) => other.length - one.length)[0];
            if (best === undefined) return Response.json({ code: "NOT_FOUND", message: path }, { status: 404 });
            return answered(() => this.#answers.get(best)?.(asked));
        };
    }

    get ask(): Ask {
        return asking(this.fetch, () => {
            this.ended += 1;
        });
    }

    /** Return what was sent to an address, in order. */
    sent(method: Method, ending: string): unknown[] {
        return this.asked
            .filter((each) => each.method === method && each.path.endsWith(ending))
            .map(({ body }) => body);
    }
}

function answered(answer: () => unknown): Response {
    try {
        const said = answer() ?? {};
        return said instanceof Blob ? new Response(said) : Response.json(said);
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return Response.json({ ...error.details }, { status: error.status });
    }
}

/** Refuse, as the gateway does. */
export function refuse(status: number, code: string, details: object = {}): never {
    throw new Refused(status, { code, message: code, ...details });
}

/** Wait until something holds: what is asked is answered in turns of the event loop. */
export async function eventually(holds: () => void | Promise<void>): Promise<void> {
    await vi.waitFor(holds, { interval: 1, timeout: 5_000 });
}

import { expect, test } from "vitest";

import { SealedNote } from "../../../src/matrix/keys/sealed_note.ts";
import type { Session } from "../../../src/matrix/session/session.ts";

/** As much of a session as a note needs; devices of one account have the same `kept`. */
function session(kept: Map<string, object>, backupKey: number | null, userId = "@ani:x"): Session {
    const client = {
        getAccountData: (type: string) => (kept.has(type) ? { getContent: () => kept.get(type) } : undefined),
        setAccountData: async (type: string, content: object) => void kept.set(type, content),
    };
    const crypto = {
        getSessionBackupPrivateKey: async () => (backupKey === null ? null : new Uint8Array(32).fill(backupKey)),
    };
    return { client, crypto, userId } as unknown as Session;
}

const note = (kept: Map<string, object>, key: number | null, userId?: string) =>
    new SealedNote(session(kept, key, userId), "id.amanat.test");

test("what one device writes the others read, and the server does not", async () => {
    const kept = new Map<string, object>();
    await note(kept, 1).write({ secret: "kucing" });
    expect(await note(kept, 1).read()).toEqual({ secret: "kucing" });
    expect(JSON.stringify([...kept])).not.toContain("kucing");
});

test("it opens with no other key, and for nobody else", async () => {
    const kept = new Map<string, object>();
    await note(kept, 1).write("kucing");
    expect(await note(kept, 2).read()).toBeNull();
    expect(await note(kept, null).read()).toBeNull();
    expect(await note(kept, 1, "@budi:x").read()).toBeNull();
});

test("nothing is written in clear where there is no key", async () => {
    const kept = new Map<string, object>();
    await expect(note(kept, null).write("kucing")).rejects.toThrow();
    expect(kept.size).toBe(0);
});

test.each([{}, { nonce: 5, ciphertext: "x" }, { nonce: "!", ciphertext: "!" }])("%j says nothing", async (content) => {
    expect(await note(new Map([["id.amanat.test", content]]), 1).read()).toBeNull();
});

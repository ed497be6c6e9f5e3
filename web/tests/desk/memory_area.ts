/* An area of a vault that forgets everything when the test ends. */

import type { Area } from "../../src/platform/vault.ts";

export function memoryArea<Value>(): Area<Value> {
    const kept = new Map<string, Value>();
    return {
        get: async (key) => kept.get(key),
        put: async (key, value) => void kept.set(key, value),
        putAll: async (entries) => {
            for (const [key, value] of entries) kept.set(key, value);
        },
        delete: async (key) => void kept.delete(key),
        all: async () => new Map(kept),
    };
}

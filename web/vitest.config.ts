import { defineConfig } from "vitest/config";

/* Everything below the views is tested under Node, without a DOM. */
export default defineConfig({
    test: { include: ["tests/**/*.test.ts"], environment: "node", restoreMocks: true, testTimeout: 60_000 },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { site } from "./build/site.ts";

/* Built files lie inside the Python package, which serves them. */
export default defineConfig({
    plugins: [react(), site()],
    build: {
        outDir: "../src/amanat/web_app",
        emptyOutDir: true,
        target: "es2023",
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 6000,
        modulePreload: { polyfill: false },
        rolldownOptions: {
            input: { index: "index.html", design: "design.html", sw: "src/worker/service_worker.ts" },
            output: {
                entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
            },
        },
    },
    worker: {
        format: "es",
        // js-sdk does not say so of itself: a module of it that is asked for nothing does nothing.
        rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.includes("/matrix-js-sdk/") } },
    },
    optimizeDeps: { exclude: ["@matrix-org/matrix-sdk-crypto-wasm"] },
    // `make dev` serves the app's sources with reload, beside a server that answers everything else.
    server: {
        proxy: Object.fromEntries(
            ["/_matrix", "/_amanat", "/.well-known"].map((path) => [path, "http://localhost:8008"]),
        ),
    },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { site } from "./build/site.ts";

/* Built files lie inside the Python package, which serves them. The desk is built apart: a gateway serves it elsewhere, so
 * that a script that both need would be loaded twice all the same, and the app's first screen would come in more pieces. */
export default defineConfig({
    plugins: [react(), site()],
    builder: {
        async buildApp({ build, environments: { client, desk } }) {
            if (client === undefined || desk === undefined) throw new Error("There are an app and a desk to build.");
            await build(client);
            await build(desk);
        },
    },
    environments: {
        client: {
            build: {
                emptyOutDir: true,
                rolldownOptions: {
                    input: { index: "index.html", design: "design.html", sw: "src/worker/service_worker.ts" },
                },
            },
        },
        desk: {
            consumer: "client",
            build: { emptyOutDir: false, copyPublicDir: false, rolldownOptions: { input: { desk: "desk.html" } } },
        },
    },
    build: {
        outDir: "../src/amanat/web_app",
        target: "es2023",
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 6000,
        modulePreload: { polyfill: false },
        rolldownOptions: {
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

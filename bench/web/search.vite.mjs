/* How the page that searches is bundled: one file, with the app's own libraries. */

import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));

export default {
    build: {
        lib: { entry: new URL("search.mjs", import.meta.url).pathname, formats: ["es"], fileName: () => "search.js" },
        target: "es2023",
        emptyOutDir: false,
    },
    resolve: { alias: { idb: require.resolve("idb") } },
};

/* The walls of the app: views -> viewmodels -> matrix -> platform, and one way only. `npm run check` holds them. */

const only = (room, allowed) => ({
    name: `${room}-imports`,
    severity: "error",
    comment: `${room}/ may import ${["itself", ...allowed].join(", ")} and nothing else of ours.`,
    from: { path: `^src/${room}/` },
    to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
});

const keepsOut = (room, what, paths) => ({
    name: `${room}-without-${what}`,
    severity: "error",
    comment: `${room}/ knows no ${what}.`,
    from: { path: `^src/${room}/` },
    to: { path: paths },
});

module.exports = {
    forbidden: [
        only("platform", []),
        only("i18n", []),
        only("design", ["i18n"]),
        only("matrix", ["platform"]),
        only("viewmodels", ["matrix", "platform"]),
        only("views", ["viewmodels", "design", "i18n"]),
        only("gallery", ["design", "i18n"]),
        only("worker", ["platform", "matrix", "i18n"]),
        keepsOut("viewmodels", "react", "node_modules/react"),
        keepsOut("matrix", "react", "node_modules/react"),
        keepsOut("views", "matrix-js-sdk", "node_modules/(matrix-js-sdk|@matrix-org)"),
        keepsOut("viewmodels", "matrix-js-sdk", "node_modules/(matrix-js-sdk|@matrix-org)"),
        keepsOut("platform", "matrix-js-sdk", "node_modules/(matrix-js-sdk|@matrix-org)"),
        {
            name: "no-cycles",
            severity: "error",
            from: {},
            to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
        },
        {
            name: "no-orphans",
            severity: "error",
            from: { orphan: true, pathNot: ["\\.d\\.ts$", "^src/worker/"] },
            to: {},
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.json" },
        enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "browser", "default"] },
    },
};

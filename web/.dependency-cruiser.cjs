/* The walls of the app: views -> viewmodels -> matrix -> platform, and one way only. `npm run check` holds them. */

const only = (room, allowed) => ({
    name: `${room}-imports`,
    severity: "error",
    comment: `${room}/ may import ${["itself", ...allowed].join(", ")} and nothing else of ours.`,
    from: { path: `^src/${room}/` },
    to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
});

/* Of the people's app, what the desk is made of too: the shape of view models, the look, the keyboard. */
const SHARED = {
    viewmodels: "viewmodels/(view_model|look|keymap)\\.ts",
    views: "views/(use_view_model|key_presses|toast|toasts|spoken)\\.tsx?",
};

/* The walls of the desk, within it and towards the rest. */
const deskOnly = (room, allowed) => ({
    name: `desk-${room}-imports`,
    severity: "error",
    comment: `desk/${room}/ may import itself, ${allowed.join(", ")} and nothing else of ours.`,
    from: { path: `^src/desk/${room}/` },
    to: { path: "^src/", pathNot: `^src/(desk/${room}/|${allowed.join("|")})` },
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
        deskOnly("api", ["platform/"]),
        deskOnly("viewmodels", ["desk/api/", "platform/", SHARED.viewmodels]),
        deskOnly("views", ["desk/viewmodels/", "design/", "i18n/", SHARED.viewmodels, SHARED.views]),
        {
            name: "desk-without-matrix",
            severity: "error",
            comment: "Nothing of the desk's bundle speaks Matrix, by whatever way.",
            from: { path: "^src/desk/" },
            to: { path: "^src/matrix/|node_modules/(matrix-js-sdk|@matrix-org)", reachable: true },
        },
        {
            name: "desk-is-apart",
            severity: "error",
            comment: "The people's app knows nothing of the desk.",
            from: { path: "^src/", pathNot: "^src/desk/" },
            to: { path: "^src/desk/" },
        },
        keepsOut("desk/viewmodels", "react", "node_modules/react"),
        keepsOut("desk/api", "react", "node_modules/react"),
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

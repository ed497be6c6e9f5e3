/* What a built page needs beside its files: each file's hash, a list for the service worker, and compressed twins. */

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

const compress = promisify(brotliCompress);
const COMPRESSED = /\.(js|css|html|wasm|svg|json|webmanifest)$/;
const TAG = /<(?:script|link)\b[^>]*?(?:src|href)="(\/assets\/[^"]+)"[^>]*>/g;
/** Pages of the server, and the page that a gateway serves. */
const PAGES = ["index.html", "design.html"];
const DESK = "desk.html";
/** In the service worker's source: what stands for the files it keeps and for their version. */
const FILES = "__FILES__";
const VERSION = "__VERSION__";

const hash = (algorithm: "sha256" | "sha384", bytes: string | Uint8Array) =>
    `${algorithm}-${createHash(algorithm).update(bytes).digest("base64")}`;

const bytesOf = (file: Bundle[string]) => (file.type === "chunk" ? file.code : file.source);

/** Return the hash of each script and style by its address, as browsers check it. */
function integrityOf(bundle: Bundle): Record<string, string> {
    const checked = Object.values(bundle).filter((file) => /^assets\/.*\.(js|css)$/.test(file.fileName));
    return Object.fromEntries(checked.map((file) => [`/${file.fileName}`, hash("sha384", bytesOf(file))]));
}

/** Return the page with a hash on each tag, and an import map of the hashes of what is loaded later. */
function guarded(html: string, integrity: Record<string, string>): { html: string; scriptHash: string } {
    const tagged = html.replace(TAG, (tag, address: string) => {
        const value = integrity[address];
        return value === undefined ? tag : tag.replace(/>$/, ` integrity="${value}">`);
    });
    const scripts = Object.fromEntries(Object.entries(integrity).filter(([address]) => address.endsWith(".js")));
    const map = JSON.stringify({ integrity: scripts });
    const withMap = tagged.replace(/<script type="module"/, `<script type="importmap">${map}</script>\n    $&`);
    return { html: withMap, scriptHash: hash("sha256", map) };
}

/** Guard a written page; return the hash of the script that stands in it. */
async function guard(path: string, integrity: Record<string, string>): Promise<string> {
    const { html, scriptHash } = guarded(await readFile(path, "utf8"), integrity);
    await writeFile(path, html);
    return scriptHash;
}

/** Tell the service worker what to keep, and give it a version that changes with any of it. */
function informed(worker: string, addresses: readonly string[], version: string): string {
    return worker.replaceAll(FILES, JSON.stringify(addresses)).replaceAll(VERSION, JSON.stringify(version));
}

async function writeCompressed(folder: string, names: readonly string[]): Promise<void> {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    await Promise.all(
        names.map(async (name) => {
            const path = join(folder, name);
            await writeFile(`${path}.br`, await compress(await readFile(path), options));
        }),
    );
}

/** What the pages need, once their files are written; `site.json` tells the server which inline scripts they have. */
async function finishApp(folder: string, bundle: Bundle, integrity: Record<string, string>): Promise<void> {
    const hashes = await Promise.all(PAGES.map((page) => guard(join(folder, page), integrity)));
    await writeSite(folder, { script_hashes: [...new Set(hashes)] });

    const kept = Object.keys(bundle).filter((name) => name.startsWith("assets/") && !name.endsWith(".map"));
    const addresses = ["/", ...kept.toSorted().map((name) => `/${name}`)];
    const worker = await readFile(join(folder, "sw.js"), "utf8");
    const html = await readFile(join(folder, "index.html"), "utf8");
    const version = hash("sha256", html + worker).slice(7, 23);
    await writeFile(join(folder, "sw.js"), informed(worker, addresses, version));
}

/** The same for the desk, which is built after the app: `site.json` tells the gateway which files it is to serve. */
async function finishDesk(folder: string, bundle: Bundle, integrity: Record<string, string>): Promise<void> {
    const scriptHash = await guard(join(folder, DESK), integrity);
    const files = [DESK, "icon.svg", ...Object.keys(bundle).filter((name) => name.startsWith("assets/"))];
    const site = JSON.parse(await readFile(join(folder, "site.json"), "utf8"));
    await writeSite(folder, { ...site, desk: { script_hashes: [scriptHash], files: files.toSorted() } });
}

async function writeSite(folder: string, site: object): Promise<void> {
    await writeFile(join(folder, "site.json"), `${JSON.stringify(site)}\n`);
}

/** Finish the build of the app, and that of the desk. */
export function site(): Plugin {
    let integrity: Record<string, string> = {};
    return {
        name: "site",
        apply: "build",
        generateBundle: {
            order: "post",
            handler(_options, bundle) {
                integrity = integrityOf(bundle);
            },
        },
        async writeBundle(options, bundle) {
            const folder = options.dir ?? ".";
            const isDesk = DESK in bundle;
            await (isDesk ? finishDesk : finishApp)(folder, bundle, integrity);
            const names = [...Object.keys(bundle), ...(isDesk ? [] : ["sw.js"])];
            await writeCompressed(folder, [...new Set(names.filter((name) => COMPRESSED.test(name)))]);
        },
    };
}

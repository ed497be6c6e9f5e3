/* What this device is, as far as a browser says it: `Chrome, Android`. So that people tell their own devices apart. */

/** The first that fits counts: most browsers call themselves several names. */
const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
    ["Edge", /Edg(A|iOS)?\//],
    ["Opera", /OPR\//],
    ["Samsung Internet", /SamsungBrowser\//],
    ["Firefox", /(Firefox|FxiOS)\//],
    ["Chrome", /(Chrome|CriOS)\//],
    ["Safari", /Safari\//],
];
const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
    ["Android", /Android/],
    ["iPhone", /iPhone/],
    ["iPad", /iPad/],
    ["ChromeOS", /CrOS/],
    ["Windows", /Windows/],
    ["Mac", /Macintosh/],
    ["Linux", /Linux/],
];

/** Return what a browser says of itself and what it runs on, in a few words. */
export function describeDevice(agent: string): string {
    const named = [BROWSERS, SYSTEMS].map((table) => table.find(([, sign]) => sign.test(agent))?.[0]);
    return named.filter((name) => name !== undefined).join(", ");
}

/** Return what this device is; empty where nothing is known of it. */
export function thisDevice(): string {
    return describeDevice(navigator.userAgent);
}

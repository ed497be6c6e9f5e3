/* What a service states of who runs its devices, and what that is worth: the rules of `core/key_statements.py`, against the
 * same vectors. Pure but for the cipher, which the browser has. */

import { canonicalJson } from "./canonical_json.ts";

/** Whoever runs a device in the service's stead; `key` is their own, ed25519 in unpadded base64. */
export type Operator = { name: string; key: string };

/** A device of a service; without an operator the service runs it itself. `country` is of ISO 3166-1. */
export type StatedDevice = {
    id: string;
    ed25519: string;
    operator: Operator | null;
    country: string;
    purpose: string;
};

/** Times are in ms. Where the master key lies with an operator, each device names one. */
export type KeyStatement = {
    v: 1;
    user_id: string;
    master_key: string;
    master_kept_by: "owner" | "operator";
    seq: number;
    issued: number;
    expires: number;
    devices: readonly StatedDevice[];
};

/** What is wrong with a statement. `uncheckable`: this browser has not the cipher. */
export type Fault =
    | "malformed"
    | "wrong-key"
    | "unsigned"
    | "early"
    | "not-countersigned"
    | "older"
    | "expired"
    | "uncheckable";

/** No fault, or the gravest; `statement` is what the service did sign, if it did. */
export type Verdict = { statement: KeyStatement | null; fault: Fault | null };

/** Whose statement it should be, and what is known besides; `seenSeq` is the highest that was seen of it, or 0. */
export type Expected = { userId: string; masterKey: string; nowMs: number; seenSeq: number };

export const MAX_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_AHEAD_MS = 60 * 60 * 1000;
const MAX_BYTES = 16 * 1024;
const MAX_DEVICES = 50;
const MAX_NAME = 100;
const KEY = /^[A-Za-z0-9+/]{43}$/;
const SIGNATURE = /^[A-Za-z0-9+/]{86}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Say what a published statement is worth. */
export async function checkStatement(published: unknown, expected: Expected): Promise<Verdict> {
    const statement = readStatement(published);
    if (statement === null) return { statement: null, fault: "malformed" };
    const { userId, masterKey } = expected;
    if (statement.user_id !== userId || statement.master_key !== masterKey)
        return { statement: null, fault: "wrong-key" };
    try {
        if (!(await isSigned(published, userId, masterKey))) return { statement: null, fault: "unsigned" };
        return { statement, fault: await faultOf(published, statement, expected) };
    } catch (error) {
        if (error instanceof CannotCheck) return { statement: null, fault: "uncheckable" };
        throw error;
    }
}

/** Return what is stated of a device; undefined where nothing is. An id alone could be another's. */
export function stateOf(
    stated: readonly StatedDevice[],
    { id, ed25519 }: { id: string; ed25519: string | undefined },
): StatedDevice | undefined {
    return stated.find((each) => each.id === id && each.ed25519 === ed25519);
}

/** Return a statement that makes sense, whoever signed it; null if it makes none. */
export function readStatement(published: unknown): KeyStatement | null {
    try {
        if (new TextEncoder().encode(canonicalJson(published)).length > MAX_BYTES) return null;
    } catch {
        return null;
    }
    return isStatement(published) && isSound(published) ? published : null;
}

async function faultOf(
    published: unknown,
    { devices, issued, expires, seq }: KeyStatement,
    { nowMs, seenSeq }: Expected,
): Promise<Fault | null> {
    if (issued > nowMs + MAX_AHEAD_MS) return "early";
    for (const key of new Set(devices.flatMap(({ operator }) => operator?.key ?? []))) {
        if (!(await isSigned(published, key, key))) return "not-countersigned";
    }
    if (seq < seenSeq) return "older";
    return expires <= nowMs ? "expired" : null;
}

function isStatement(value: unknown): value is KeyStatement {
    return (
        isObject(value) &&
        value.v === 1 &&
        typeof value.user_id === "string" &&
        typeof value.master_key === "string" &&
        (value.master_kept_by === "owner" || value.master_kept_by === "operator") &&
        isCount(value.seq, 1) &&
        isCount(value.issued, 0) &&
        isCount(value.expires, 0) &&
        Array.isArray(value.devices) &&
        value.devices.length <= MAX_DEVICES &&
        value.devices.every(isStatedDevice)
    );
}

function isStatedDevice(value: unknown): value is StatedDevice {
    return (
        isObject(value) &&
        isText(value.id, 255) &&
        typeof value.ed25519 === "string" &&
        typeof value.country === "string" &&
        /^[A-Z]{2}$/.test(value.country) &&
        isText(value.purpose, MAX_NAME) &&
        (value.operator === null || isOperator(value.operator))
    );
}

function isOperator(value: unknown): value is Operator {
    return isObject(value) && isText(value.name, MAX_NAME) && typeof value.key === "string";
}

function isSound({ master_key, master_kept_by, issued, expires, devices }: KeyStatement): boolean {
    const operators = devices.flatMap(({ operator }) => operator ?? []);
    const keys = [master_key, ...devices.map(({ ed25519 }) => ed25519), ...operators.map(({ key }) => key)];
    const texts = [...devices.map(({ purpose }) => purpose), ...operators.map(({ name }) => name)];
    const life = expires - issued;
    return (
        life > 0 &&
        life <= MAX_LIFE_MS &&
        keys.every((key) => KEY.test(key)) &&
        texts.every((text) => text.trim() !== "" && !UNREADABLE.test(text)) &&
        new Set(devices.map(({ id }) => id)).size === devices.length &&
        (master_kept_by === "owner" || (devices.length > 0 && operators.length === devices.length))
    );
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown, least: number): boolean {
    return typeof value === "number" && Number.isSafeInteger(value) && value >= least;
}

/** Lengths are in characters, as people count them, not in units of UTF-16. */
function isText(value: unknown, max: number): value is string {
    return typeof value === "string" && value !== "" && [...value].length <= max;
}

/** This browser has not the cipher. */
class CannotCheck extends Error {
    override name = "CannotCheck";
}

/** Say whether somebody has signed an object with a key. spec: appendices#checking-for-a-signature */
async function isSigned(published: unknown, by: string, key: string): Promise<boolean> {
    if (!isObject(published)) return false;
    const { signatures, unsigned: _unsigned, ...content } = published;
    const theirs = isObject(signatures) && Object.hasOwn(signatures, by) ? signatures[by] : undefined;
    const signature = isObject(theirs) ? theirs[`ed25519:${key}`] : undefined;
    if (typeof signature !== "string" || !SIGNATURE.test(signature)) return false;
    const text = new TextEncoder().encode(canonicalJson(content));
    return crypto.subtle.verify("Ed25519", await imported(key), bytesOf(signature), text);
}

async function imported(key: string): Promise<CryptoKey> {
    try {
        return await crypto.subtle.importKey("raw", bytesOf(key), "Ed25519", false, ["verify"]);
    } catch {
        throw new CannotCheck("Ed25519 is missing here.");
    }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/* Photos, films, sounds, files, stickers and places as the app shows them, read from what somebody sent. Nothing in it is
 * trusted: not the sizes, not the type, not the name. Pure.
 * spec: client-server-api#extensions-to-mroommessage-msgtypes */

import type { IContent } from "matrix-js-sdk/lib/matrix";

/** What opens the bytes of a file: they lie on the server encrypted with a key of their own. */
export type FileKey = { key: string; iv: string; sha256: string };

/** Where the bytes of something lie. */
export type MediaSource = {
    /** The same for the same bytes, before they are uploaded too. */
    id: string;
    /** Empty until they are uploaded. */
    url: string;
    /** Null where they lie in clear, in a public chat. */
    lock: FileKey | null;
    /** In bytes, as the sender says. */
    size: number | null;
};

export type MediaBody = {
    kind: "image" | "video" | "audio" | "voice" | "file" | "sticker";
    /** Of the file. */
    name: string;
    /** What was written with it; mostly nothing. */
    caption: string;
    source: MediaSource;
    thumbnail: MediaSource | null;
    /** In pixels; null where the sender does not say. */
    width: number | null;
    height: number | null;
    durationMs: number | null;
    /** How loud a voice note is along its way, from 0 to 1; empty where that is not known. */
    waveform: readonly number[];
};

export type LocationBody = {
    kind: "location";
    latitude: number;
    longitude: number;
    accuracyM: number | null;
    /** As the sender describes it. */
    name: string;
};

type Known = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<string, MediaBody["kind"]>> = {
    "m.image": "image",
    "m.video": "video",
    "m.audio": "audio",
    "m.file": "file",
};
const MXC = /^mxc:\/\/[A-Za-z0-9.:[\]-]{1,255}\/[A-Za-z0-9_-]{1,255}$/;
const GEO = /^geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:,-?[\d.]+)?(?:;.*?u=([\d.]+))?/;
const BASE64 = /^[A-Za-z0-9+/_-]+=*$/;
const LONGEST_SIDE = 65_535;
/** MSC3246 sends loudness from 0 to 1024. */
const WAVEFORM_TOP = 1024;
const WAVEFORM_MOST = 256;
const NAME_MOST = 255;
/** They turn `photo_gpj.exe` around until it reads like a photo. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Read a message that carries a file; null if it carries none. */
export function readMedia(content: IContent): MediaBody | null {
    const kind = KINDS[String(content.msgtype)];
    if (kind === undefined) return null;
    return read(kind === "audio" && "org.matrix.msc3245.voice" in content ? "voice" : kind, content);
}

/** Read an `m.sticker`. */
export function readSticker(content: IContent): MediaBody | null {
    return read("sticker", content);
}

/** Read an `m.location`. */
export function readLocation(content: IContent): LocationBody | null {
    const found = GEO.exec(text(content.geo_uri));
    if (found === null) return null;
    const [latitude, longitude, accuracyM] = [Number(found[1]), Number(found[2]), Number(found[3])];
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
    return {
        kind: "location",
        latitude,
        longitude,
        accuracyM: Number.isFinite(accuracyM) ? accuracyM : null,
        name: text(record(content["org.matrix.msc3488.location"]).description),
    };
}

/** Read which picture a person or a chat shows; null if it is none. */
export function readPicture(content: IContent): MediaSource | null {
    const source = sourceOf(content.file, content.url, record(content.info).size);
    return source?.url === "" ? null : source;
}

function read(kind: MediaBody["kind"], content: IContent): MediaBody | null {
    const info = record(content.info);
    const source = sourceOf(content.file, content.url, info.size);
    if (source === null) return null;
    const [body, filename] = [text(content.body), text(content.filename)];
    const captioned = filename !== "" && filename !== body;
    return {
        kind,
        name: (captioned ? filename : body).replace(TURNING, "").slice(0, NAME_MOST),
        caption: captioned ? body : "",
        source,
        thumbnail: sourceOf(info.thumbnail_file, info.thumbnail_url, record(info.thumbnail_info).size),
        width: whole(info.w, LONGEST_SIDE),
        height: whole(info.h, LONGEST_SIDE),
        durationMs: whole(info.duration, Number.MAX_SAFE_INTEGER),
        waveform: waveformOf(record(content["org.matrix.msc1767.audio"]).waveform),
    };
}

function sourceOf(file: unknown, clearUrl: unknown, claimedSize: unknown): MediaSource | null {
    const size = whole(claimedSize, Number.MAX_SAFE_INTEGER);
    if (file === undefined) {
        const url = text(clearUrl);
        return MXC.test(url) ? { id: url, url, lock: null, size } : null;
    }
    const { url, iv, hashes, key } = record(file);
    const lock = { key: text(record(key).k), iv: text(iv), sha256: text(record(hashes).sha256) };
    const whole64 = Object.values(lock).every((part) => BASE64.test(part));
    return whole64 && (url === "" || MXC.test(text(url))) ? { id: lock.sha256, url: text(url), lock, size } : null;
}

function waveformOf(value: unknown): number[] {
    if (!Array.isArray(value)) return [];
    const heights = value.slice(0, WAVEFORM_MOST).map((height) => whole(height, WAVEFORM_TOP) ?? 0);
    return heights.map((height) => height / WAVEFORM_TOP);
}

function record(value: unknown): Known {
    return typeof value === "object" && value !== null ? (value as Known) : {};
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

function whole(value: unknown, most: number): number | null {
    return typeof value === "number" && value >= 0 && value <= most ? Math.round(value) : null;
}

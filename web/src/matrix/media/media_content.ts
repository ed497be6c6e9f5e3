/* What is sent with a file: content as other Matrix apps read it. All of it leaves only inside the ciphertext. Pure.
 * spec: client-server-api#extensions-to-mroommessage-msgtypes */

import type { IContent } from "matrix-js-sdk/lib/matrix";

import type { FileKey, MediaBody } from "./media_body.ts";

/** A file's bytes after encryption: what opens them, and where they are once they are uploaded. */
export type Sealed = { url: string; lock: FileKey; size: number; type: string };

/** What is known of a file before it is sent. */
export type Described = Pick<MediaBody, "kind" | "name" | "caption" | "width" | "height" | "durationMs" | "waveform">;

export type SealedThumbnail = Sealed & { width: number; height: number };

const MSGTYPES: Readonly<Record<MediaBody["kind"], string>> = {
    image: "m.image",
    video: "m.video",
    audio: "m.audio",
    voice: "m.audio",
    file: "m.file",
    // Not in `m.sticker`.
    sticker: "",
};

/** Return the event type that a file travels as. */
export function typeOf({ kind }: Pick<MediaBody, "kind">): "m.sticker" | "m.room.message" {
    return kind === "sticker" ? "m.sticker" : "m.room.message";
}

/** Return the content of a message with a file. */
export function mediaContent(described: Described, file: Sealed, thumbnail: SealedThumbnail | null): IContent {
    const { kind, name, caption } = described;
    return {
        ...(kind === "sticker" ? {} : { msgtype: MSGTYPES[kind] }),
        ...(caption === "" ? { body: name } : { body: caption, filename: name }),
        file: encryptedFile(file),
        info: infoOf(described, file, thumbnail),
        ...(kind === "voice" ? voiceParts(described) : {}),
    };
}

/** Return the content of a message with a place. */
export function locationContent(
    { latitude, longitude, accuracyM }: { latitude: number; longitude: number; accuracyM: number | null },
    at: number,
): IContent {
    const uri = `geo:${latitude},${longitude}${accuracyM === null ? "" : `;u=${Math.round(accuracyM)}`}`;
    return {
        msgtype: "m.location",
        body: uri,
        geo_uri: uri,
        "org.matrix.msc3488.location": { uri },
        "org.matrix.msc3488.asset": { type: "m.self" },
        "org.matrix.msc3488.ts": at,
    };
}

/** spec: client-server-api#sending-encrypted-attachments */
function encryptedFile({ url, lock }: Sealed): IContent {
    return {
        url,
        key: { kty: "oct", key_ops: ["encrypt", "decrypt"], alg: "A256CTR", k: lock.key, ext: true },
        iv: lock.iv,
        hashes: { sha256: lock.sha256 },
        v: "v2",
    };
}

function infoOf(described: Described, file: Sealed, thumbnail: SealedThumbnail | null): IContent {
    const { width, height, durationMs } = described;
    return {
        mimetype: file.type,
        size: file.size,
        ...(width === null || height === null ? {} : { w: width, h: height }),
        ...(durationMs === null ? {} : { duration: durationMs }),
        ...(thumbnail === null ? {} : thumbnailParts(thumbnail)),
    };
}

function thumbnailParts(thumbnail: SealedThumbnail): IContent {
    const { type, size, width, height } = thumbnail;
    return {
        thumbnail_file: encryptedFile(thumbnail),
        thumbnail_info: { mimetype: type, size, w: width, h: height },
    };
}

/** MSC3245 as other apps send it: a voice note is a sound with its shape. */
function voiceParts({ durationMs, waveform }: Described): IContent {
    return {
        "org.matrix.msc3245.voice": {},
        "org.matrix.msc1767.audio": {
            duration: durationMs ?? 0,
            waveform: waveform.map((height) => Math.round(height * 1024)),
        },
    };
}

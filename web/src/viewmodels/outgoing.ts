/* What becomes of a chosen file before it is sent: a photo is drawn anew, a film is measured, the rest goes as it is. */

import type { Outgoing } from "../matrix/media/uploads.ts";
import { describeFilm, soundLengthMs } from "../platform/films.ts";
import { MAGIC_BYTES, safeTypeOf } from "../platform/magic_bytes.ts";
import { preparePhoto } from "../platform/pictures.ts";

type Ready = Outgoing;

/** Make a file ready. `asFile` leaves every byte as it is, with all that it says of who made it and where. */
export async function outgoingOf(
    file: File,
    { asFile, caption }: { asFile: boolean; caption: string },
): Promise<Ready> {
    const base = { name: file.name, caption, width: null, height: null, durationMs: null, waveform: [] };
    const plain: Ready = { described: { ...base, kind: "file" }, file, thumbnail: null };
    if (asFile) return plain;
    const type = safeTypeOf(new Uint8Array(await file.slice(0, MAGIC_BYTES).arrayBuffer()));
    switch (type?.split("/")[0]) {
        case "image":
            return (await photo(file, base)) ?? plain;
        case "video":
            return (await film(file, base)) ?? plain;
        case "audio":
            return { ...plain, described: { ...base, kind: "audio", durationMs: await soundLengthMs(file) } };
        default:
            return plain;
    }
}

type Base = Omit<Ready["described"], "kind">;

async function photo(file: File, base: Base): Promise<Ready | null> {
    const prepared = await preparePhoto(file);
    if (prepared === null) return null;
    const { width, height, thumbnail } = prepared;
    const name = renamed(base.name, prepared.file.type);
    return { described: { ...base, name, kind: "image", width, height }, file: prepared.file, thumbnail };
}

async function film(file: File, base: Base): Promise<Ready | null> {
    const found = await describeFilm(file);
    if (found === null) return null;
    const { width, height, durationMs, thumbnail } = found;
    return { described: { ...base, kind: "video", width, height, durationMs }, file, thumbnail };
}

/** A photo that was drawn anew may be of another type than its name says. */
export function renamed(name: string, type: string): string {
    const ending = { "image/jpeg": ".jpg", "image/webp": ".webp", "image/png": ".png" }[type];
    if (ending === undefined || (ending === ".jpg" && /\.jpe?g$/i.test(name))) return name;
    return name.replace(/(\.[a-z0-9]{1,5})?$/i, ending);
}

/* What bytes are, by how they begin: the few types that the app shows itself. Whatever a message claims, everything else
 * is only ever saved as a file: no SVG, HTML or PDF is opened in the app's own page. Pure. */

export type SafeType =
    | "image/jpeg"
    | "image/png"
    | "image/gif"
    | "image/webp"
    | "image/avif"
    | "video/mp4"
    | "video/webm"
    | "audio/ogg"
    | "audio/mpeg"
    | "audio/mp4"
    | "audio/wav";

/** The type of what the app does not show. */
export const UNKNOWN_TYPE = "application/octet-stream";

/** As many bytes as it takes to tell. */
export const MAGIC_BYTES = 128;

/** A type, and what stands where in its first bytes. */
type Mark = readonly [type: SafeType, ...(readonly [text: string, at: number])[]];

const MARKS: readonly Mark[] = [
    ["image/jpeg", ["\xff\xd8\xff", 0]],
    ["image/png", ["\x89PNG\r\n\x1a\n", 0]],
    ["image/gif", ["GIF87a", 0]],
    ["image/gif", ["GIF89a", 0]],
    ["image/webp", ["RIFF", 0], ["WEBP", 8]],
    ["audio/wav", ["RIFF", 0], ["WAVE", 8]],
    ["audio/mpeg", ["ID3", 0]],
];

const EBML = "\x1aE\xdf\xa3";
/** The element of EBML that names the document's type. Matroska that calls itself otherwise is not shown. */
const WEBM = "\x42\x82\x84webm";
/** An Ogg file may hold video too, or anything else. */
const OGG_AUDIO = ["OpusHead", "\x01vorbis", "\x7fFLAC"];
/** Brands of ISO media files. `qt  ` is what phones from Apple record. */
const BRANDS: Readonly<Record<string, SafeType>> = {
    avif: "image/avif",
    avis: "image/avif",
    "M4A ": "audio/mp4",
    "M4B ": "audio/mp4",
    "M4V ": "video/mp4",
    "qt  ": "video/mp4",
    avc1: "video/mp4",
    dash: "video/mp4",
    isom: "video/mp4",
    iso2: "video/mp4",
    iso4: "video/mp4",
    iso5: "video/mp4",
    iso6: "video/mp4",
    mp41: "video/mp4",
    mp42: "video/mp4",
};

/** Return what bytes are, or null for what is not shown. `start` is at least their first `MAGIC_BYTES`. */
export function safeTypeOf(start: Uint8Array): SafeType | null {
    const page = latin1(start.subarray(0, MAGIC_BYTES));
    const marked = MARKS.find(([, ...parts]) => parts.every(([text, at]) => page.startsWith(text, at)));
    if (marked !== undefined) return marked[0];
    if (page.startsWith("ftyp", 4)) return isoType(start);
    if (page.startsWith(EBML)) return page.slice(0, 64).includes(WEBM) ? "video/webm" : null;
    if (page.startsWith("OggS")) return OGG_AUDIO.some((codec) => page.includes(codec)) ? "audio/ogg" : null;
    return isMp3Frame(start) ? "audio/mpeg" : null;
}

/** The first brand decides; a picture of the MIAF family names its codec among the compatible ones. */
function isoType(start: Uint8Array): SafeType | null {
    const brand = latin1(start.subarray(8, 12));
    if (brand !== "mif1" && brand !== "msf1") return BRANDS[brand] ?? null;
    const end = Math.min((start[2] ?? 0) * 256 + (start[3] ?? 0), start.length);
    for (let at = 16; at + 4 <= end; at += 4) {
        if (BRANDS[latin1(start.subarray(at, at + 4))] === "image/avif") return "image/avif";
    }
    return null;
}

/** MPEG audio layer III without a tag begins with the header of a frame. */
function isMp3Frame([sync, version, rates]: Uint8Array): boolean {
    if (sync !== 0xff || version === undefined || rates === undefined) return false;
    const layer3 = (version & 0xe6) === 0xe2 && (version & 0x18) !== 0x08;
    const [bitrate, frequency] = [rates >> 4, (rates >> 2) & 3];
    return layer3 && bitrate !== 0 && bitrate !== 15 && frequency !== 3;
}

function latin1(bytes: Uint8Array): string {
    return String.fromCharCode(...bytes);
}

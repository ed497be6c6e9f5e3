import { expect, test } from "vitest";

import { MAGIC_BYTES, safeTypeOf } from "../../src/platform/magic_bytes.ts";

const bytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
const ftyp = (brand: string, ...compatible: string[]) =>
    `\0\0\0${String.fromCharCode(16 + 4 * compatible.length)}ftyp${brand}\0\0\0\0${compatible.join("")}`;
const ebml = (kind: string) =>
    `\x1aE\xdf\xa3\x9fB\x86\x81\x01\x42\x82${String.fromCharCode(0x80 + kind.length)}${kind}`;
const ogg = (stream: string) => `OggS\0\x02${"\0".repeat(20)}\x01\x13${stream}`;

test.each([
    ["a JPEG", "\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"],
    ["a PNG", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"],
    ["an old GIF", "GIF87a", "image/gif"],
    ["a GIF", "GIF89a", "image/gif"],
    ["a WebP", "RIFF\x10\0\0\0WEBPVP8 ", "image/webp"],
    ["an AVIF", ftyp("avif", "mif1"), "image/avif"],
    ["an AVIF of the general brand", ftyp("mif1", "miaf", "avif"), "image/avif"],
    ["an MP4", ftyp("isom", "iso2", "avc1"), "video/mp4"],
    ["a film from an Apple phone", ftyp("qt  "), "video/mp4"],
    ["an M4A", ftyp("M4A ", "isom"), "audio/mp4"],
    ["a WebM", ebml("webm"), "video/webm"],
    ["Opus in Ogg", ogg("OpusHead"), "audio/ogg"],
    ["Vorbis in Ogg", ogg("\x01vorbis"), "audio/ogg"],
    ["an MP3 with a tag", "ID3\x04\0", "audio/mpeg"],
    ["an MP3 without one", "\xff\xfb\x90\x64", "audio/mpeg"],
    ["a WAV", "RIFF\x10\0\0\0WAVEfmt ", "audio/wav"],
])("%s is shown", (_what, text, type) => {
    expect(safeTypeOf(bytes(text))).toBe(type);
});

test.each([
    ["nothing", ""],
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["HTML after a gap", "\r\n\t  <html>"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["SVG as XML", '<?xml version="1.0"?><svg/>'],
    ["SVG with a byte order mark", "\xef\xbb\xbf<svg/>"],
    ["a PDF", "%PDF-1.7"],
    ["a script", "alert(1)"],
    ["a ZIP, which is also an APK and a DOCX", "PK\x03\x04"],
    ["a Windows program", "MZ\x90\0"],
    ["a Flash film", "CWS\x0a"],
    ["a HEIC", ftyp("heic", "mif1")],
    ["a HEIC of the general brand", ftyp("mif1", "heic")],
    ["an unknown brand", ftyp("evil", "isom")],
    ["Matroska that is not WebM", ebml("matroska")],
    ["video in Ogg", ogg("\x80theora")],
    ["AAC", "\xff\xf1\x50\x80"],
    ["MPEG layer II", "\xff\xfd\x90\x64"],
    ["half a PNG", "\x89PNG"],
    ["the second byte of a JPEG missing", "\xff\xd8"],
    ["a RIFF of another kind", "RIFF\x10\0\0\0AVI LIST"],
    ["a mark in the wrong place", " GIF89a"],
    ["an icon", "\0\0\x01\0"],
    ["a BMP", "BM"],
])("%s is only saved", (_what, text) => {
    expect(safeTypeOf(bytes(text))).toBeNull();
});

test.each([
    ["a GIF that is also a script", "GIF89a=1;/*<script>*/alert(1)", "image/gif"],
    ["a JPEG that is also HTML", "\xff\xd8\xff\xfe<html><script>alert(1)</script>", "image/jpeg"],
    ["a JPEG that is also a PDF", "\xff\xd8\xff\xe0%PDF-1.4", "image/jpeg"],
])("%s is a picture and nothing else", (_what, text, type) => {
    expect(safeTypeOf(bytes(text))).toBe(type);
});

test("the first bytes are enough", () => {
    const long = bytes(`${ftyp("mif1", ...Array<string>(10).fill("miaf"), "avif")}${"\0".repeat(1000)}`);
    expect(safeTypeOf(long.subarray(0, MAGIC_BYTES))).toBe(safeTypeOf(long));
});

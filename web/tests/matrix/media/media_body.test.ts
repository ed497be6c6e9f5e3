import { expect, test } from "vitest";

import { readLocation, readMedia, readPicture, readSticker } from "../../../src/matrix/media/media_body.ts";
import { locationContent, mediaContent } from "../../../src/matrix/media/media_content.ts";

const LOCK = { key: "a2V5_-", iv: "aXY", sha256: "c2hh" };
const FILE = { url: "mxc://localhost/abc", lock: LOCK, size: 2_000, type: "image/jpeg" };
const PHOTO = {
    kind: "image",
    name: "pantai.jpg",
    caption: "",
    width: 800,
    height: 600,
    durationMs: null,
    waveform: [],
} as const;

test("what was written is what is read", () => {
    const thumbnail = { ...FILE, url: "mxc://localhost/small", size: 200, width: 80, height: 60 };
    expect(readMedia(mediaContent(PHOTO, FILE, thumbnail))).toEqual({
        ...PHOTO,
        source: { id: LOCK.sha256, url: FILE.url, lock: LOCK, size: 2_000 },
        thumbnail: { id: LOCK.sha256, url: thumbnail.url, lock: LOCK, size: 200 },
    });
});

test("a caption stands beside the name of the file", () => {
    const captioned = { ...PHOTO, caption: "Liburan kemarin" };
    const content = mediaContent(captioned, FILE, null);
    expect([content.body, content.filename]).toEqual(["Liburan kemarin", "pantai.jpg"]);
    expect(readMedia(content)).toMatchObject({ name: "pantai.jpg", caption: "Liburan kemarin" });
});

test("a voice note keeps its shape", () => {
    const voice = { ...PHOTO, kind: "voice", durationMs: 1_500, waveform: [0, 0.5, 1] } as const;
    const content = mediaContent(voice, FILE, null);
    expect(content["org.matrix.msc1767.audio"]).toEqual({ duration: 1_500, waveform: [0, 512, 1024] });
    expect(readMedia(content)).toMatchObject({ kind: "voice", durationMs: 1_500, waveform: [0, 0.5, 1] });
});

test("a sticker has no message type", () => {
    const content = mediaContent({ ...PHOTO, kind: "sticker" }, FILE, null);
    expect(content).not.toHaveProperty("msgtype");
    expect(readSticker(content)?.kind).toBe("sticker");
});

test.each([
    ["a file without an address", { msgtype: "m.file", body: "x" }],
    ["an address elsewhere", { msgtype: "m.image", body: "x", url: "https://evil.example/x.png" }],
    ["an address with a way up", { msgtype: "m.image", body: "x", url: "mxc://localhost/../../login" }],
    ["a file without its key", { msgtype: "m.image", body: "x", file: { url: "mxc://localhost/a" } }],
    ["a text", { msgtype: "m.text", body: "x", url: "mxc://localhost/a" }],
])("%s is no file", (_what, content) => {
    expect(readMedia(content)).toBeNull();
});

test("a name does not turn around", () => {
    const turned = readMedia({ msgtype: "m.file", body: "foto\u202egpj.exe", url: "mxc://localhost/a" });
    expect(turned?.name).toBe("fotogpj.exe");
});

test("sizes that make no sense are not believed", () => {
    const info = { w: -1, h: 1e9, size: "many", duration: Number.NaN };
    const read = readMedia({ msgtype: "m.image", body: "x", url: "mxc://localhost/a", info });
    expect(read).toMatchObject({ width: null, height: null, durationMs: null });
    expect(read?.source.size).toBeNull();
});

test("a place is read as it was written", () => {
    const monas = { latitude: -6.175392, longitude: 106.827153, accuracyM: 12 };
    expect(readLocation(locationContent(monas, 0))).toEqual({ kind: "location", name: "", ...monas });
});

test.each(["geo:91,0", "geo:0,181", "https://maps.example/", "", "geo:x,y"])("%s is no place", (uri) => {
    expect(readLocation({ msgtype: "m.location", body: "", geo_uri: uri })).toBeNull();
});

test("a picture lies open or sealed; what is not uploaded, or of elsewhere, is none", () => {
    const mxc = "mxc://x/abc";
    expect(readPicture({ url: mxc })).toEqual({ id: mxc, url: mxc, lock: null, size: null });
    const lock = { key: { k: "a" }, iv: "b", hashes: { sha256: "c" } };
    expect(readPicture({ file: { url: mxc, ...lock }, info: { size: 7 } })).toEqual({
        id: "c",
        url: mxc,
        lock: { key: "a", iv: "b", sha256: "c" },
        size: 7,
    });
    for (const none of [{}, { url: "" }, { url: "https://x/abc.png" }, { file: { url: "", ...lock } }, { file: 1 }])
        expect(readPicture(none)).toBeNull();
});

import { expect, test } from "vitest";

import { type Edited, type Flow, FlowApi } from "../../src/desk/api/flow_api.ts";
import type { Edits } from "../../src/desk/viewmodels/edits.ts";
import { Texts } from "../../src/desk/viewmodels/texts.ts";
import { eventually, FakeGateway, refuse } from "./fake_gateway.ts";
import { memoryArea } from "./memory_area.ts";

/** An office's folder, and what is published in it. */
class Folder {
    version = 1;
    texts: Record<string, string> = { "texts/id.md": "## a\nhalo\n\n## b\nsampai", "flow.yaml": "flow: x" };

    get flow(): Flow {
        const files = Object.entries(this.texts).map(([name, text]) => ({
            name,
            text,
            editable: name !== "flow.yaml",
        }));
        return { version: `v${this.version}`, versions: [], files };
    }

    publish({ base, changes }: Edited): { version: string } {
        if (base !== `v${this.version}`) refuse(409, "CHANGED");
        for (const [name, text] of Object.entries(changes)) this.texts[name] = text ?? "";
        this.version += 1;
        return { version: `v${this.version}` };
    }
}

function officeOf(folder: Folder, kept = memoryArea<Edits>()) {
    const gateway = new FakeGateway()
        .on("GET", "/flow", () => folder.flow)
        .on("POST", "/publish", ({ body }) => folder.publish(body as Edited))
        .on("POST", "/preview", ({ body }) => {
            const { changes, said } = body as Edited & { said: string[] };
            const wrong = changes["texts/id.md"]?.includes("SALAH") === true;
            const problems = wrong ? [{ file: "texts/id.md", line: 2, message: "It is wrong." }] : [];
            const messages = said.map((text) => ({ from: "person", text, options: [] }));
            return { problems, messages: wrong ? [] : messages, ended: false };
        });
    let changed = () => {};
    const texts = new Texts({
        api: new FlowApi(gateway.ask, ""),
        service: "paspor",
        languages: ["id", "en"],
        kept,
        changed: (listener) => {
            changed = listener;
            return () => {};
        },
        wait: async () => {},
    });
    return { texts, gateway, somebodyPublished: () => changed() };
}

const opened = async (texts: Texts) => eventually(() => expect(texts.value.flow).not.toBeNull());

test("an edit is tried at once, published with what it was made upon, and is then no edit", async () => {
    const folder = new Folder();
    const { texts, gateway } = officeOf(folder);
    await opened(texts);
    expect(texts.value.open).toBe("texts/id.md");
    texts.write("texts/id.md", "## a\nselamat datang\n\n## b\nsampai");
    expect(texts.changes()).toMatchObject([
        { name: "texts/id.md", pieces: [{}, { kind: "gone" }, { kind: "new" }, {}] },
    ]);
    expect(await texts.publish()).toBe(true);
    expect(folder.texts["texts/id.md"]).toContain("selamat datang");
    expect(texts.value).toMatchObject({ edits: { base: "v2", files: {} }, done: { what: "published", version: "v2" } });
    expect(gateway.sent("POST", "/publish")).toMatchObject([{ base: "v1" }]);
});

test("what is typed back as it was is no change, and edits outlive a reload", async () => {
    const folder = new Folder();
    const kept = memoryArea<Edits>();
    const { texts } = officeOf(folder, kept);
    await opened(texts);
    texts.write("texts/id.md", "lain");
    const { texts: reloaded } = officeOf(folder, kept);
    await opened(reloaded);
    expect(reloaded.textOf("texts/id.md")).toBe("lain");
    reloaded.write("texts/id.md", folder.texts["texts/id.md"] ?? "");
    expect(reloaded.changes()).toEqual([]);
    await eventually(async () => expect(await kept.all()).toEqual(new Map()));
});

test("who is refused because somebody else published keeps the edit, and puts it upon the new version", async () => {
    const folder = new Folder();
    const { texts } = officeOf(folder);
    await opened(texts);
    texts.write("texts/id.md", "## a\nhalo!\n\n## b\nsampai");
    folder.publish({ base: "v1", changes: { "texts/id.md": "## a\nhalo\n\n## b\nsampai jumpa" } });

    expect(await texts.publish()).toBe(false);
    expect(texts.value).toMatchObject({ trouble: { code: "CHANGED" }, outdated: true });
    expect(texts.textOf("texts/id.md")).toContain("halo!");
    texts.takeUp();
    expect(texts.textOf("texts/id.md")).toBe("## a\nhalo!\n\n## b\nsampai jumpa");
    expect(texts.value).toMatchObject({ outdated: false, overlaps: [], trouble: null });
    expect(await texts.publish()).toBe(true);
    expect(folder.version).toBe(3);
});

test("where both changed the same line one's own stands, and one is told", async () => {
    const folder = new Folder();
    const { texts, somebodyPublished } = officeOf(folder);
    await opened(texts);
    texts.write("texts/id.md", "## a\nhai\n\n## b\nsampai");
    folder.publish({ base: "v1", changes: { "texts/id.md": "## a\nsalam\n\n## b\nsampai" } });
    somebodyPublished();
    await eventually(() => expect(texts.value.outdated).toBe(true));
    texts.takeUp();
    expect(texts.value.overlaps).toEqual(["texts/id.md"]);
    expect(texts.textOf("texts/id.md")).toContain("hai");
});

test("while something is wrong the conversation stays as it was, and the line is named", async () => {
    const { texts } = officeOf(new Folder());
    await opened(texts);
    await texts.preview.say("halo");
    expect(texts.preview.value.messages).toHaveLength(1);
    texts.write("texts/id.md", "## a\nSALAH");
    await eventually(() => expect(texts.preview.value.problems).toMatchObject([{ line: 2 }]));
    expect(texts.preview.value.messages).toHaveLength(1);
    texts.discard("texts/id.md");
    await eventually(() => expect(texts.preview.value.problems).toEqual([]));
    await texts.preview.speak("en");
    expect(texts.preview.value).toMatchObject({ language: "en", messages: [] });
});

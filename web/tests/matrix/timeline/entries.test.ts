import { MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { expect, test } from "vitest";
import { Entries } from "../../../src/matrix/timeline/entries.ts";
import { type Message, PLAIN } from "../../../src/matrix/timeline/message.ts";

const event = (id: string) => new MatrixEvent({ event_id: id, type: "m.room.message", content: { body: id } });

function made(): { entries: Entries; makings: string[] } {
    const makings: string[] = [];
    const entries = new Entries((each): Message | null => {
        const id = each.getId() ?? "";
        makings.push(id);
        if (id === "hidden") return null;
        const reply = id === "answer" ? { id: "first", senderName: "", text: null } : null;
        const body = { kind: "text", text: id, emote: false } as const;
        const who = { senderId: "", senderName: "", mine: false, at: 0, progress: null };
        return { ...PLAIN, ...who, id, key: id, body, reply };
    });
    return { entries, makings };
}

test("only what was spoiled is made again, with what shows something of it", () => {
    const { entries, makings } = made();
    entries.replace(["first", "hidden", "other", "answer"].map(event));
    const before = entries.read();
    expect(before.map(({ id }) => id)).toEqual(["first", "other", "answer"]);
    makings.length = 0;
    entries.spoil("first");
    const after = entries.read();
    expect(makings).toEqual(["first", "answer"]);
    expect(after[1]).toBe(before[1]);
});

test("the newest of somebody else stands above one's own", () => {
    const { entries } = made();
    const by = (id: string, sender: string) => new MatrixEvent({ event_id: id, type: "m.room.message", sender });
    entries.replace([by("theirs", "@toko:x"), by("mine", "@me:x")]);
    expect(entries.lastBut("@me:x")?.getId()).toBe("theirs");
    expect(entries.lastBut("@toko:x")?.getId()).toBe("mine");
});

test("older events come before the others, which stay what they were", () => {
    const { entries, makings } = made();
    const known = ["b", "c"].map(event);
    entries.replace(known);
    const before = entries.read();
    makings.length = 0;
    entries.replace([event("a"), ...known]);
    expect(entries.read().slice(1)).toEqual(before);
    expect(makings).toEqual(["a"]);
    expect(entries.placeOf("c")).toBe(2);
});

test("one more of ten thousand makes one", () => {
    const { entries, makings } = made();
    entries.replace(Array.from({ length: 10_000 }, (_, number) => event(`$${number}`)));
    entries.read();
    makings.length = 0;
    entries.append(event("new"));
    expect(entries.read()).toHaveLength(10_001);
    expect(makings).toEqual(["new"]);
});

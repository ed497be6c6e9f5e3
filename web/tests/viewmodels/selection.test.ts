import { expect, test } from "vitest";

import { type Message, PLAIN } from "../../src/matrix/timeline/message.ts";
import { Selection } from "../../src/viewmodels/selection.ts";

function said(id: string, at: number): Message {
    const body = { kind: "text", text: id, emote: false } as const;
    return { ...PLAIN, id, key: id, senderId: "ani", senderName: "Ani", mine: false, at, body, progress: null };
}

const [A, B, FOREIGN, OFTEN, WAITING] = ["a", "b", "foreign", "often", "waiting"].map(said) as [
    Message,
    Message,
    Message,
    Message,
    Message,
];

function selection(): { chosen: Selection; done: string[] } {
    const done: string[] = [];
    const acts: Record<string, string[]> = { foreign: ["select", "copy", "forward"], waiting: ["copy"] };
    const chosen = new Selection({
        of: ({ id }) => acts[id] ?? ["select", "copy", "forward", "remove"],
        forwardLimit: ({ id }) => (id === "often" ? 1 : 5),
        forward: async ({ id }, roomIds) => void done.push(`${id} to ${roomIds.join(" ")}`),
        remove: async ({ id }) => void done.push(`${id} removed`),
    });
    return { chosen, done };
}

const keys = (of: Selection) => of.value.chosen.map(({ key }) => key);

test("messages are chosen in the order in which they were said, and not again", () => {
    const { chosen } = selection();
    for (const message of [B, A, FOREIGN, { ...A, edited: true }]) chosen.toggle(message);
    expect(keys(chosen)).toEqual(["b", "foreign"]);
});

test("what can be done with all is what can be done with each", () => {
    const { chosen } = selection();
    chosen.toggle(A);
    expect(chosen.value.acts).toEqual(["copy", "forward", "remove"]);
    chosen.toggle(FOREIGN);
    expect(chosen.value.acts).toEqual(["copy", "forward"]);
    chosen.toggle(WAITING);
    expect(keys(chosen)).toEqual(["a", "foreign"]);
});

test("one that went through many hands holds the others back", () => {
    const { chosen } = selection();
    chosen.toggle(A);
    expect(chosen.forwardLimit()).toBe(5);
    chosen.toggle(OFTEN);
    expect(chosen.forwardLimit()).toBe(1);
});

test("all of them go, in order, and then nobody is choosing", async () => {
    const { chosen, done } = selection();
    for (const message of [B, A]) chosen.toggle(message);
    await chosen.forward(["!x", "!y"]);
    expect(done).toEqual(["a to !x !y", "b to !x !y"]);
    expect(chosen.value).toEqual({ chosen: [], full: false, acts: [] });
    chosen.toggle(A);
    await chosen.remove();
    expect(done.at(-1)).toBe("a removed");
});

test("thirty can be chosen, and it shows that no more can", () => {
    const { chosen } = selection();
    for (let number = 0; number < 29; number++) chosen.toggle(said(`m${number}`, number));
    expect(chosen.value.full).toBe(false);
    chosen.toggle(said("last", 30));
    expect(chosen.value.full).toBe(true);
    chosen.toggle(A);
    expect(chosen.value.chosen).toHaveLength(30);
    chosen.toggle(said("last", 30));
    chosen.toggle(A);
    expect(chosen.value.chosen).toHaveLength(30);
});

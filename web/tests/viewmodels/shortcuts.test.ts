import { expect, test } from "vitest";

import { neighbour, nextUnread } from "../../src/viewmodels/chat_steps.ts";
import { Keymap, type Press } from "../../src/viewmodels/keymap.ts";
import { KEYS } from "../../src/viewmodels/shortcuts.ts";

const press = (change: Partial<Press>): Press => ({ key: "n", alt: false, writing: false, letters: true, ...change });

test("no two keys are the same", () => {
    const keys = Object.values(KEYS).map((each) => JSON.stringify(each));
    expect(new Set(keys).size).toBe(keys.length);
});

test("the part that came last has the key, and gives it back when it goes", () => {
    const shortcuts = new Keymap(KEYS);
    const done: string[] = [];
    shortcuts.add({ write: () => done.push("chat") });
    const stop = shortcuts.add({ write: () => done.push("branch") });
    expect(shortcuts.press(press({ key: "c" }))).toBe(true);
    stop();
    shortcuts.press(press({ key: "c" }));
    expect(done).toEqual(["branch", "chat"]);
    expect(shortcuts.press(press({ key: "m" }))).toBe(false);
});

test("letters are letters where one writes, and everywhere for whoever wants that", () => {
    const shortcuts = new Keymap(KEYS);
    const done: string[] = [];
    shortcuts.add({
        newChat: () => done.push("new"),
        nextChat: () => done.push("next"),
        close: () => done.push("close"),
    });
    shortcuts.press(press({ writing: true }));
    shortcuts.press(press({ letters: false }));
    shortcuts.press(press({ key: "?", letters: false }));
    expect([done, shortcuts.value.listed]).toEqual([[], false]);
    shortcuts.press(press({ key: "ArrowDown", alt: true, writing: true, letters: false }));
    shortcuts.press(press({ key: "Escape", letters: false }));
    shortcuts.press(press({ key: "?" }));
    expect([done, shortcuts.value.listed]).toEqual([["next", "close"], true]);
});

test("one steps through the list round and round, and from unread to unread", () => {
    const chats = ["a", "b", "c"].map((roomId) => ({ roomId, isUnread: roomId !== "b" }));
    expect([neighbour(chats, "a", 1), neighbour(chats, "c", 1), neighbour(chats, "a", -1)]).toEqual(["b", "a", "c"]);
    expect([neighbour(chats, undefined, 1), neighbour(chats, undefined, -1)]).toEqual(["a", "c"]);
    expect(neighbour([], undefined, 1)).toBeUndefined();
    expect([nextUnread(chats, "a"), nextUnread(chats, "c"), nextUnread(chats, undefined)]).toEqual(["c", "a", "a"]);
    expect(nextUnread([{ roomId: "a", isUnread: true }], "a")).toBeUndefined();
});

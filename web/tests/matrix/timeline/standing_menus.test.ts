import { expect, test } from "vitest";

import type { Menu } from "../../../src/matrix/timeline/menus.ts";
import { type Message, PLAIN } from "../../../src/matrix/timeline/message.ts";
import { StandingMenus } from "../../../src/matrix/timeline/standing_menus.ts";

const MENU: Menu = {
    choices: ["a", "b"].map((id) => ({ id, title: id, description: "" })),
    style: "buttons",
    state: "open",
    chosen: null,
};

function said(id: string, by: "me" | "bot" | "other", more: Partial<Message> = {}): Message {
    const body = { kind: "text", text: id, emote: false } as const;
    const mine = by === "me";
    return { ...PLAIN, id, key: id, senderId: by, senderName: by, mine, at: 0, body, progress: null, ...more };
}

const menu = (id: string, by: "bot" | "other" = "bot") => said(id, by, { menu: MENU });
const answer = (menuId: string, choiceId: string) => said(`answer ${menuId}`, "me", { answers: { menuId, choiceId } });
const state = (messages: readonly Message[]) =>
    messages.flatMap(({ menu }) => (menu ? [menu.chosen ?? menu.state] : []));

const TABLE: [string, readonly Message[], string[]][] = [
    ["the newest can be answered", [said("halo", "me"), menu("1")], ["open"]],
    ["what was pressed stays marked", [menu("1"), answer("1", "b")], ["b"]],
    ["also when another has come", [menu("1"), answer("1", "b"), menu("2")], ["b", "open"]],
    ["a newer one of the same sender takes its place", [menu("1"), menu("2")], ["passed", "open"]],
    ["somebody else's does not", [menu("1"), menu("2", "other")], ["open", "open"]],
    ["who wrote an answer and was heard has gone on", [menu("1"), said("2", "me"), said("ok", "bot")], ["passed"]],
    ["who wrote and was not heard yet has not", [menu("1"), said("2", "me")], ["open"]],
    ["a word of the sender's own changes nothing", [menu("1"), said("besok", "bot")], ["open"]],
    ["the last choice counts", [menu("1"), answer("1", "a"), answer("1", "b")], ["b"]],
    ["an answer that is none of it counts as words", [menu("1"), answer("1", "x")], ["open"]],
    ["a deleted answer is none", [menu("1"), { ...answer("1", "a"), body: { kind: "deleted" } as const }], ["open"]],
];

test.each(TABLE)("%s", (_, messages, expected) => {
    expect(state(new StandingMenus().stand(messages, true))).toEqual(expected);
});

test("where one looks at older messages nothing can be answered", () => {
    expect(state(new StandingMenus().stand([menu("1")], false))).toEqual(["passed"]);
});

test("what has not changed is the same message as before", () => {
    const standing = new StandingMenus();
    const messages = [menu("1"), said("2", "me"), said("ok", "bot"), menu("2")];
    const [before, after] = [standing.stand(messages, true), standing.stand([...messages, said("x", "bot")], true)];
    expect(after.slice(0, 4).map((message, place) => message === before[place])).toEqual([true, true, true, true]);
    const plain = [said("1", "me")];
    expect(standing.stand(plain, true)).toBe(plain);
});

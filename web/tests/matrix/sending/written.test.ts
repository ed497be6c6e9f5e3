import { expect, test } from "vitest";

import { forwardedText } from "../../../src/matrix/sending/forwarding.ts";
import { answerDraft, textDraft } from "../../../src/matrix/sending/written.ts";
import { readAnswer, readOffer } from "../../../src/matrix/timeline/menus.ts";

const PROMPT = { type: "preset", id: "welcome/status", label: { "m.text": [{ body: "Status" }] } };
const MENU = { msgtype: "m.text", body: "Apa?\n\n1. Status", "org.matrix.msc4139.prompts": { prompts: [PROMPT] } };

test("a choice is sent as its words, and names its menu where the server does not see it", () => {
    const choice = { id: "welcome/status", title: "Status", description: "" };
    const { type, content } = answerDraft("$menu", choice, null);
    expect([type, content.msgtype, content.body]).toEqual(["m.room.message", "m.text", "Status"]);
    expect(readAnswer(content)).toEqual({ menuId: "$menu", choiceId: "welcome/status" });
    expect(content["m.relates_to"]).toBeUndefined();
    expect(answerDraft("$menu", choice, "$branch").content["m.relates_to"]).toMatchObject({ event_id: "$branch" });
});

test("what is passed on has the words of a menu, and nothing to press", () => {
    expect(readOffer(MENU, "@ani:x")).not.toBeNull();
    const { content } = forwardedText(MENU, 1);
    expect(content.body).toBe(MENU.body);
    expect(readOffer(content, "@ani:x")).toBeNull();
    expect(
        readAnswer(forwardedText(answerDraft("$1", { id: "a", title: "A", description: "" }, null).content, 1).content),
    ).toBeNull();
});

test("a question names the thing that it is about where the server does not see it", () => {
    const replyTo = { id: "$offer", senderId: "@toko:x", productId: "SKU-1" };
    const { content } = textDraft("masih ada?", { replyTo, branch: null, named: [] });
    expect(content["id.amanat.product"]).toEqual({ v: 1, id: "SKU-1" });
    expect(content["m.relates_to"]).toEqual({ "m.in_reply_to": { event_id: "$offer" } });
    expect(forwardedText(content, 1).content["id.amanat.product"]).toBeUndefined();
});

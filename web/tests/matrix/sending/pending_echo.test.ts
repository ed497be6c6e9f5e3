/* What was done to a message shows at once, before the server knows of it. */

import { expect, test } from "vitest";

import type { Queued } from "../../../src/matrix/sending/chat_queue.ts";
import { withPending } from "../../../src/matrix/sending/pending_echo.ts";
import type { Draft } from "../../../src/matrix/sending/sending.ts";
import { deletionDraft, editDraft, reactionDraft } from "../../../src/matrix/sending/written.ts";
import { type Message, PLAIN } from "../../../src/matrix/timeline/message.ts";

const HELLO: Message = {
    ...PLAIN,
    id: "$hello",
    key: "$hello",
    senderId: "@ani:x",
    senderName: "Ani",
    mine: true,
    at: 0,
    body: { kind: "text", text: "halo", emote: false },
    progress: "read",
};

function queued(draft: Draft, state: Queued["state"] = "waiting"): Queued {
    return { key: "k", roomId: "!r", draft, at: 0, triedAt: null, problem: null, state, eventId: null };
}

test("nothing under way leaves the messages the very same", () => {
    const messages = [HELLO];
    expect(withPending(messages, [], "Ani")).toBe(messages);
});

test("an edit shows its words, and that they have not been sent", () => {
    const [edited] = withPending([HELLO], [queued(editDraft("$hello", "hai", []))], "Ani");
    expect(edited).toMatchObject({ body: { text: "hai" }, edited: true, progress: "waiting", key: "$hello" });
});

test("an edit that rests is not shown on the message: it is a row of its own", () => {
    expect(withPending([HELLO], [queued(editDraft("$hello", "hai", []), "failed")], "Ani")).toEqual([HELLO]);
});

test("a reaction can be taken back before it was sent", () => {
    const [reacted] = withPending([HELLO], [queued(reactionDraft("$hello", "👍"))], "Ani");
    expect(reacted?.reactions).toEqual([{ key: "👍", names: ["Ani"], mineId: "k" }]);
});

test("a reaction that is taken back is gone; those of others stay", () => {
    const liked = { ...HELLO, reactions: [{ key: "👍", names: ["Ani", "Budi"], mineId: "$mine" }] };
    const [left] = withPending([liked], [queued(deletionDraft("$mine"))], "Ani");
    expect(left?.reactions).toEqual([{ key: "👍", names: ["Budi"], mineId: null }]);
});

test("a message that is being deleted is gone at once", () => {
    const [deleted] = withPending([HELLO], [queued(deletionDraft("$hello"))], "Ani");
    expect(deleted?.body).toEqual({ kind: "deleted" });
});

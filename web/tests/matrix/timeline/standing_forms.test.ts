import { expect, test } from "vitest";

import type { Form } from "../../../src/matrix/timeline/forms.ts";
import { type Message, PLAIN } from "../../../src/matrix/timeline/message.ts";
import { StandingForms } from "../../../src/matrix/timeline/standing_forms.ts";

const FORM: Form = { button: "Isi", first: "A", data: {}, screens: [] };

function said(id: string, more: Partial<Message> = {}): Message {
    const body = { kind: "text", text: id, emote: false } as const;
    return { ...PLAIN, id, key: id, senderId: "", senderName: "", mine: false, at: 0, body, progress: null, ...more };
}

const asked = said("form", { form: { form: FORM, sent: null } });
const answer = (id: string) => said(id, { mine: true, fills: "form" });

test("a form stands as it was sent last, and stays the same object", () => {
    const standing = new StandingForms();
    const messages = [asked, answer("satu"), answer("dua")];
    const [first] = standing.stand(messages);
    expect(first?.form?.sent).toBe("dua");
    expect(standing.stand(messages)[0]).toBe(first);
    expect(standing.stand([asked])[0]).toBe(asked);
});

test("what others say they sent, and what was deleted, is nothing", () => {
    const deleted = { ...answer("x"), body: { kind: "deleted" } as const };
    const standing = new StandingForms().stand([asked, said("x", { fills: "form" }), deleted]);
    expect(standing[0]?.form?.sent).toBeNull();
});

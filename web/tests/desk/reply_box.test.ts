import { expect, test } from "vitest";

import { InboxApi } from "../../src/desk/api/inbox_api.ts";
import { type Draft, ReplyBox } from "../../src/desk/viewmodels/reply_box.ts";
import { BREAK, eventually, FakeGateway, refuse } from "./fake_gateway.ts";
import { memoryArea } from "./memory_area.ts";

const ROOM = "!ani:example";

function boxAt(gateway: FakeGateway, drafts = memoryArea<Draft>()): ReplyBox {
    const api = new InboxApi(gateway.ask, "/s");
    let minted = 0;
    return new ReplyBox({
        send: (saying) => api.reply(ROOM, saying),
        quickReplies: () => api.quickReplies(),
        drafts,
        key: "s !ani:example",
        mint: () => `t${++minted}`,
        language: () => "en",
    });
}

const OFTEN = [
    { title: { id: "Jam buka", en: "Opening hours" }, text: { id: "Kami buka pukul 8.", en: "We open at 8." } },
    { title: { id: "Terima kasih", en: "Thanks" }, text: { id: "Terima kasih!", en: "Thank you!" } },
];

const gatewayOf = () => new FakeGateway().on("GET", "/quick_replies", () => ({ replies: OFTEN }));

test("a reply that broke on its way is sent again under the same id, and those after it keep their order", async () => {
    let broken = true;
    const gateway = gatewayOf().on("POST", "/replies", ({ body }) => {
        if (broken) throw BREAK;
        return { position: (body as { text: string }).text.length };
    });
    const box = boxAt(gateway);
    box.write("satu");
    await box.send();
    expect(box.value.pending).toMatchObject([{ text: "satu", state: "failed" }]);

    broken = false;
    box.write("dua dua");
    await box.send();
    await box.retry();
    await eventually(() => expect(box.value.pending.map(({ state }) => state)).toEqual(["sent", "sent"]));
    const ids = gateway.sent("POST", "/replies").map((body) => (body as { txn_id: string }).txn_id);
    expect(ids[0]).toBe(ids.at(-1));
    box.settle(new Set([4, 7]));
    expect(box.value.pending).toEqual([]);
});

test("what was written and what was under way are there after a reload, and said once", async () => {
    const drafts = memoryArea<Draft>();
    const before = boxAt(
        gatewayOf().on("POST", "/replies", () => {
            throw BREAK;
        }),
        drafts,
    );
    before.write("sampai mana?");
    await before.send();
    before.write("belum sele");
    before.dispose();

    const gateway = gatewayOf().on("POST", "/replies", () => ({ position: 1 }));
    const after = boxAt(gateway, drafts);
    await eventually(() => expect(gateway.sent("POST", "/replies")).toMatchObject([{ text: "sampai mana?" }]));
    expect(after.value.text).toBe("belum sele");
});

test("what was sent from a chat that was left meanwhile is sent once", async () => {
    const gateway = gatewayOf().on("POST", "/replies", () => ({ position: 1 }));
    const drafts = memoryArea<Draft>();
    const box = boxAt(gateway, drafts);
    box.write("halo");
    const sending = box.send();
    box.dispose();
    await sending;
    expect(gateway.sent("POST", "/replies")).toHaveLength(1);
    expect(await drafts.all()).toEqual(new Map());
});

test.each([
    ["breaks", 502],
    ["asks for patience", 429],
])("a gateway that %s has refused nothing: the reply waits to be sent again", async (_, status) => {
    const box = boxAt(gatewayOf().on("POST", "/replies", () => refuse(status, "LIMIT_EXCEEDED")));
    box.write("halo");
    await box.send();
    expect(box.value).toMatchObject({ text: "", pending: [{ text: "halo", state: "failed" }], trouble: null });
});

test("a reply to a chat that went back to the bot is the writer's again", async () => {
    const box = boxAt(gatewayOf().on("POST", "/replies", () => refuse(409, "NOT_WITH_STAFF")));
    box.write("halo");
    await box.send();
    expect(box.value).toMatchObject({ text: "halo", pending: [], trouble: { code: "NOT_WITH_STAFF" } });
    box.write("halo lagi");
    expect(box.value.trouble).toBeNull();
});

test("a slash looks among what is said often, in every language; the person's is taken", async () => {
    const gateway = gatewayOf();
    const box = boxAt(gateway);
    await eventually(() => expect(gateway.asked).toHaveLength(1));
    await Promise.resolve();
    await eventually(() => {
        box.write("/");
        expect(box.value.picks).toHaveLength(2);
    });
    box.write("/buka");
    expect(box.value.picks).toEqual([OFTEN[0]]);
    box.write("/nothing like it");
    expect(box.value.picks).toEqual([]);
    box.write("/");
    box.step(-1);
    expect(box.value.chosen).toBe(1);
    box.pick(OFTEN[0] as (typeof OFTEN)[number]);
    expect(box.value).toMatchObject({ text: "We open at 8.", picks: null });
    box.write("1/2");
    expect(box.value.picks).toBeNull();
});

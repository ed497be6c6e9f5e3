import { expect, test } from "vitest";

import { BotApi, type Token, type Try } from "../../src/desk/api/bot_api.ts";
import { Deliveries } from "../../src/desk/viewmodels/deliveries.ts";
import { Tokens } from "../../src/desk/viewmodels/tokens.ts";
import { eventually, FakeGateway, refuse } from "./fake_gateway.ts";

const quiet = () => () => {};

const tryOf = (position: number): Try => ({
    position,
    update: position,
    kind: "message",
    ts: position,
    took_ms: 1,
    status: 200,
    reason: "",
    state: "delivered",
});

test("what people wrote comes when somebody looks, and goes with its try", async () => {
    let tries = [2, 1];
    const gateway = new FakeGateway()
        .on("GET", "/bot", () => ({ waiting: 0 }))
        .on("GET", "/bot/deliveries", () => ({ deliveries: tries.map(tryOf) }))
        .on("GET", "/bot/deliveries/1", () => ({ body: "{}", answer: "ok" }));
    const deliveries = new Deliveries({ api: new BotApi(gateway.ask, ""), mayOpen: true, changed: quiet });
    await eventually(() => expect(deliveries.value.tries).toHaveLength(2));
    await deliveries.look(1);
    expect([...deliveries.value.opened]).toEqual([[1, { body: "{}", answer: "ok" }]]);
    await deliveries.refresh();
    expect(deliveries.value.opened.size).toBe(1);
    tries = [3, 2];
    await deliveries.refresh();
    expect(deliveries.value.opened.size).toBe(0);
    expect(gateway.sent("GET", "/bot/deliveries/1")).toHaveLength(1);
});

test("a try is delivered again once, and what is gone says so", async () => {
    const gateway = new FakeGateway()
        .on("GET", "/bot", () => ({ waiting: 0 }))
        .on("GET", "/bot/deliveries", () => ({ deliveries: [tryOf(1)] }))
        .on("POST", "/bot/deliveries/1/replay", () => ({}))
        .on("POST", "/bot/deliveries/9/replay", () => refuse(404, "NO_SUCH"));
    const deliveries = new Deliveries({ api: new BotApi(gateway.ask, ""), mayOpen: true, changed: quiet });
    expect(await Promise.all([deliveries.replay(1), deliveries.replay(1)])).toEqual([true, false]);
    expect(gateway.sent("POST", "/replay")).toHaveLength(1);
    expect(await deliveries.replay(9)).toBe(false);
    expect(deliveries.value.trouble?.code).toBe("NO_SUCH");
    expect(deliveries.value.busy.size).toBe(0);
});

test("a test is delivered once, and the list says how it went", async () => {
    let tries: Try[] = [];
    const gateway = new FakeGateway()
        .on("GET", "/bot", () => ({ waiting: 0 }))
        .on("GET", "/bot/deliveries", () => ({ deliveries: tries }))
        .on("POST", "/bot/deliveries", () => {
            tries = [{ ...tryOf(1), kind: "test", status: 500, state: "failed" }];
            return {};
        });
    const deliveries = new Deliveries({ api: new BotApi(gateway.ask, ""), mayOpen: true, changed: quiet });
    expect(await Promise.all([deliveries.test(), deliveries.test()])).toEqual([true, false]);
    expect(gateway.sent("POST", "/bot/deliveries")).toHaveLength(1);
    expect(deliveries.value.tries?.map(({ kind, state }) => [kind, state])).toEqual([["test", "failed"]]);
});

test("a token is shown once when it is made, and one without a name or a scope is not asked for", async () => {
    const held: Token[] = [];
    const gateway = new FakeGateway()
        .on("GET", "/bot/tokens", () => ({ tokens: held }))
        .on("POST", "/bot/tokens", () => ({ token: "77:rahasia" }))
        .on("DELETE", "/bot/tokens/kasir%20toko", () => ({}));
    const tokens = new Tokens(new BotApi(gateway.ask, ""), quiet);
    for (const wrong of [
        { label: " ", scopes: ["read"] as const, hours: 8 },
        { label: "kasir", scopes: [], hours: 8 },
    ]) {
        expect(await tokens.add(wrong)).toBe(false);
    }
    expect(await tokens.add({ label: " kasir toko ", scopes: ["read"], hours: null })).toBe(true);
    expect(gateway.sent("POST", "/bot/tokens")).toEqual([{ label: "kasir toko", scopes: ["read"], hours: null }]);
    expect(tokens.value.made).toEqual({ label: "kasir toko", token: "77:rahasia" });
    tokens.forgetMade();
    expect(tokens.value.made).toBeNull();
    expect(await tokens.revoke("kasir toko")).toBe(true);
});

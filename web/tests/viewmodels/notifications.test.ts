/* Who switches notifications while the app is still finding out what was chosen before is the one who counts. */

import "fake-indexeddb/auto";

import { createClient } from "matrix-js-sdk/lib/matrix";
import { expect, test, vi } from "vitest";

import type { QuietHours } from "../../src/matrix/push/quiet_hours.ts";
import { quiet } from "../../src/matrix/session/quiet.ts";
import type { Session } from "../../src/matrix/session/session.ts";
import type { Navigation } from "../../src/platform/navigation.ts";
import { Observable } from "../../src/platform/observable.ts";
import { Vault } from "../../src/platform/vault.ts";
import { Notifications } from "../../src/viewmodels/notifications.ts";

const SUBSCRIPTION = { endpoint: "https://push.example/1", p256dh: "key", auth: "auth" };
let names = 0;

/** A device on which they were on before, and what the server is told of its pushers. */
async function device() {
    const vault = await Vault.open(`notifications-${names++}`);
    await vault.area("notifications").put("own", { on: true, content: true, subscription: SUBSCRIPTION });
    const pushers: (string | null)[] = [];
    let hold: Promise<void> | null = null;
    const answer = async (address: string | URL | Request, request?: RequestInit) => {
        if (String(address).endsWith("/push/key")) {
            await hold;
            return Response.json({ key: "server" });
        }
        pushers.push(JSON.parse(String(request?.body)).kind);
        return Response.json({});
    };
    const client = createClient({ baseUrl: "http://x", accessToken: "t", fetchFn: answer, logger: quiet });
    const browser = { subscribed: true };
    const notifications = new Notifications({ client, vault, deviceId: "A" } as unknown as Session, {
        chats: new Observable([]),
        quietHours: { settings: new Observable({ on: false, from: 0, to: 0 }) } as unknown as QuietHours,
        navigation: {} as Navigation,
        push: {
            permission: () => "granted",
            ask: async () => "granted",
            subscribe: async () => {
                browser.subscribed = true;
                return SUBSCRIPTION;
            },
            unsubscribe: async () => {
                browser.subscribed = false;
            },
        },
        notices: { watched: () => false, show: async () => {}, clear: async () => false, count: () => {} },
        worker: { hear: () => () => {}, tell: async () => {} },
    });
    return {
        notifications,
        browser,
        pushers,
        /** The server does not answer until the returned function is called. */
        holdServer() {
            let letGo = () => {};
            hold = new Promise((done) => {
                letGo = done;
            });
            return () => letGo();
        },
        kept: () => vault.area<{ on: boolean; content: boolean }>("notifications").get("own"),
    };
}

test("who turns them off while it is still read whether they were on has them off", async () => {
    const { notifications, browser, pushers, kept } = await device();
    await Promise.all([notifications.start(), notifications.turnOff()]);
    expect(notifications.value).toMatchObject({ on: false, whenClosed: false, busy: false, failed: false });
    expect(await kept()).toMatchObject({ on: false });
    expect([browser.subscribed, pushers.at(-1)]).toEqual([false, null]);
});

test("what they are to say is not forgotten for what they said before", async () => {
    const { notifications, kept } = await device();
    await Promise.all([notifications.showContent(false), notifications.start()]);
    expect(notifications.value).toMatchObject({ on: true, content: false });
    expect(await kept()).toMatchObject({ on: true, content: false });
});

test("who turns them off while the server is asked is pushed to no more", async () => {
    const { notifications, browser, pushers, kept, holdServer } = await device();
    const letGo = holdServer();
    const starting = notifications.start();
    await vi.waitUntil(() => notifications.value.on);
    await notifications.turnOff();
    expect(browser.subscribed).toBe(false);
    letGo();
    await starting;
    expect(notifications.value).toMatchObject({ on: false, whenClosed: false });
    expect(await kept()).toMatchObject({ on: false });
    expect([browser.subscribed, pushers.at(-1)]).toEqual([false, null]);
});

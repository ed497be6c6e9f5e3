import { expect, test } from "vitest";

import type { Role } from "../../src/desk/api/terms.ts";
import type { Arrival } from "../../src/desk/viewmodels/arrivals.ts";
import { Desk } from "../../src/desk/viewmodels/desk.ts";
import type { Edits } from "../../src/desk/viewmodels/edits.ts";
import type { Draft } from "../../src/desk/viewmodels/reply_box.ts";
import type { Navigation, Place } from "../../src/platform/navigation.ts";
import { Observable } from "../../src/platform/observable.ts";
import { eventually, FakeGateway, refuse } from "./fake_gateway.ts";
import { memoryArea } from "./memory_area.ts";

function navigationAt(...at: string[]): Navigation {
    const place = new Observable<Place>(at);
    return { place, go: (to) => place.set(to), back: () => {} };
}

const serviceOf = (id: string, role: Role) => ({
    id,
    name: id,
    user_id: `@${id}:example`,
    role,
    languages: ["id"],
    desks: [],
    places: [{ id: "timur", name: "Timur", zone: "Asia/Jakarta" }],
    api: "",
    has_appointments: true,
});

function deskOf(gateway: FakeGateway, navigation = navigationAt()) {
    const left: string[] = [];
    let destroyed = 0;
    const kept = {
        drafts: memoryArea<Draft>(),
        edits: memoryArea<Edits>(),
        notices: memoryArea<boolean>(),
        arrivals: memoryArea<readonly Arrival[]>(),
        close: () => {},
    };
    const desk = new Desk({
        fetch: gateway.fetch,
        navigation,
        leave: (address) => left.push(address),
        openKept: async () => ({
            ...kept,
            destroy: async () => {
                destroyed += 1;
            },
        }),
        mint: () => "id",
        today: () => "2026-01-05",
        now: () => 0,
        wait: () => new Promise(() => {}),
    });
    return { desk, navigation, left, destroyed: () => destroyed };
}

/** Changes are asked for once and never answered. */
const gatewayOf = (services: object[]) =>
    new FakeGateway()
        .on("GET", "/me", () => ({ user_id: "@budi:example", name: "Budi", services }))
        .on("GET", "since=0", () => ({ next: 1, changed: [] }))
        .on("GET", "since=1", () => refuse(500, "BROKEN"))
        .on("GET", "?show=waiting", () => ({ chats: [], counts: { waiting: 0, mine: 0, all: 0 } }));

const sectionsOf = (desk: Desk) => (desk.value.state.screen === "home" ? desk.value.state.service.sections : null);

test("whoever is not signed in is shown the doors, and goes through one", async () => {
    const gateway = new FakeGateway().on("GET", "/me", () =>
        refuse(401, "SIGNED_OUT", { doors: [{ id: "kantor a", name: "Kantor A" }] }),
    );
    const { desk, left } = deskOf(gateway);
    await desk.start("denied");
    expect(desk.value.state).toMatchObject({ screen: "sign_in", doors: [{ id: "kantor a" }], problem: "denied" });
    desk.signIn("kantor a");
    expect(left).toEqual(["/desk/sign_in?service=kantor%20a"]);
});

test.each([
    ["agent", ["inbox", "day", "tickets"]],
    ["editor", ["texts"]],
    ["lead", ["inbox", "day", "tickets", "texts", "staff"]],
] as const)("a role opens its sections: %s", async (role, sections) => {
    const { desk } = deskOf(gatewayOf([serviceOf("paspor", role)]));
    await desk.start(null);
    expect(sectionsOf(desk)).toEqual(sections);
    desk.dispose();
});

test("one sits at the desk that the address names, changes it, and may have none", async () => {
    const two = [serviceOf("paspor", "agent"), serviceOf("pustaka", "editor")];
    const { desk, navigation } = deskOf(gatewayOf(two), navigationAt("pustaka"));
    await desk.start(null);
    expect(sectionsOf(desk)).toEqual(["texts"]);
    desk.change("paspor");
    expect([navigation.place.value, sectionsOf(desk)?.[0]]).toEqual([["paspor"], "inbox"]);
    desk.dispose();

    const { desk: none } = deskOf(gatewayOf([]));
    await none.start(null);
    expect(none.value.state.screen).toBe("nothing");
});

test("a session that ends leads to the door and says so; signing out forgets what was kept", async () => {
    let signedIn = true;
    const gateway = gatewayOf([serviceOf("paspor", "agent")]);
    const me = () => ({ user_id: "@budi:example", name: "Budi", services: [serviceOf("paspor", "agent")] });
    gateway.on("GET", "/me", () => (signedIn ? me() : refuse(401, "SIGNED_OUT", { doors: [{ id: "a", name: "A" }] })));
    gateway.on("GET", "?show=all", () => refuse(401, "SIGNED_OUT"));
    const { desk, destroyed } = deskOf(gateway);
    await desk.start(null);
    signedIn = false;
    const { state } = desk.value;
    if (state.screen !== "home") throw new Error("One sits at a desk.");
    state.service.inbox?.show("all");
    await eventually(() =>
        expect(desk.value.state).toMatchObject({ screen: "sign_in", doors: [{ id: "a" }], problem: "ended" }),
    );
    expect(destroyed()).toBe(0);

    signedIn = true;
    await desk.start(null);
    gateway.on("POST", "/sign_out", () => {
        signedIn = false;
        return {};
    });
    await desk.signOut();
    expect([desk.value.state.screen, destroyed()]).toEqual(["sign_in", 1]);
});

test("without a network it says so, and can be asked again", async () => {
    const { desk } = deskOf(new FakeGateway().on("GET", "/me", () => refuse(503, "DOWN")));
    await desk.start(null);
    expect(desk.value.state.screen).toBe("offline");
});

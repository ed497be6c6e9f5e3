import { expect, test } from "vitest";

import { WaitingBell } from "../../src/desk/viewmodels/waiting_bell.ts";
import type { PageNotices } from "../../src/platform/page_notices.ts";
import { eventually } from "./fake_gateway.ts";
import { memoryArea } from "./memory_area.ts";

/** A browser that shows notifications, and what it shows now. */
function browser(permission: ReturnType<PageNotices["permission"]>, answer: "granted" | "denied" = "granted") {
    const shown = new Map<string, string>();
    const here: {
        permission: ReturnType<PageNotices["permission"]>;
        watched: boolean;
        shown: Map<string, string>;
        chosen: () => void;
        notices: PageNotices;
    } = {
        permission,
        watched: false,
        shown,
        chosen: () => {},
        notices: {
            permission: () => here.permission,
            ask: async () => {
                here.permission = answer;
                return answer === "granted";
            },
            watched: () => here.watched,
            show: ({ tag, body, chosen }) => {
                shown.set(tag, body);
                here.chosen = chosen;
                return () => shown.delete(tag);
            },
        },
    };
    return here;
}

function bellAt({ notices }: { notices: PageNotices }, kept = memoryArea<boolean>()) {
    const opened: string[] = [];
    const bell = new WaitingBell({ notices, kept, service: "paspor", open: () => opened.push("inbox") });
    const ring = (waiting: number) => bell.ring({ waiting, title: "Paspor", body: `${waiting} menunggu` });
    return { bell, ring, opened };
}

test("whoever switched it on is told how many wait while they look elsewhere", async () => {
    const here = browser("ask");
    const { bell, ring, opened } = bellAt(here);
    ring(1);
    expect(here.shown.size).toBe(0);
    await bell.turn(true);
    ring(2);
    expect([...here.shown]).toEqual([["paspor", "2 menunggu"]]);
    here.chosen();
    expect(opened).toEqual(["inbox"]);
    ring(1);
    expect(here.shown.get("paspor")).toBe("2 menunggu");
    ring(0);
    expect(here.shown.size).toBe(0);
});

test("nobody is told what they are looking at", async () => {
    const here = browser("granted");
    const { bell, ring } = bellAt(here);
    await bell.turn(true);
    here.watched = true;
    ring(3);
    expect(here.shown.size).toBe(0);
    here.watched = false;
    ring(4);
    expect(here.shown.size).toBe(1);
    await bell.turn(false);
    ring(0);
    ring(5);
    expect(here.shown.size).toBe(0);
});

test("the wish is remembered, and a browser that was told no is not asked for it", async () => {
    const kept = memoryArea<boolean>();
    await bellAt(browser("ask"), kept).bell.turn(true);
    const again = bellAt(browser("granted"), kept).bell;
    await eventually(() => expect(again.value.on).toBe(true));
    const barred = bellAt(browser("ask", "denied")).bell;
    await barred.turn(true);
    expect(barred.value).toEqual({ on: false, denied: true });
    expect(bellAt(browser("none")).bell.available).toBe(false);
});

import { expect, test } from "vitest";

import { DayApi, type DayLine } from "../../src/desk/api/day_api.ts";
import { type Arrival, Arrivals, type ArrivalsGround } from "../../src/desk/viewmodels/arrivals.ts";
import { Day } from "../../src/desk/viewmodels/day.ts";
import type { Area } from "../../src/platform/vault.ts";
import { BREAK, eventually, FakeGateway, refuse } from "./fake_gateway.ts";
import { memoryArea } from "./memory_area.ts";
import { VECTOR } from "./ticket_vector.ts";

/** The visit of the vector, as the clock in Jakarta shows it. */
const [DATE, TIME] = ["2026-11-24", "13:00"];
const NUMBER = "PSP-7K4M-92XC";
const CAME = 1_795_499_000_000;

type Desk = { day: Day; arrivals: Arrivals; reconnect: () => void; later: () => void };

function deskAt(gateway: FakeGateway, kept: Area<readonly Arrival[]> = memoryArea(), date = DATE): Desk {
    const listeners = new Set<() => void>();
    const changed = (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
    };
    const api = new DayApi(gateway.ask, "");
    const checkIn: ArrivalsGround["checkIn"] = (shown, came) => api.checkIn(shown, came);
    const again = new Set<() => void>();
    const wait = () => new Promise<void>((resolve) => again.add(resolve));
    const arrivals = new Arrivals({ kept, service: "paspor", checkIn, changed, wait });
    const places = [{ id: "timur", name: "Timur", zone: "Asia/Jakarta" }];
    const day = new Day({ api, places, today: () => date, now: () => CAME, mint: () => "t", changed, arrivals });
    const reconnect = () => {
        for (const listener of listeners) listener();
    };
    const later = () => {
        for (const resolve of again) resolve();
    };
    return { day, arrivals, reconnect, later };
}

const line = (given: Partial<DayLine>) => ({ number: NUMBER, time: TIME, state: "booked", ...given }) as DayLine;

/** A gateway that has told of a day and does not answer a check-in, until it is there again. */
function awayAfter(lines: readonly DayLine[], date = DATE) {
    const gateway = new FakeGateway();
    const state = { away: true };
    gateway.on("GET", `/days/timur/${date}`, () => ({
        date,
        lines,
        counts: {},
        now_serving: [],
        services: [],
        ticket_key: VECTOR.key,
    }));
    gateway.on("POST", "/check_in", () => {
        if (state.away) throw BREAK;
        return { line: line({ state: "arrived" }), late: false };
    });
    return { gateway, state };
}

async function seen(day: Day): Promise<Day> {
    await eventually(() => expect(day.value.sheet).not.toBeNull());
    return day;
}

test("without a connection a genuine ticket of the day is noted, and told with its time once there is one", async () => {
    const { gateway, state } = awayAfter([line({})]);
    const { day, arrivals, reconnect } = deskAt(gateway);
    expect(await (await seen(day)).receive(VECTOR.text)).toBe(true);
    expect(day.value.outcome).toEqual({ what: "noted", number: NUMBER, time: TIME, listed: true });
    expect(arrivals.value.waiting).toHaveLength(1);
    state.away = false;
    reconnect();
    await eventually(() => expect(arrivals.value.waiting).toEqual([]));
    expect(gateway.sent("POST", "/check_in").at(-1)).toEqual({ ticket: VECTOR.text, came_ts: CAME });
    expect(day.value.outcome).toBeNull();
});

test("where nobody says that the connection is back, it is tried again", async () => {
    const { gateway, state } = awayAfter([line({})]);
    const { day, arrivals, later } = deskAt(gateway);
    await (await seen(day)).receive(VECTOR.text);
    later();
    await eventually(() => expect(gateway.sent("POST", "/check_in")).toHaveLength(2));
    expect(arrivals.value.waiting).toHaveLength(1);
    state.away = false;
    await eventually(() => {
        later();
        expect(arrivals.value.waiting).toEqual([]);
    });
});

test("who is noted is noted once, and still there after a reload", async () => {
    const { gateway } = awayAfter([line({})]);
    const kept = memoryArea<readonly Arrival[]>();
    const { day } = deskAt(gateway, kept);
    await (await seen(day)).receive("psp 7k4m 92xc");
    expect(await day.receive(VECTOR.text)).toBe(false);
    expect(day.value.outcome).toMatchObject({ what: "refused", trouble: { code: "ALREADY" } });
    const { arrivals } = deskAt(gateway, kept);
    await eventually(() => expect(arrivals.value.waiting.map(({ number }) => number)).toEqual([NUMBER]));
});

test.each([
    ["FORGED", VECTOR.text.replace("AT1.eyJ", "AT1.eyK"), [line({})], DATE],
    ["FORGED", VECTOR.text, [line({ time: "09:00" })], DATE],
    ["ALREADY", VECTOR.text, [line({ state: "called" })], DATE],
    ["OTHER_DAY", VECTOR.text, [], "2026-11-25"],
    ["OFFLINE", "PSP-2222-2222", [line({})], DATE],
] as const)("without a connection nobody is let in who is not expected: %s", async (code, shown, lines, date) => {
    const { day, arrivals } = deskAt(awayAfter(lines, date).gateway, memoryArea(), date);
    expect(await (await seen(day)).receive(shown)).toBe(false);
    expect(day.value.outcome).toMatchObject({ what: "refused", trouble: { code } });
    expect(arrivals.value.waiting).toEqual([]);
});

test("a genuine ticket that the list does not have is noted, and said to be missing there", async () => {
    const { day } = deskAt(awayAfter([]).gateway);
    expect(await (await seen(day)).receive(VECTOR.text)).toBe(true);
    expect(day.value.outcome).toMatchObject({ what: "noted", listed: false });
});

test("of whom the gateway will not have it, the staff hear; who is in line already is no trouble", async () => {
    const { gateway, state } = awayAfter([line({}), line({ number: "PSP-2222-2222" })]);
    const { day, arrivals, reconnect } = deskAt(gateway);
    await (await seen(day)).receive(VECTOR.text);
    await day.receive("PSP-2222-2222");
    gateway.on("POST", "/check_in", ({ body }) => {
        if (state.away) throw BREAK;
        return "ticket" in (body as object) ? refuse(409, "ALREADY") : refuse(404, "NO_SUCH");
    });
    state.away = false;
    reconnect();
    await eventually(() => expect(arrivals.value.waiting).toEqual([]));
    expect(arrivals.value.notTaken).toMatchObject([{ number: "PSP-2222-2222", trouble: { code: "NO_SUCH" } }]);
    arrivals.forgetNotTaken();
    expect(arrivals.value.notTaken).toEqual([]);
});

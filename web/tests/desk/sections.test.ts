import { expect, test } from "vitest";

import { DayApi, type DayLine } from "../../src/desk/api/day_api.ts";
import { InboxApi, type Line } from "../../src/desk/api/inbox_api.ts";
import { StaffApi } from "../../src/desk/api/staff_api.ts";
import { type TicketState, TicketsApi } from "../../src/desk/api/tickets_api.ts";
import { type Arrival, Arrivals, type ArrivalsGround } from "../../src/desk/viewmodels/arrivals.ts";
import { Conversation } from "../../src/desk/viewmodels/conversation.ts";
import { Day } from "../../src/desk/viewmodels/day.ts";
import { Pulse } from "../../src/desk/viewmodels/pulse.ts";
import type { Draft } from "../../src/desk/viewmodels/reply_box.ts";
import { Staff } from "../../src/desk/viewmodels/staff.ts";
import { Tickets } from "../../src/desk/viewmodels/tickets.ts";
import { BREAK, eventually, FakeGateway, refuse } from "./fake_gateway.ts";
import { memoryArea } from "./memory_area.ts";

const quiet = () => () => {};

const lineOf = (position: number): Line => ({
    position,
    from: "person",
    by: "@ani:example",
    by_name: "Ani",
    kind: "text",
    text: `${position}`,
    ts: position,
    state: null,
    file: null,
});

function conversationAt(gateway: FakeGateway): Conversation {
    const pulse = new Pulse({ changes: () => new Promise(() => {}), wait: async () => {}, barred: () => {} });
    return new Conversation({
        api: new InboxApi(gateway.ask, ""),
        room: "!ani",
        pulse,
        drafts: memoryArea<Draft>(),
        draftKey: "a",
        mint: () => "id",
        quickReplies: async () => [],
        colleagues: async () => [],
    });
}

test("older lines stay when newer come, unless lines in between are missing", async () => {
    let newest = [8, 9];
    const gateway = new FakeGateway()
        .on("GET", "/chats/!ani", () => ({ chat: {}, context: [], notes: [], lines: newest.map(lineOf), more: true }))
        .on("GET", "?before=8", () => ({ chat: {}, context: [], notes: [], lines: [6, 7].map(lineOf), more: false }));
    const conversation = conversationAt(gateway);
    const shown = () => [conversation.value.talk?.lines.map(({ position }) => position), conversation.value.talk?.more];
    await eventually(() => expect(shown()).toEqual([[8, 9], true]));
    await conversation.older();
    newest = [9, 10];
    await conversation.refresh();
    expect(shown()).toEqual([[6, 7, 8, 9, 10], false]);
    newest = [20, 21];
    await conversation.refresh();
    expect(shown()).toEqual([[20, 21], true]);
});

test("a line that was seen is told once; a telling that broke is told again", async () => {
    let broken = true;
    const gateway = new FakeGateway()
        .on("GET", "/chats/!ani", () => ({ chat: {}, context: [], notes: [], lines: [lineOf(8)], more: false }))
        .on("POST", "/read", () => {
            if (broken) throw BREAK;
        });
    const conversation = conversationAt(gateway);
    await eventually(() => expect(conversation.value.talk).not.toBeNull());
    await conversation.seen();
    broken = false;
    await conversation.seen();
    await conversation.seen();
    expect(gateway.sent("POST", "/read")).toEqual([{ position: 8 }, { position: 8 }]);
});

test("a note that was not taken stays in its field, and is added under the id of the first time", async () => {
    let broken = true;
    const gateway = new FakeGateway()
        .on("GET", "/chats/!ani", () => ({ chat: {}, context: [], notes: [], lines: [], more: false }))
        .on("POST", "/notes", () => {
            if (broken) throw BREAK;
            return { position: 1 };
        });
    const { note } = conversationAt(gateway);
    note.write("Sudah ditelepon");
    await note.add();
    expect(note.value).toMatchObject({ text: "Sudah ditelepon", trouble: { code: "OFFLINE" } });
    broken = false;
    await note.add();
    expect(note.value.text).toBe("");
    const [first, second] = gateway.sent("POST", "/notes");
    expect(first).toEqual(second);
});

const seat = (state: string) => ({ number: "KTC-7K4M-92XC", time: "09:30", state }) as DayLine;

function dayAt(gateway: FakeGateway): Day {
    gateway.on("GET", "/days/timur/2026-01-05", () => ({ lines: [], counts: {}, now_serving: [], services: [] }));
    const places = [{ id: "timur", name: "Timur", zone: "Asia/Jakarta" }];
    let minted = 0;
    const api = new DayApi(gateway.ask, "");
    const kept = memoryArea<readonly Arrival[]>();
    const checkIn: ArrivalsGround["checkIn"] = (shown, came) => api.checkIn(shown, came);
    return new Day({
        api,
        places,
        today: () => "2026-01-05",
        now: () => 0,
        mint: () => `t${++minted}`,
        changed: quiet,
        arrivals: new Arrivals({ kept, service: "paspor", checkIn, changed: quiet, wait: () => new Promise(() => {}) }),
    });
}

test("a scanner's ticket and a typed number are told apart, and lateness is said", async () => {
    const gateway = new FakeGateway().on("POST", "/check_in", () => ({ line: seat("arrived"), late: true }));
    const day = dayAt(gateway);
    expect(await day.receive(" ktc-7k4m-92xc\n")).toBe(true);
    await day.receive("AT1.eyJ.c2ln");
    expect(await day.receive("  ")).toBe(false);
    expect(gateway.sent("POST", "/check_in")).toEqual([{ number: "ktc-7k4m-92xc" }, { ticket: "AT1.eyJ.c2ln" }]);
    expect(day.value.outcome).toMatchObject({ what: "late", line: { number: "KTC-7K4M-92XC" } });
});

test("who is not for today is told for when they are", async () => {
    const details = { date: "2026-01-06", place: "Barat" };
    const day = dayAt(new FakeGateway().on("POST", "/check_in", () => refuse(409, "OTHER_DAY", details)));
    expect(await day.receive("KTC-7K4M-92XC")).toBe(false);
    expect(day.value.outcome).toMatchObject({ what: "refused", trouble: { code: "OTHER_DAY", details } });
});

test("a number without an appointment that was asked for twice is one; another person's is another", async () => {
    let broken = true;
    const gateway = new FakeGateway().on("POST", "/walk_ins", () => {
        if (broken) throw BREAK;
        return { line: seat("arrived") };
    });
    const day = dayAt(gateway);
    const ani = { service: "paspor", name: "Ani" };
    expect(await day.walkIn(ani)).toBe(false);
    broken = false;
    expect(await day.walkIn(ani)).toBe(true);
    expect(await day.walkIn(ani)).toBe(true);
    const ids = gateway.sent("POST", "/walk_ins").map((body) => (body as { txn_id: string }).txn_id);
    expect(ids).toEqual(["t1", "t1", "t2"]);
});

test("one steps over the ends of months, and only the last day that was asked for is shown", async () => {
    const gateway = new FakeGateway();
    const day = dayAt(gateway);
    gateway.on("GET", "/days/timur/2025-12-31", () => ({
        lines: [seat("booked")],
        counts: {},
        now_serving: [],
        services: [],
    }));
    day.look({ date: "2026-01-01" });
    day.step(-1);
    expect(day.value).toMatchObject({ date: "2025-12-31", sheet: null });
    await eventually(() => expect(day.value.sheet?.lines).toHaveLength(1));
});

test("a ticket is answered with what was written, stays open on the screen, and is not answered with nothing", async () => {
    const ticket = { number: "ABC", state: "open" as TicketState };
    const gateway = new FakeGateway()
        .on("GET", "?state=open", () => ({ tickets: ticket.state === "open" ? [ticket] : [] }))
        .on("POST", "/tickets/ABC", ({ body }) => Object.assign(ticket, { state: (body as typeof ticket).state }));
    const tickets = new Tickets(new TicketsApi(gateway.ask, ""), quiet);
    tickets.open("ABC");
    await eventually(() => expect(tickets.value.open?.number).toBe("ABC"));
    await tickets.change("answered");
    expect(gateway.sent("POST", "/tickets/ABC")).toEqual([]);
    tickets.write("ABC", " Sudah kami perbaiki. ");
    await tickets.change("answered");
    expect(gateway.sent("POST", "/tickets/ABC")).toEqual([{ state: "answered", answer: "Sudah kami perbaiki." }]);
    expect(tickets.value).toMatchObject({
        tickets: [],
        open: { number: "ABC", state: "answered" },
        answers: { ABC: "" },
    });
});

test("somebody is added by a short name at the service's own server; the last lead stays", async () => {
    const gateway = new FakeGateway()
        .on("GET", "/staff", () => ({ staff: [] }))
        .on("GET", "/trail", () => ({ acts: [] }))
        .on("PUT", "/staff/%40budi%3Akantor.example%3A8448", () => ({}))
        .on("DELETE", "/staff/%40ani%3Aexample", () => refuse(409, "LAST_LEAD"));
    const staff = new Staff({
        api: new StaffApi(gateway.ask, ""),
        serviceUserId: "@paspor:kantor.example:8448",
        changed: quiet,
    });
    expect(await staff.add("@budi", "agent")).toBe(true);
    expect(await staff.add("budi:kantor.example:8448", "lead")).toBe(true);
    expect(gateway.asked.filter(({ method }) => method === "PUT").map(({ body }) => body)).toEqual([
        { role: "agent" },
        { role: "lead" },
    ]);
    expect(await staff.remove("@ani:example")).toBe(false);
    expect(staff.value.trouble?.code).toBe("LAST_LEAD");
});

/* Whether somebody may be let in while the gateway does not answer: by a ticket's signature, and the day's list as it
 * was last seen. Pure but for the signature. */

import type { DayLine, Shown } from "../api/day_api.ts";
import { checked } from "./ticket.ts";

/** What is known without a network: the key of the office's tickets, and a day's list. */
export type Known = { key: string; date: string; zone: string; lines: readonly DayLine[] };

/** `listed`: the list waits for them. `unlisted`: the ticket is genuine and for this day, and the list that was last
 * seen does not wait for them: moved or cancelled, or for another place. `replaced`: by another time. */
export type Standing = Expected | NotExpected;
export type Expected = { is: "listed" | "unlisted"; number: string; time: string };
export type NotExpected = { is: "forged" | "replaced" | "already" | "unknown" } | { is: "other_day"; date: string };

const HERE = new Set(["arrived", "called"]);

export function isExpected(standing: Standing): standing is Expected {
    return standing.is === "listed" || standing.is === "unlisted";
}

/** Look at what somebody holds out. Throws `CannotCheck`. */
export async function standing(shown: Shown, known: Known): Promise<Standing> {
    if ("number" in shown) return byNumber(shown.number, known);
    const ticket = await checked(shown.ticket, known.key);
    if (ticket === null) return { is: "forged" };
    const { date, time } = onTheWall(ticket.t * 1000, known.zone);
    if (date !== known.date) return { is: "other_day", date };
    const line = known.lines.find(({ number }) => number === ticket.n);
    if (line === undefined) return { is: "unlisted", number: ticket.n, time };
    return line.time === time ? ofLine(line) : { is: "replaced" };
}

/** A number is no proof, but who is on the list is. */
function byNumber(typed: string, { lines }: Known): Standing {
    const line = lines.find(({ number }) => bare(number) === bare(typed));
    return line === undefined ? { is: "unknown" } : ofLine(line);
}

function ofLine({ number, time, state }: DayLine): Standing {
    return HERE.has(state) ? { is: "already" } : { is: "listed", number, time };
}

/** Capitals, dashes and blanks make no difference. */
function bare(number: string): string {
    return number.toUpperCase().replace(/[^0-9A-Z]/g, "");
}

function onTheWall(ms: number, zone: string): { date: string; time: string } {
    const [date = "", time = ""] = new Date(ms).toLocaleString("sv-SE", { timeZone: zone }).split(" ");
    return { date, time: time.slice(0, 5) };
}

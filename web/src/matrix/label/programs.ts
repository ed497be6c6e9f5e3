/* Which programs reach the chats of a bot, as the bot's profile tells of it: the word of whoever runs it. Pure. */

/** The profile field in which a bot tells of them. */
export const PROGRAMS = "id.amanat.programs";

const SCOPES = ["read", "write", "manage"] as const;
export type Scope = (typeof SCOPES)[number];

/** A program that its gateway lets in, or let in lately. Times in ms; null: nothing ends it, it was never used. */
export type Program = {
    label: string;
    scopes: readonly Scope[];
    since: number;
    until: number | null;
    used: number | null;
    /** It is let in no more. */
    over: boolean;
};

/** `sentTo`: the hosts to which what people say is sent on. */
export type Programs = { programs: readonly Program[]; sentTo: readonly string[] };

const MOST_PROGRAMS = 40;
const MOST_HOSTS = 5;
const LONGEST_LABEL = 64;
const LONGEST_HOST = 253;

/** Return what a profile says; null where it says nothing that this app understands. What is too much is cut. */
export function readPrograms(told: unknown, nowMs: number): Programs | null {
    if (!isObject(told) || told.v !== 1) return null;
    const listed = Array.isArray(told.programs) ? told.programs.slice(0, MOST_PROGRAMS) : [];
    const hosts = Array.isArray(told.sent_to) ? told.sent_to.slice(0, MOST_HOSTS) : [];
    return {
        programs: listed.flatMap((each) => programOf(each, nowMs)),
        sentTo: hosts.flatMap((host) => (typeof host === "string" ? [plain(host, LONGEST_HOST)] : [])),
    };
}

function programOf(told: unknown, nowMs: number): Program[] {
    if (!isObject(told) || typeof told.label !== "string" || typeof told.since !== "number") return [];
    const { scopes } = told;
    const until = typeof told.until === "number" ? told.until : null;
    return [
        {
            label: plain(told.label, LONGEST_LABEL),
            scopes: SCOPES.filter((scope) => Array.isArray(scopes) && scopes.includes(scope)),
            since: told.since,
            until,
            used: typeof told.used === "number" ? told.used : null,
            over: until !== null && until <= nowMs,
        },
    ];
}

/** A label is a stranger's text that stands within a sentence of ours: it turns no other line around. */
function plain(text: string, most: number): string {
    return text
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
        .slice(0, most)
        .trim();
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

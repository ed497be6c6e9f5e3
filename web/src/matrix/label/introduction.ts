/* What a bot says of itself in its profile: what it is for, and which words behind a `/` it knows. Pure. */

/** The profile field in which it says so. */
export const BOT = "id.amanat.bot";

/** Texts by language; that of "" stands for every other. */
export type InLanguages = Readonly<Record<string, string>>;

/** A word behind a `/`, and what it does. */
export type Command = { name: string; hints: InLanguages };

export type Introduction = {
    about: InLanguages;
    commands: readonly Command[];
    /** What one may begin with. */
    prompts: readonly string[];
    /** A chat with it begins with the word `/start`. */
    starts: boolean;
};

const MOST_COMMANDS = 30;
const MOST_PROMPTS = 4;
const LONGEST_PROMPT = 80;
const LANGUAGES = ["", "id", "en"];
const LONGEST_ABOUT = 512;
const LONGEST_HINT = 100;
const NAME = /^[a-z0-9_-]{1,32}$/i;

/** Return what a profile says; null where it says nothing that this app understands. What is too much is cut. */
export function readIntroduction(told: unknown): Introduction | null {
    if (!isObject(told) || told.v !== 1) return null;
    const about: Record<string, string> = {};
    const hints = new Map<string, Record<string, string>>();
    for (const language of LANGUAGES) {
        const text = isObject(told.about) ? told.about[language] : undefined;
        if (typeof text === "string" && text.trim() !== "") about[language] = plain(text, LONGEST_ABOUT);
        for (const [name, hint] of commandsIn(isObject(told.commands) ? told.commands[language] : undefined))
            hints.set(name, { ...hints.get(name), [language]: hint });
    }
    const commands = [...hints].slice(0, MOST_COMMANDS).map(([name, known]) => ({ name, hints: known }));
    return { about, commands, prompts: promptsIn(told.prompts), starts: hints.has("start") };
}

/** Return words and what they do, as they are told in one language. */
function commandsIn(told: unknown): (readonly [string, string])[] {
    return (Array.isArray(told) ? told.slice(0, MOST_COMMANDS) : []).flatMap((command) => {
        if (!isObject(command) || typeof command.name !== "string" || !NAME.test(command.name)) return [];
        const { name, hint } = command;
        return [[name, typeof hint === "string" ? plain(hint, LONGEST_HINT) : ""] as const];
    });
}

function promptsIn(told: unknown): string[] {
    const prompts = (Array.isArray(told) ? told : []).flatMap((prompt) =>
        typeof prompt === "string" ? [plain(prompt, LONGEST_PROMPT)] : [],
    );
    return [...new Set(prompts.filter((prompt) => prompt !== ""))].slice(0, MOST_PROMPTS);
}

/** Return a text in a language, or the one that stands for it. */
export function inLanguage(texts: InLanguages, language: string): string {
    return texts[language] ?? texts[""] ?? Object.values(texts)[0] ?? "";
}

/** It stands beside lines of ours: it turns none of them around. */
function plain(text: string, most: number): string {
    return text
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => (sign === "\n" ? sign : ""))
        .slice(0, most)
        .trim();
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

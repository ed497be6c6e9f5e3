/* Which programs reach this chat through a bot in it, as whoever runs the bot tells of it. */

import { Plug, Send, Unplug } from "lucide-react";
import { detailsWords } from "../../i18n/details_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { programWords } from "../../i18n/program_words.ts";
import type { Language } from "../../i18n/words.ts";
import type { BotPrograms, Program } from "../../viewmodels/chat_details.ts";
import { Part } from "../part.tsx";
import css from "./details.module.css";

/** What ends within so long ends at a time of day. */
const SOON_MS = 2 * 24 * 60 * 60 * 1000;

export function ProgramsPart({ bot: { name, programs, sentTo } }: { bot: BotPrograms }) {
    const words = useWords(programWords);
    const { nameless } = useWords(detailsWords);
    const who = name || nameless;
    return (
        <Part title={words.title(who)}>
            {!programs.some(({ over }) => !over) && <p className={css.soft}>{words.none}</p>}
            <ul className={css.devices}>
                {programs.map((program) => (
                    <ProgramRow key={`${program.label} ${program.since} ${program.until}`} program={program} />
                ))}
                {sentTo.map((host) => (
                    <li key={`to ${host}`} className={css.device}>
                        <Send aria-hidden="true" size="1.25em" />
                        <span className={css.label}>{words.sentTo(host)}</span>
                    </li>
                ))}
            </ul>
            <p className={css.soft}>{words.word(who)}</p>
        </Part>
    );
}

function ProgramRow({ program }: { program: Program }) {
    const words = useWords(programWords);
    const language = useLanguage();
    const { label, scopes, over } = program;
    const may = scopes.length === 0 ? words.nothing : scopes.map((scope) => words[scope]).join(", ");
    const Icon = over ? Unplug : Plug;
    return (
        <li className={css.device}>
            <Icon aria-hidden="true" size="1.25em" />
            <span className={css.label}>
                <bdi>{over ? <s>{label}</s> : label}</bdi>
                <span className={css.soft}> · {[may, ...times(program, words, language)].join(" · ")}</span>
            </span>
        </li>
    );
}

function times(
    { since, until, used, over }: Program,
    words: (typeof programWords)["id"],
    language: Language,
): readonly string[] {
    const date = (moment: number) => dates(language, { dateStyle: "medium" }).format(moment);
    if (until !== null && over) return [words.ended(date(until))];
    const soon = until !== null && until - Date.now() < SOON_MS;
    const format = dates(language, { dateStyle: "medium", ...(soon ? { timeStyle: "short" as const } : {}) });
    return [
        words.since(date(since)),
        until === null ? words.untilRevoked : words.until(format.format(until)),
        used === null ? words.neverUsed : words.used(date(used)),
    ];
}

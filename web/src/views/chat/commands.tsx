/* What the bot knows to do, while somebody writes a word behind a `/`. The field keeps the focus. */

import { composerWords } from "../../i18n/composer_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { Commands } from "../../viewmodels/composer.ts";
import { inLanguage } from "../../viewmodels/link_text.ts";
import css from "./composer.module.css";

type Command = Commands["list"][number];

/** Return the id of a command's row, by which the field names the one that is chosen. */
export function commandId(list: string, { name }: Command): string {
    return `${list}/${name}`;
}

type Given = { id: string; commands: Commands; onPick: (command: Command) => void };

export function CommandList({ id, commands: { list, chosen }, onPick }: Given) {
    const words = useWords(composerWords);
    const language = useLanguage();
    return (
        <div id={id} role="listbox" className={css.people} aria-label={words.commands}>
            {list.map((command, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                <div
                    key={command.name}
                    id={commandId(id, command)}
                    role="option"
                    aria-selected={index === chosen}
                    tabIndex={-1}
                    // The field keeps the focus.
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => onPick(command)}
                >
                    <strong>/{command.name}</strong>
                    <span className={css.hint} dir="auto">
                        {inLanguage(command.hints, language)}
                    </span>
                </div>
            ))}
        </div>
    );
}

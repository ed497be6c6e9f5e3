/* The part of a chat's details that locks it. Without an open lock it leads to where one is made or opened. */

import { LockKeyhole } from "lucide-react";

import { Switch } from "../../design/field.tsx";
import { useWords } from "../../i18n/language.tsx";
import { lockWords } from "../../i18n/lock_words.ts";
import type { LockEntry } from "../../viewmodels/lock_entry.ts";
import { Part } from "../part.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./details.module.css";

export function LockPart({ entry }: { entry: LockEntry }) {
    const { lock, locked } = useViewModel(entry);
    const words = useWords(lockWords);
    if (lock === "open") {
        return (
            <Part>
                <Switch
                    label={words.entry}
                    hint={words.entryOpen}
                    checked={locked}
                    onChange={() => void entry.toggle()}
                />
            </Part>
        );
    }
    return (
        <Part>
            <a className={css.entry} href="#/me/lock">
                <LockKeyhole aria-hidden="true" />
                <span>
                    {words.entry}
                    <small>{lock === "closed" ? words.entryClosed : words.entryNone}</small>
                </span>
            </a>
        </Part>
    );
}

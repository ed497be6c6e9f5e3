/* The keys that do something now: as a sheet on `?`, and as a page. */

import { useEffect } from "react";

import { Sheet } from "../../design/sheet.tsx";
import { aboutWords } from "../../i18n/about_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { shortcuts } from "../../viewmodels/shortcuts.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";

/** Listens to the keyboard; shows the sheet when it is asked for. */
export function ShortcutsSheet() {
    const { listed } = useViewModel(shortcuts);
    const words = useWords(aboutWords);
    useEffect(() => {
        document.addEventListener("keydown", press);
        return () => document.removeEventListener("keydown", press);
    }, []);
    if (!listed) return null;
    return (
        <Sheet title={words.keys} onClose={() => shortcuts.list(false)}>
            <Keys />
        </Sheet>
    );
}

export function ShortcutsPage() {
    const words = useWords(aboutWords);
    return (
        <Page title={words.keys}>
            <Keys />
        </Page>
    );
}

function Keys() {
    const { keys } = useViewModel(shortcuts);
    const words = useWords(aboutWords);
    return (
        <dl className={css.keys}>
            <dt>
                <kbd>?</kbd>
            </dt>
            <dd>{words.listKeys}</dd>
            {keys.map(({ key, command, name }) => (
                <div key={`${key} ${name}`} style={{ display: "contents" }}>
                    <dt>
                        <kbd>{command ? `Ctrl ${key.toUpperCase()}` : key}</kbd>
                    </dt>
                    <dd>{name}</dd>
                </div>
            ))}
        </dl>
    );
}

function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const { target } = event;
    const writing =
        target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    const pressed = { key: event.key, command: event.ctrlKey || event.metaKey, writing };
    if (shortcuts.press(pressed)) event.preventDefault();
}

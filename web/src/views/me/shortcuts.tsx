/* The app's keys: as a sheet on `?`, and as a page. */

import { Fragment, useEffect } from "react";

import { Switch } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { shortcutWords } from "../../i18n/shortcut_words.ts";
import type { Look } from "../../viewmodels/look.ts";
import { KEYS, type KeyName, shortcuts } from "../../viewmodels/shortcuts.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";

const CAPS: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };
const NAMES = Object.keys(KEYS) as KeyName[];

/** Listens to the keyboard; shows the sheet when it is asked for. */
export function ShortcutsSheet({ look }: { look: Look }) {
    const { listed } = useViewModel(shortcuts);
    const words = useWords(shortcutWords);
    useEffect(() => {
        const listen = (event: KeyboardEvent) => press(event, look.value.letters);
        document.addEventListener("keydown", listen);
        return () => document.removeEventListener("keydown", listen);
    }, [look]);
    if (!listed) return null;
    return (
        <Sheet title={words.title} onClose={() => shortcuts.list(false)}>
            <Keys />
        </Sheet>
    );
}

export function ShortcutsPage({ look }: { look: Look }) {
    const { letters } = useViewModel(look);
    const words = useWords(shortcutWords);
    return (
        <Page title={words.title}>
            <Switch
                label={words.letters}
                hint={words.lettersHint}
                checked={letters}
                onChange={(on) => void look.change({ letters: on })}
            />
            <Keys />
        </Page>
    );
}

function Keys() {
    const words = useWords(shortcutWords);
    return (
        <>
            <p className={css.soft}>{words.whileWriting}</p>
            <dl className={css.keys}>
                {NAMES.map((name) => (
                    <Fragment key={name}>
                        <dt>
                            {"alt" in KEYS[name] && <kbd>Alt</kbd>} <kbd>{capOf(name, words.space)}</kbd>
                        </dt>
                        <dd>{words[name]}</dd>
                    </Fragment>
                ))}
            </dl>
        </>
    );
}

function capOf(name: KeyName, space: string): string {
    const { key } = KEYS[name];
    return key === " " ? space : (CAPS[key] ?? key);
}

function press(event: KeyboardEvent, letters: boolean): void {
    const { key, altKey: alt, target } = event;
    // What is open over the page has the keys for itself.
    const over = document.querySelector("dialog[open], [popover]:popover-open") !== null;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing || over) return;
    const writing =
        target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    if (writing && key === "Escape") target.blur();
    else if (shortcuts.press({ key, alt, writing, letters })) event.preventDefault();
}

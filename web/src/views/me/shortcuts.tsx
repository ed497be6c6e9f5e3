/* The app's keys: as a sheet on `?`, and as a page. */

import { useCallback } from "react";

import { Switch } from "../../design/field.tsx";
import { KeyList } from "../../design/key_list.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { shortcutWords } from "../../i18n/shortcut_words.ts";
import type { Look } from "../../viewmodels/look.ts";
import { KEYS, type KeyName, shortcuts } from "../../viewmodels/shortcuts.ts";
import { useKeyPresses } from "../key_presses.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";

const NAMES = Object.keys(KEYS) as KeyName[];

/** Listens to the keyboard; shows the sheet when it is asked for. */
export function ShortcutsSheet({ look }: { look: Look }) {
    const { listed } = useViewModel(shortcuts);
    const words = useWords(shortcutWords);
    useKeyPresses(
        shortcuts,
        useCallback(() => look.value.letters, [look]),
    );
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
    const keys = NAMES.map((name) => ({ key: KEYS[name].key, alt: "alt" in KEYS[name], does: words[name] }));
    return (
        <>
            <p className={css.soft}>{words.whileWriting}</p>
            <KeyList keys={keys} space={words.space} />
        </>
    );
}

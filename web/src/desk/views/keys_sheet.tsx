/* Listens to the keyboard; shows which keys there are when it is asked for. */

import { useCallback } from "react";

import { Switch } from "../../design/field.tsx";
import { KeyList } from "../../design/key_list.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { deskWords } from "../../i18n/desk_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Look } from "../../viewmodels/look.ts";
import { useKeyPresses } from "../../views/key_presses.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import { deskKeys, KEYS, type KeyName } from "../viewmodels/desk_keys.ts";

const NAMES = Object.keys(KEYS) as KeyName[];

export function KeysSheet({ look }: { look: Look }) {
    const { listed } = useViewModel(deskKeys);
    const { letters } = useViewModel(look);
    const words = useWords(deskWords);
    useKeyPresses(
        deskKeys,
        useCallback(() => look.value.letters, [look]),
    );
    if (!listed) return null;
    const keys = NAMES.map((name) => ({ key: KEYS[name].key, alt: "alt" in KEYS[name], does: words[name] }));
    return (
        <Sheet title={words.keys} onClose={() => deskKeys.list(false)}>
            <Switch
                label={words.letters}
                hint={words.lettersHint}
                checked={letters}
                onChange={(on) => void look.change({ letters: on })}
            />
            <p>{words.whileWriting}</p>
            <KeyList keys={keys} space={words.space} />
        </Sheet>
    );
}

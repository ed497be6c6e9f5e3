/* Beginning a chat with somebody whose handle one knows. */

import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList } from "../../viewmodels/chat_list.ts";
import css from "./chat_list.module.css";

export function NewChat({ list, onClose }: { list: ChatList; onClose: () => void }) {
    const words = useWords(chatListWords);
    const [handle, setHandle] = useState("");
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<"nobody" | "failed" | null>(null);
    const find = async (event: FormEvent) => {
        event.preventDefault();
        setBusy(true);
        const found = await list.start(handle);
        if (found === null) return onClose();
        setProblem(found);
        setBusy(false);
    };
    return (
        <Sheet title={words.start} onClose={onClose}>
            <form className={css.form} onSubmit={find}>
                <TextField
                    label={words.handle}
                    hint={words.handleHint}
                    value={handle}
                    autoCapitalize="none"
                    autoComplete="off"
                    error={problem && words[problem]}
                    onChange={(event) => setHandle(event.currentTarget.value)}
                />
                <Button kind="main" wide type="submit" busy={busy}>
                    {words.find}
                </Button>
            </form>
        </Sheet>
    );
}

/* Where one writes. Enter sends, Shift+Enter begins a new line. */

import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Chat } from "../../viewmodels/chat.ts";
import css from "./chat.module.css";

export function Composer({ chat }: { chat: Chat }) {
    const words = useWords(chatWords);
    const [text, setText] = useState("");
    const send = () => {
        void chat.send(text);
        setText("");
    };
    const onKey = (event: KeyboardEvent) => {
        if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        send();
    };
    return (
        <form
            className={css.composer}
            onSubmit={(event) => {
                event.preventDefault();
                send();
            }}
        >
            <textarea
                aria-label={words.write}
                placeholder={words.write}
                rows={1}
                value={text}
                onKeyDown={onKey}
                onChange={(event) => setText(event.currentTarget.value)}
            />
            <IconButton label={words.send} type="submit">
                <SendHorizontal aria-hidden="true" />
            </IconButton>
        </form>
    );
}

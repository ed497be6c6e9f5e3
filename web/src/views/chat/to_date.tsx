/* Choosing a day of a chat to go to. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Chat } from "../../viewmodels/chat.ts";

export function ToDate({ chat, onClose }: { chat: Chat; onClose: () => void }) {
    const words = useWords(chatWords);
    const [date, setDate] = useState("");
    const go = () => {
        // Without a zone behind it, it is midnight where this device is.
        void chat.log.goToDate(new Date(`${date}T00:00`).getTime());
        onClose();
    };
    return (
        <Sheet title={words.toDate} onClose={onClose}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    go();
                }}
            >
                <TextField
                    type="date"
                    required
                    label={words.date}
                    value={date}
                    onChange={(event) => setDate(event.currentTarget.value)}
                />
                <Button kind="main" type="submit" wide>
                    {words.go}
                </Button>
            </form>
        </Sheet>
    );
}

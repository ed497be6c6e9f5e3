/* Who a chat is with, who is writing, and the ways to its details and to a day of it. */

import { ArrowLeft, CalendarSearch, Info } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Chat } from "../../viewmodels/chat.ts";
import { addressOfDetails } from "../../viewmodels/chat_labels.ts";
import { Face } from "../face.tsx";
import { ChatLabel } from "../label/label_line.tsx";
import { TimerMark } from "../timer/timer_mark.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat.module.css";

export function ChatHead({ chat }: { chat: Chat }) {
    const { name, picture, typing, group, maxAgeMs } = useViewModel(chat);
    const words = useWords(chatWords);
    const [dating, setDating] = useState(false);
    return (
        <header className={css.head}>
            <a className={`${css.round} ${css["phone-only"]}`} href="#/chats" aria-label={words.back}>
                <ArrowLeft aria-hidden="true" />
            </a>
            <Face picture={picture} id={chat.roomId} name={name} size={40} />
            <div className={css.who}>
                <div className={css.name}>
                    <h1>{name}</h1>
                    {maxAgeMs !== null && <TimerMark maxAgeMs={maxAgeMs} />}
                </div>
                {typing.length === 0 && <ChatLabel roomId={chat.roomId} />}
                <p className={css.typing} aria-live="polite">
                    {typing.length > 0 && (group ? words.typing(typing.filter(Boolean).join(", ")) : words.typingAlone)}
                </p>
            </div>
            <IconButton label={words.toDate} onClick={() => setDating(true)}>
                <CalendarSearch aria-hidden="true" />
            </IconButton>
            {/* On a phone the line under the name leads there, and needs the room. */}
            <a
                className={`${css.round} ${css["wide-only"]}`}
                href={addressOfDetails(chat.roomId)}
                aria-label={words.details}
                title={words.details}
            >
                <Info aria-hidden="true" />
            </a>
            {dating && <ToDate chat={chat} onClose={() => setDating(false)} />}
        </header>
    );
}

function ToDate({ chat, onClose }: { chat: Chat; onClose: () => void }) {
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

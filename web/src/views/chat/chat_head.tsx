/* Who a chat is with, who is writing, and the menu of what else there is to a chat. */

import { ArrowLeft, CalendarSearch, EllipsisVertical, Info, Search, ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";

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
import { Menu, MenuItem, MenuLink, type Point } from "./menu.tsx";

export function ChatHead({ chat }: { chat: Chat }) {
    const { name, picture, typing, group, direct, maxAgeMs } = useViewModel(chat);
    const words = useWords(chatWords);
    const [dating, setDating] = useState(false);
    const about = direct ? addressOfDetails(chat.roomId) : addressOfGroup(chat.roomId);
    return (
        <header className={css.head}>
            <a className={`${css.round} ${css["phone-only"]}`} href="#/chats" aria-label={words.back}>
                <ArrowLeft aria-hidden="true" />
            </a>
            <Face picture={picture} id={chat.roomId} name={name} size={40} />
            <div className={css.who}>
                <div className={css.name}>
                    <h1>
                        <a href={about}>{name}</a>
                    </h1>
                    {maxAgeMs !== null && <TimerMark maxAgeMs={maxAgeMs} />}
                </div>
                {typing.length === 0 && <ChatLabel roomId={chat.roomId} />}
                <p className={css.typing} aria-live="polite">
                    {typing.length > 0 && (group ? words.typing(typing.filter(Boolean).join(", ")) : words.typingAlone)}
                </p>
            </div>
            <ChatMenu chat={chat} toDate={() => setDating(true)} />
            {dating && <ToDate chat={chat} onClose={() => setDating(false)} />}
        </header>
    );
}

function ChatMenu({ chat, toDate }: { chat: Chat; toDate: () => void }) {
    const { direct } = useViewModel(chat);
    const words = useWords(chatWords);
    const button = useRef<HTMLSpanElement>(null);
    const [at, setAt] = useState<Point | null>(null);
    const open = () => {
        const { right = 0, bottom = 0 } = button.current?.getBoundingClientRect() ?? {};
        setAt({ x: right, y: bottom });
    };
    const close = () => setAt(null);
    return (
        <span ref={button}>
            <IconButton label={words.menu} aria-haspopup="menu" aria-expanded={at !== null} onClick={open}>
                <EllipsisVertical aria-hidden="true" />
            </IconButton>
            {at && (
                <Menu label={words.menu} at={at} onClose={close}>
                    {!direct && (
                        <MenuLink icon={<Info aria-hidden="true" />} href={addressOfGroup(chat.roomId)} onGo={close}>
                            {words.groupInfo}
                        </MenuLink>
                    )}
                    <MenuLink
                        icon={<ShieldCheck aria-hidden="true" />}
                        href={addressOfDetails(chat.roomId)}
                        onGo={close}
                    >
                        {words.details}
                    </MenuLink>
                    <MenuLink
                        icon={<Search aria-hidden="true" />}
                        href={`#/me/search/${encodeURIComponent(chat.roomId)}`}
                        onGo={close}
                    >
                        {words.searchHere}
                    </MenuLink>
                    <MenuItem
                        icon={<CalendarSearch aria-hidden="true" />}
                        onClick={() => {
                            close();
                            toDate();
                        }}
                    >
                        {words.toDate}
                    </MenuItem>
                </Menu>
            )}
        </span>
    );
}

function addressOfGroup(roomId: string): string {
    return `#/chats/${encodeURIComponent(roomId)}/group`;
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

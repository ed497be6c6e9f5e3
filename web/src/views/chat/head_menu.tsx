/* The menu of an open chat: where else one can look, what one sets for it, and the ways out of it. */

import { CalendarSearch, EllipsisVertical, Info, Search, ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Chat } from "../../viewmodels/chat.ts";
import { addressOfDetails, addressOfGroup } from "../../viewmodels/chat_labels.ts";
import { settingActs } from "../chats/setting_acts.ts";
import { useViewModel } from "../use_view_model.ts";
import { type Asked, ChoiceSheet, WaysOut } from "./head_sheets.tsx";
import { Menu, MenuItem, MenuLink, type Point } from "./menu.tsx";
import { ToDate } from "./to_date.tsx";

type Open = Asked | "date" | null;

export function HeadMenu({ chat }: { chat: Chat }) {
    const words = useWords(chatWords);
    const button = useRef<HTMLSpanElement>(null);
    const [at, setAt] = useState<Point | null>(null);
    const [sheet, setSheet] = useState<Open>(null);
    const open = () => {
        const { right = 0, bottom = 0 } = button.current?.getBoundingClientRect() ?? {};
        setAt({ x: right, y: bottom });
    };
    const close = () => setAt(null);
    const ask = (what: Open) => {
        close();
        setSheet(what);
    };
    return (
        <span ref={button}>
            <IconButton label={words.menu} aria-haspopup="menu" aria-expanded={at !== null} onClick={open}>
                <EllipsisVertical aria-hidden="true" />
            </IconButton>
            {at && (
                <Menu label={words.menu} at={at} onClose={close}>
                    <Ways chat={chat} onGo={close} />
                    <MenuItem icon={<CalendarSearch aria-hidden="true" />} onClick={() => ask("date")}>
                        {words.toDate}
                    </MenuItem>
                    <Settings chat={chat} onDone={close} />
                    <WaysOut choices={chat.choices} onAsk={ask} />
                </Menu>
            )}
            {sheet === "date" && <ToDate chat={chat} onClose={() => setSheet(null)} />}
            {sheet !== null && sheet !== "date" && (
                <ChoiceSheet choices={chat.choices} asked={sheet} onClose={() => setSheet(null)} />
            )}
        </span>
    );
}

function Ways({ chat, onGo }: { chat: Chat; onGo: () => void }) {
    const { direct } = useViewModel(chat);
    const words = useWords(chatWords);
    return (
        <>
            {!direct && (
                <MenuLink icon={<Info aria-hidden="true" />} href={addressOfGroup(chat.roomId)} onGo={onGo}>
                    {words.groupInfo}
                </MenuLink>
            )}
            <MenuLink icon={<ShieldCheck aria-hidden="true" />} href={addressOfDetails(chat.roomId)} onGo={onGo}>
                {words.details}
            </MenuLink>
            <MenuLink
                icon={<Search aria-hidden="true" />}
                href={`#/me/search/${encodeURIComponent(chat.roomId)}`}
                onGo={onGo}
            >
                {words.searchHere}
            </MenuLink>
        </>
    );
}

function Settings({ chat: { choices }, onDone }: { chat: Chat; onDone: () => void }) {
    const { chat } = useViewModel(choices);
    const words = useWords(chatListWords);
    return (
        chat &&
        settingActs(chat, words).map(({ setting, label, Icon }) => (
            <MenuItem
                key={setting}
                icon={<Icon aria-hidden="true" />}
                onClick={() => {
                    onDone();
                    void choices.toggle(setting);
                }}
            >
                {label}
            </MenuItem>
        ))
    );
}

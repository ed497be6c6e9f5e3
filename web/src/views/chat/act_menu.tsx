/* The menu of a message: quick reactions, then what else can be done. */

import {
    ChartNoAxesColumn,
    Copy,
    Flag,
    Forward,
    Info,
    ListChecks,
    type LucideIcon,
    MessagesSquare,
    Pencil,
    Pin,
    PinOff,
    Reply,
    RotateCw,
    SmilePlus,
    Sticker,
    Trash2,
    X,
} from "lucide-react";

import { useWords } from "../../i18n/language.tsx";
import { messageActsWords } from "../../i18n/message_acts_words.ts";
import type { Act, MessageActs } from "../../viewmodels/message_acts.ts";
import { Menu, MenuItem, MenuRow, type Point } from "./menu.tsx";

type Message = Parameters<MessageActs["of"]>[0];

const QUICK = ["👍", "❤️", "😂", "😮", "🙏"];

const ICONS: Readonly<Record<Act, LucideIcon>> = {
    retry: RotateCw,
    reply: Reply,
    branch: MessagesSquare,
    forward: Forward,
    copy: Copy,
    select: ListChecks,
    keepSticker: Sticker,
    pin: Pin,
    unpin: PinOff,
    edit: Pencil,
    info: Info,
    endPoll: ChartNoAxesColumn,
    report: Flag,
    cancel: X,
    remove: Trash2,
};

export function ActMenu({
    acts,
    message,
    at,
    onAct,
    onClose,
}: {
    acts: MessageActs;
    message: Message;
    at: Point;
    onAct: (act: Act | "react") => void;
    onClose: () => void;
}) {
    const words = useWords(messageActsWords);
    const react = (emoji: string) => {
        onClose();
        void acts.react(message, emoji);
    };
    return (
        <Menu label={words.options} at={at} onClose={onClose}>
            {acts.canReact(message) && (
                <MenuRow label={words.pickReaction}>
                    {QUICK.map((emoji) => (
                        <button
                            key={emoji}
                            type="button"
                            role="menuitem"
                            tabIndex={-1}
                            aria-label={words.react(emoji)}
                            onClick={() => react(emoji)}
                        >
                            {emoji}
                        </button>
                    ))}
                    <button
                        type="button"
                        role="menuitem"
                        tabIndex={-1}
                        aria-label={words.moreReactions}
                        onClick={() => onAct("react")}
                    >
                        <SmilePlus aria-hidden="true" />
                    </button>
                </MenuRow>
            )}
            {acts.of(message).map((act) => {
                const Icon = ICONS[act];
                return (
                    <MenuItem
                        key={act}
                        icon={<Icon aria-hidden="true" />}
                        danger={act === "remove" || act === "report"}
                        onClick={() => onAct(act)}
                    >
                        {words[act]}
                    </MenuItem>
                );
            })}
        </Menu>
    );
}

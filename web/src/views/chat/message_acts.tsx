/* What can be done with a message: a menu on hover, a long press, the menu key; and why one of one's own rests. */

import { Ellipsis } from "lucide-react";
import { type MouseEvent, type PointerEvent, type ReactNode, use, useRef, useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { messageActsWords } from "../../i18n/message_acts_words.ts";
import { pinWords } from "../../i18n/pin_words.ts";
import type { Log } from "../../viewmodels/log.ts";
import { type Act, type MessageActs, rests } from "../../viewmodels/message_acts.ts";
import { ToastContext, useCopy } from "../toast.ts";
import { ActMenu } from "./act_menu.tsx";
import { ActSheet, type SheetKind } from "./act_sheet.tsx";
import { ChoiceBox, useChoosing } from "./choice_box.tsx";
import type { Point } from "./menu.tsx";
import css from "./message_acts.module.css";
import { problemText } from "./problem_text.ts";

type Message = Parameters<MessageActs["of"]>[0];

/** `label` is what the message is called. */
type Given = { acts: MessageActs; log: Log; message: Message; label: string; children: ReactNode };

/** Wraps a message's bubble. */
export function Acting({ label, children, ...of }: Given) {
    const { acts, message } = of;
    const words = useWords(messageActsWords);
    const [menu, setMenu] = useState<Point | null>(null);
    const [sheet, setSheet] = useState<SheetKind | null>(null);
    const choosing = useChoosing(acts, message);
    const press = useLongPress((point) => choosing.now || setMenu(point));
    const openAt = (event: MouseEvent) => {
        if (choosing.now) return event.preventDefault();
        // What is selected is to be copied, and a link has a menu of its own.
        if (getSelection()?.toString() || (event.target as Element).closest("a")) return;
        event.preventDefault();
        setMenu(pointOf(event));
    };
    const copy = useCopy();
    const pin = usePinning(acts);
    const { copied } = useWords(designWords);
    const act = (what: Act | "react") => {
        setMenu(null);
        if (what === "copy") return void (message.body.kind === "text" && copy(message.body.text, copied));
        if (what === "pin" || what === "unpin") return void pin(message);
        if (!actAtOnce(acts, message, what)) setSheet(what as SheetKind);
    };
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same
        <div
            className={css.acting}
            data-mine={message.mine}
            data-chosen={choosing.chosen}
            onContextMenu={openAt}
            {...press}
            {...choosing.handlers}
        >
            {choosing.now && <ChoiceBox label={label} choosing={choosing} />}
            <div className={css.column}>
                {children}
                {rests(message.progress) && <Problem acts={acts} message={message} />}
            </div>
            {!choosing.now && (
                <span className={css.more} data-open={menu !== null}>
                    <IconButton label={words.options} aria-haspopup="menu" onClick={(event) => setMenu(pointOf(event))}>
                        <Ellipsis aria-hidden="true" />
                    </IconButton>
                </span>
            )}
            {menu && <ActMenu acts={acts} message={message} at={menu} onAct={act} onClose={() => setMenu(null)} />}
            {sheet && <ActSheet kind={sheet} {...of} onClose={() => setSheet(null)} />}
        </div>
    );
}

/** Return what pins a message, or lets go of it, and says so where that did not work. */
function usePinning(acts: MessageActs): (message: Message) => Promise<void> {
    const say = use(ToastContext);
    const { failed } = useWords(pinWords);
    return async (message) => {
        if (!(await acts.pin(message))) say(failed);
    };
}

/** Why a message rests, and what to do about it. */
function Problem({ acts, message }: { acts: MessageActs; message: Message }) {
    const words = useWords(messageActsWords);
    return (
        <div className={css.problem} role="alert">
            <span>{problemText(acts.problem(message), words)}</span>
            {/* What is held goes by itself once somebody has decided, above where one writes. */}
            {message.progress === "failed" && <Button onClick={() => acts.retry(message)}>{words.retry}</Button>}
            <Button onClick={() => acts.cancel(message)}>{words.cancel}</Button>
        </div>
    );
}

/** Do what needs no further question; false for what does. */
function actAtOnce(acts: MessageActs, message: Message, act: Act | "react"): boolean {
    switch (act) {
        case "select":
            acts.selection.toggle(message);
            return true;
        case "reply":
            acts.reply(message);
            return true;
        case "edit":
            acts.edit(message);
            return true;
        case "branch":
            acts.openBranch(message);
            return true;
        case "retry":
            void acts.retry(message);
            return true;
        case "cancel":
            void acts.cancel(message);
            return true;
        default:
            return false;
    }
}

/** Where the pointer was; beside the element where the keyboard did it. */
function pointOf(event: MouseEvent): Point {
    if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY };
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    return { x: left, y: bottom };
}

const LONG_MS = 450;
const STILL_PX = 10;

/** A finger that stays: browsers of Apple's tell of it in no other way. */
function useLongPress(onPress: (point: Point) => void) {
    const pressed = useRef<{ timer: ReturnType<typeof setTimeout>; at: Point } | null>(null);
    const forget = () => {
        clearTimeout(pressed.current?.timer);
        pressed.current = null;
    };
    return {
        onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
            forget();
            if (pointerType !== "touch") return;
            pressed.current = { at: { x, y }, timer: setTimeout(() => onPress({ x, y }), LONG_MS) };
        },
        onPointerMove: ({ clientX, clientY }: PointerEvent) => {
            const at = pressed.current?.at;
            if (at && Math.hypot(at.x - clientX, at.y - clientY) > STILL_PX) forget();
        },
        onPointerUp: forget,
        onPointerCancel: forget,
    };
}

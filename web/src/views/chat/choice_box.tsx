/* Choosing a message together with others: by its box, anywhere on it, or by the space bar. */

import type { KeyboardEvent, MouseEvent } from "react";

import { useWords } from "../../i18n/language.tsx";
import { selectionWords } from "../../i18n/selection_words.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./message_acts.module.css";

type Message = Parameters<MessageActs["of"]>[0];

type Choosing = ReturnType<typeof useChoosing>;

/** Return whether messages are being chosen `now`, whether this one is, and what to listen to. */
export function useChoosing(acts: MessageActs, message: Message) {
    const { selection } = acts;
    const { chosen } = useViewModel(selection);
    const now = chosen.length > 0;
    const toggle = () => selection.toggle(message);
    const isChosen = chosen.some(({ key }) => key === message.key);
    return {
        now,
        chosen: isChosen,
        possible: now && (isChosen || selection.mayChoose(message)),
        toggle,
        handlers: {
            // Links and pictures in it open again when nobody is choosing.
            onClickCapture: (event: MouseEvent) => {
                if (!now || event.target instanceof HTMLInputElement) return;
                event.preventDefault();
                event.stopPropagation();
                toggle();
            },
            onKeyDown: (event: KeyboardEvent) => {
                if (event.key !== " " || (event.target as Element).tagName !== "ARTICLE") return;
                event.preventDefault();
                toggle();
            },
        },
    };
}

/** `label` is what the message is called. */
export function ChoiceBox({ label, choosing }: { label: string; choosing: Choosing }) {
    const words = useWords(selectionWords);
    return (
        <span className={css.choice}>
            <input
                type="checkbox"
                aria-label={words.pick(label)}
                checked={choosing.chosen}
                disabled={!choosing.possible}
                onChange={choosing.toggle}
            />
        </span>
    );
}

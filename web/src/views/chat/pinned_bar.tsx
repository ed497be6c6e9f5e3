/* What is pinned in a chat, in one quiet line below its head: touched, it leads there, and the next is shown. */

import { List, Pin as PinIcon } from "lucide-react";
import { useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { pinWords } from "../../i18n/pin_words.ts";
import type { Pinned } from "../../viewmodels/pinned.ts";
import { useViewModel } from "../use_view_model.ts";
import { PinSaid } from "./pin_said.tsx";
import css from "./pinned.module.css";
import { PinnedSheet } from "./pinned_sheet.tsx";

type PinnedProps = { pinned: Pinned; onGo: (eventId: string) => void };

export function PinnedBar({ pinned, onGo }: PinnedProps) {
    const { pins, shown, place, may } = useViewModel(pinned);
    const words = useWords(pinWords);
    const [open, setOpen] = useState(false);
    if (shown === null) return null;
    const go = () => {
        onGo(shown.id);
        pinned.step();
    };
    const openAll = () => {
        pinned.openAll();
        setOpen(true);
    };
    return (
        <section className={css.bar} aria-label={words.region}>
            <button type="button" className={css.shown} onClick={go}>
                <PinIcon aria-hidden="true" size="1.25em" />
                <span className={css.words}>
                    <strong>{pins.length > 1 ? words.at(place, pins.length) : words.pinned}</strong>
                    <PinSaid pin={shown} />
                </span>
            </button>
            {(pins.length > 1 || may) && (
                <IconButton label={words.all} aria-haspopup="dialog" onClick={openAll}>
                    <List aria-hidden="true" />
                </IconButton>
            )}
            {open && (
                <PinnedSheet
                    pinned={pinned}
                    onGo={(eventId) => {
                        setOpen(false);
                        onGo(eventId);
                    }}
                    onClose={() => setOpen(false)}
                />
            )}
        </section>
    );
}

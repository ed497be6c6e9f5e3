/* Everything that is pinned in a chat. */

import { PinOff } from "lucide-react";
import { use, useEffect } from "react";

import { IconButton } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { pinWords } from "../../i18n/pin_words.ts";
import type { Pinned } from "../../viewmodels/pinned.ts";
import { ToastContext } from "../toast.ts";
import { useViewModel } from "../use_view_model.ts";
import { PinSaid } from "./pin_said.tsx";
import css from "./pinned.module.css";

type SheetProps = { pinned: Pinned; onGo: (eventId: string) => void; onClose: () => void };

export function PinnedSheet({ pinned, onGo, onClose }: SheetProps) {
    const { pins, may } = useViewModel(pinned);
    const words = useWords(pinWords);
    const say = use(ToastContext);
    useEffect(() => {
        if (pins.length === 0) onClose();
    }, [pins.length, onClose]);
    const unpin = async (eventId: string) => {
        if (!(await pinned.unpin(eventId))) say(words.failed);
    };
    return (
        <Sheet title={words.region} onClose={onClose}>
            <ul className={css.pins}>
                {pins.map((pin) => (
                    <li key={pin.id}>
                        <button type="button" className={css.shown} onClick={() => onGo(pin.id)}>
                            <PinSaid pin={pin} />
                        </button>
                        {may && (
                            <IconButton label={words.unpin} onClick={() => void unpin(pin.id)}>
                                <PinOff aria-hidden="true" />
                            </IconButton>
                        )}
                    </li>
                ))}
            </ul>
        </Sheet>
    );
}

/* What one picks rather than types: emoji, which go into the text, and stickers, which are sent at once. */

import { type KeyboardEvent, useState } from "react";

import { Tabs } from "../../design/tabs.tsx";
import { useWords } from "../../i18n/language.tsx";
import { stickerWords } from "../../i18n/sticker_words.ts";
import type { Where } from "../../viewmodels/media.ts";
import { StickerPanel } from "../stickers/sticker_panel.tsx";
import { EmojiPicker } from "./emoji_picker.tsx";

const NAMES = ["emoji", "stickers"] as const;

export function Picks({
    where,
    onEmoji,
    onClose,
}: {
    where: Where;
    onEmoji: (glyph: string) => void;
    onClose: () => void;
}) {
    const words = useWords(stickerWords);
    const [shown, show] = useState<(typeof NAMES)[number]>("emoji");
    const close = (event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
    };
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves it from wherever in it one is
        <div onKeyDown={close}>
            <Tabs label={words.pick} names={NAMES} nameOf={(name) => words[name]} shown={shown} show={show}>
                {shown === "emoji" ? <EmojiPicker onPick={onEmoji} /> : <StickerPanel where={where} onSent={onClose} />}
            </Tabs>
        </div>
    );
}

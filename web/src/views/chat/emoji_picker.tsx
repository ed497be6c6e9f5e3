/* Emoji to pick from, by looking or by a word. One of them is in the tab order; arrow keys reach the others. */

import { type KeyboardEvent, useState } from "react";

import { composerWords } from "../../i18n/composer_words.ts";
import { findEmoji } from "../../i18n/emoji.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import css from "./emoji_picker.module.css";

export function EmojiPicker({ onPick, onClose }: { onPick: (glyph: string) => void; onClose?: () => void }) {
    const words = useWords(composerWords);
    const language = useLanguage();
    const [term, setTerm] = useState("");
    const found = findEmoji(term);
    const close = (event: KeyboardEvent) => {
        if (event.key !== "Escape" || onClose === undefined) return;
        event.stopPropagation();
        onClose();
    };
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves it from wherever in it one is
        <div className={css.picker} onKeyDown={close}>
            <input
                type="search"
                className={css.search}
                aria-label={words.emojiSearch}
                placeholder={words.emojiSearch}
                value={term}
                // Enter takes the first that was found, and does not send what is being written.
                onKeyDown={(event) => pickFirst(event, () => found[0] && onPick(found[0].glyph))}
                onChange={({ currentTarget }) => setTerm(currentTarget.value)}
            />
            {found.length === 0 ? (
                <p className={css.none}>{words.emojiNone}</p>
            ) : (
                // biome-ignore lint/a11y/noStaticElementInteractions: the keys move among the buttons
                <div className={css.grid} onKeyDown={(event) => move(event)}>
                    {found.map((emoji, index) => (
                        <button
                            key={emoji.glyph}
                            type="button"
                            tabIndex={index === 0 ? 0 : -1}
                            aria-label={emoji[language][0]}
                            title={emoji[language][0]}
                            onClick={() => onPick(emoji.glyph)}
                        >
                            {emoji.glyph}
                        </button>
                    ))}
                </div>
            )}
        </div>
    );
}

function pickFirst(event: KeyboardEvent, pick: () => void): void {
    if (event.key !== "Enter") return;
    event.preventDefault();
    pick();
}

/** Move the focus in a grid whose number of columns only the browser knows. */
function move(event: KeyboardEvent<HTMLElement>): void {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const top = buttons[0]?.offsetTop;
    const columns = Math.max(1, buttons.filter((button) => button.offsetTop === top).length);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (by === undefined || at === -1) return;
    event.preventDefault();
    buttons[at + by]?.focus();
}

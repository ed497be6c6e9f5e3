/* Emoji to pick from, by looking or by a word. One of them is in the tab order; arrow keys reach the others. */

import { type KeyboardEvent, useState } from "react";

import { composerWords } from "../../i18n/composer_words.ts";
import { findEmoji } from "../../i18n/emoji.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import css from "./emoji_picker.module.css";
import { moveInGrid } from "./grid_keys.ts";

export function EmojiPicker({ onPick }: { onPick: (glyph: string) => void }) {
    const words = useWords(composerWords);
    const language = useLanguage();
    const [term, setTerm] = useState("");
    const found = findEmoji(term);
    return (
        <div className={css.picker}>
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
                <div className={css.grid} onKeyDown={moveInGrid}>
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

/* A new sticker before it is kept: what it looks like, and what to call it. */

import { type FormEvent, useEffect } from "react";
import { createPortal } from "react-dom";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { stickerWords } from "../../i18n/sticker_words.ts";
import type { NewSticker } from "../../viewmodels/new_sticker.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./stickers.module.css";

const LONGEST_NAME = 60;

type Given = { sticker: NewSticker; title: string; onClose: () => void };

/** Ends what it is given. */
export function StickerForm({ sticker, title, onClose }: Given) {
    const { url, name, busy, problem } = useViewModel(sticker);
    const words = useWords(stickerWords);
    useEffect(() => () => sticker.dispose(), [sticker]);
    const save = async (event: FormEvent) => {
        event.preventDefault();
        // To React it stands in the composer all the same, which would send what is written there.
        event.stopPropagation();
        if (await sticker.save()) onClose();
    };
    // Not inside the form of a composer, where a form may not stand.
    return createPortal(
        <Sheet title={title} onClose={onClose}>
            <form className={css.form} onSubmit={save}>
                {problem && <Banner kind="danger">{words[problem]}</Banner>}
                {url !== null ? (
                    <img className={css.preview} src={url} alt={name} />
                ) : (
                    busy && <Skeleton label={words.preparing} rows={2} />
                )}
                {url !== null && (
                    <>
                        <TextField
                            label={words.name}
                            hint={words.nameHint}
                            value={name}
                            required
                            maxLength={LONGEST_NAME}
                            autoComplete="off"
                            onChange={(event) => sticker.describe(event.currentTarget.value)}
                        />
                        <Button kind="main" wide type="submit" busy={busy}>
                            {words.save}
                        </Button>
                    </>
                )}
            </form>
        </Sheet>,
        document.body,
    );
}

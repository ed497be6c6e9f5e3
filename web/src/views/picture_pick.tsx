/* Choosing the picture of oneself or of a group, and taking it away. */

import { useRef, useState } from "react";

import { Button } from "../design/button.tsx";
import { Banner } from "../design/states.tsx";
import { useWords } from "../i18n/language.tsx";
import { pictureWords } from "../i18n/picture_words.ts";
import type { Picture, PictureProblem } from "../viewmodels/faces.ts";
import { Face } from "./face.tsx";
import css from "./picture_pick.module.css";

type Given = {
    picture: Picture | null;
    id: string;
    name: string;
    /** Who can see it. */
    hint: string;
    /** Show another picture, or none; returns what is wrong. */
    show: (chosen: File | null) => Promise<PictureProblem | null>;
};

export function PicturePick({ picture, id, name, hint, show }: Given) {
    const words = useWords(pictureWords);
    const input = useRef<HTMLInputElement>(null);
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<PictureProblem | null>(null);
    const pick = async (chosen: File | null) => {
        setBusy(true);
        setProblem(await show(chosen));
        setBusy(false);
    };
    return (
        <div className={css.pick}>
            <div className={css.card}>
                <Face picture={picture} id={id} name={name} size={96} />
                <span className={css.words}>
                    <span className={css.acts}>
                        <Button busy={busy} onClick={() => input.current?.click()}>
                            {words.pick}
                        </Button>
                        {picture !== null && (
                            <Button kind="plain" busy={busy} onClick={() => pick(null)}>
                                {words.drop}
                            </Button>
                        )}
                    </span>
                    <span className={css.hint}>{hint}</span>
                </span>
            </div>
            {problem && <Banner kind="danger">{words[problem]}</Banner>}
            <input
                ref={input}
                hidden
                type="file"
                aria-label={words.pick}
                accept="image/jpeg,image/png,image/webp"
                onChange={(event) => {
                    const chosen = event.currentTarget.files?.[0];
                    // The same file may be chosen again after it was taken away.
                    event.currentTarget.value = "";
                    if (chosen !== undefined) void pick(chosen);
                }}
            />
        </div>
    );
}

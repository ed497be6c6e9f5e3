/* A file that is not shown: its name, its size, and the way to save it. */

import { Download, FileText } from "lucide-react";
import { useEffect, useRef } from "react";

import { IconButton } from "../../design/button.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import { sizeOf } from "../../i18n/numbers.ts";
import type { MediaBody } from "../../viewmodels/media.ts";
import css from "./media.module.css";
import { useItem } from "./media_context.ts";
import { Ring } from "./ring.tsx";
import { save } from "./save.ts";

/** `note` says why something that is called a picture is only saved. */
export function FileCard({ body, note }: { body: MediaBody; note?: string }) {
    const words = useWords(mediaWords);
    const language = useLanguage();
    const [state, load] = useItem(body.source, { auto: false });
    const wanted = useRef(false);
    useEffect(() => {
        if (state.step !== "ready" || !wanted.current) return;
        wanted.current = false;
        save(state.url, body.name);
    }, [state, body.name]);
    const get = () => {
        if (state.step === "ready") return save(state.url, body.name);
        wanted.current = true;
        load();
    };
    return (
        <div className={css.file}>
            <FileText className={css["file-icon"]} aria-hidden="true" />
            <span className={css["file-name"]}>
                <strong>{body.name}</strong>
                <small>
                    {body.source.size !== null && sizeOf(body.source.size, language)}
                    {note && <span className={css.note}>{note}</span>}
                    {state.step === "failed" && <span className={css.note}>{words[state.problem]}</span>}
                </small>
            </span>
            {state.step === "loading" ? (
                <Ring fraction={state.fraction} label={words.loading(Math.round(state.fraction * 100))} />
            ) : (
                <IconButton label={words.saveNamed(body.name)} onClick={get}>
                    <Download aria-hidden="true" />
                </IconButton>
            )}
        </div>
    );
}

/* What stands where a file is not shown yet: how to get it, how far it is, or why it does not come. */

import { CloudDownload } from "lucide-react";

import { Button } from "../../design/button.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import { sizeOf } from "../../i18n/numbers.ts";
import type { MediaItemState } from "../../viewmodels/media_item.ts";
import css from "./media.module.css";
import { Ring } from "./ring.tsx";

type NotReady = Exclude<MediaItemState, { step: "ready" }>;

export function FetchState({ state, size, load }: { state: NotReady; size: number | null; load: () => void }) {
    const words = useWords(mediaWords);
    const language = useLanguage();
    switch (state.step) {
        case "idle":
            return (
                <Button onClick={load}>
                    <CloudDownload aria-hidden="true" size={20} />
                    {size === null ? words.loadUnknown : words.load(sizeOf(size, language))}
                </Button>
            );
        case "loading":
            return <Ring fraction={state.fraction} label={words.loading(Math.round(state.fraction * 100))} />;
        case "failed":
            return (
                <div className={css.failed}>
                    <span>{words[state.problem]}</span>
                    {state.problem === "unreachable" && <Button onClick={load}>{words.again}</Button>}
                </div>
            );
    }
}

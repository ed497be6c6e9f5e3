/* A film in a message: a picture of its beginning until somebody plays it. */

import { Play } from "lucide-react";
import { useState } from "react";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import { lengthOf, sizeOf } from "../../i18n/numbers.ts";
import type { MediaBody, MediaSource } from "../../viewmodels/media.ts";
import { FetchState } from "./fetch_state.tsx";
import { FileCard } from "./file_card.tsx";
import css from "./media.module.css";
import { useItem, useMedia } from "./media_context.ts";
import { placeOf } from "./place_of.ts";

export function Film({ body }: { body: MediaBody }) {
    const words = useWords(mediaWords);
    const [state, load] = useItem(body.source, { auto: false });
    const [wanted, setWanted] = useState(false);
    const play = () => {
        setWanted(true);
        load();
    };
    if (wanted && state.step === "ready" && !state.type?.startsWith("video/"))
        return <FileCard body={body} note={words.onlySaved} />;
    return (
        <div className={css.picture} style={placeOf(body)}>
            {wanted && state.step === "ready" ? (
                // biome-ignore lint/a11y/useMediaCaption: people send films without captions
                <video className={css.playing} src={state.url} controls autoPlay aria-label={words.video(body.name)} />
            ) : wanted ? (
                <FetchState
                    state={state as Exclude<typeof state, { step: "ready" }>}
                    size={body.source.size}
                    load={play}
                />
            ) : (
                <Beginning body={body} play={play} />
            )}
        </div>
    );
}

function Beginning({ body, play }: { body: MediaBody; play: () => void }) {
    const words = useWords(mediaWords);
    const language = useLanguage();
    const { durationMs, source } = body;
    const facts = [durationMs && lengthOf(durationMs), source.size && sizeOf(source.size, language)].filter(Boolean);
    return (
        <button
            type="button"
            className={css.open}
            aria-label={[`${words.play}: ${words.video(body.name)}`, ...facts].join(" · ")}
            onClick={play}
        >
            {body.thumbnail && <Still source={body.thumbnail} />}
            <span className={css.play}>
                <Play aria-hidden="true" />
            </span>
            <span className={css.facts}>{facts.join(" · ")}</span>
        </button>
    );
}

function Still({ source }: { source: MediaSource }) {
    const [state] = useItem(source, { auto: !useMedia().sparing });
    return state.step === "ready" && state.type?.startsWith("image/") ? <img src={state.url} alt="" /> : null;
}

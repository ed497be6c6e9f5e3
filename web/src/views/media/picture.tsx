/* A photo or sticker in a message. Its place is kept before it comes, so that nothing jumps. */

import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import type { MediaBody } from "../../viewmodels/media.ts";
import { FetchState } from "./fetch_state.tsx";
import { FileCard } from "./file_card.tsx";
import css from "./media.module.css";
import { useItem, useMedia } from "./media_context.ts";
import { placeOf } from "./place_of.ts";
import { useViewer } from "./viewer_context.ts";

export function Picture({ body }: { body: MediaBody }) {
    const words = useWords(mediaWords);
    const media = useMedia();
    const view = useViewer();
    const shown = body.thumbnail ?? body.source;
    const [state, load] = useItem(shown, { auto: !media.sparing });
    if (state.step === "ready" && !state.type?.startsWith("image/"))
        return <FileCard body={body} note={words.onlySaved} />;
    const sticker = body.kind === "sticker";
    const name = sticker ? words.stickerOf(body.name) : words.photo(body.caption || body.name);
    const place = placeOf(body);
    return (
        <div className={css.picture} style={place} data-sticker={sticker}>
            {state.step !== "ready" ? (
                <FetchState state={state} size={shown.size} load={load} />
            ) : sticker ? (
                <img src={state.url} alt={name} />
            ) : (
                <button type="button" className={css.open} aria-label={name} onClick={() => view(body.source.id)}>
                    <img src={state.url} alt="" />
                </button>
            )}
        </div>
    );
}

/* What a message shows of the file, sticker or place in it. */

import { X } from "lucide-react";

import { IconButton } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import type { LocationBody, MediaBody as Shown } from "../../viewmodels/media.ts";
import { FileCard } from "./file_card.tsx";
import { Film } from "./film.tsx";
import css from "./media.module.css";
import { useFraction, useMedia } from "./media_context.ts";
import { Picture } from "./picture.tsx";
import { PlaceCard } from "./place_card.tsx";
import { Ring } from "./ring.tsx";
import { VoicePlayer } from "./voice_player.tsx";

/** `messageKey` says whose upload may be shown and stopped. */
export function MediaBody({ body, messageKey }: { body: Shown | LocationBody; messageKey: string }) {
    if (body.kind === "location") return <PlaceCard body={body} />;
    return (
        <div className={css.media}>
            <What body={body} />
            <Going messageKey={messageKey} />
            {body.caption && <p className={css.caption}>{body.caption}</p>}
        </div>
    );
}

function What({ body }: { body: Shown }) {
    switch (body.kind) {
        case "image":
        case "sticker":
            return <Picture body={body} />;
        case "video":
            return <Film body={body} />;
        case "voice":
        case "audio":
            return <VoicePlayer body={body} />;
        case "file":
            return <FileCard body={body} />;
    }
}

/** How far one's own file is, and a way to stop it. */
function Going({ messageKey }: { messageKey: string }) {
    const words = useWords(mediaWords);
    const media = useMedia();
    const fraction = useFraction(messageKey);
    if (fraction === null) return null;
    return (
        <div className={css.going}>
            <Ring fraction={fraction} label={words.uploading(Math.round(fraction * 100))} />
            <IconButton label={words.cancel} onClick={() => void media.cancel(messageKey)}>
                <X aria-hidden="true" />
            </IconButton>
        </div>
    );
}

/* A place that somebody sent: numbers, and a link to a map that only opens when the person follows it. */

import { MapPin } from "lucide-react";

import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import type { LocationBody } from "../../viewmodels/media.ts";
import css from "./media.module.css";

export function PlaceCard({ body: { latitude, longitude, accuracyM, name } }: { body: LocationBody }) {
    const words = useWords(mediaWords);
    const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
    return (
        <div className={css.file}>
            <MapPin className={css["file-icon"]} aria-hidden="true" />
            <span className={css["file-name"]}>
                <strong>{name || words.placeName}</strong>
                <small>
                    {latitude}, {longitude}
                    {accuracyM !== null && <span className={css.note}>{words.accurate(accuracyM)}</span>}
                </small>
                <a href={map} target="_blank" rel="noopener noreferrer" title={words.openMapHint}>
                    {words.openMap}
                </a>
            </span>
        </div>
    );
}

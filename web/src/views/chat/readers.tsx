/* Who has read a message, and when. */

import { useEffect, useState } from "react";

import { Sheet } from "../../design/sheet.tsx";
import { Skeleton } from "../../design/states.tsx";
import { when } from "../../i18n/dates.ts";
import { designWords } from "../../i18n/design_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Log } from "../../viewmodels/log.ts";
import { Face } from "../face.tsx";
import css from "./sheets.module.css";

type Found = Awaited<ReturnType<Log["readersOf"]>>;

export function Readers({ log, eventId, onClose }: { log: Log; eventId: string; onClose: () => void }) {
    const words = useWords(logWords);
    const general = useWords(designWords);
    const language = useLanguage();
    const [found, setFound] = useState<Found | null>(null);
    useEffect(() => {
        void log.readersOf(eventId).then(setFound);
    }, [log, eventId]);
    return (
        <Sheet title={words.readers} onClose={onClose}>
            {found === null && <Skeleton label={general.loading} rows={2} />}
            {found?.length === 0 && <p>{words.nobodyRead}</p>}
            <ul className={css.people}>
                {found?.map(({ userId, name, picture, at }) => (
                    <li key={userId}>
                        <Face picture={picture} id={userId} name={name || "?"} size={32} />
                        <span>{name || words.somebody}</span>
                        <time dateTime={new Date(at).toISOString()}>{when(at, language, Date.now())}</time>
                    </li>
                ))}
            </ul>
        </Sheet>
    );
}

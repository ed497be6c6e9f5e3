/* What a message said before it was edited. */

import { useEffect, useState } from "react";

import { Sheet } from "../../design/sheet.tsx";
import { Skeleton } from "../../design/states.tsx";
import { clock, when } from "../../i18n/dates.ts";
import { designWords } from "../../i18n/design_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Log } from "../../viewmodels/log.ts";
import css from "./sheets.module.css";

type Found = Awaited<ReturnType<Log["versionsOf"]>>;

export function Versions({ log, eventId, onClose }: { log: Log; eventId: string; onClose: () => void }) {
    const words = useWords(logWords);
    const general = useWords(designWords);
    const language = useLanguage();
    const [found, setFound] = useState<Found | "failed" | null>(null);
    useEffect(() => {
        log.versionsOf(eventId).then(setFound, () => setFound("failed"));
    }, [log, eventId]);
    return (
        <Sheet title={words.versions} onClose={onClose}>
            {found === null && <Skeleton label={general.loading} rows={2} />}
            {found === "failed" && <p role="alert">{words.versionsFailed}</p>}
            <ol className={css.versions}>
                {Array.isArray(found) &&
                    found.map(({ id, at, body }) => (
                        <li key={id}>
                            <time dateTime={new Date(at).toISOString()}>
                                {when(at, language, Date.now())}, {clock(at, language)}
                            </time>
                            <p>{body.kind === "text" ? body.text : words.other}</p>
                        </li>
                    ))}
            </ol>
        </Sheet>
    );
}

/* What was published before, and going back to it. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { deskTextWords } from "../../i18n/desk_text_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Texts } from "../viewmodels/texts.ts";
import css from "./texts.module.css";

export function VersionsSheet({ texts, close }: { texts: Texts; close: () => void }) {
    const { flow, busy } = useViewModel(texts);
    const [asked, setAsked] = useState<string | null>(null);
    const words = useWords(deskTextWords);
    const language = useLanguage();
    const when = (ts: number) => dates(language, { dateStyle: "medium", timeStyle: "medium" }).format(ts);
    const back = async (version: string) => {
        await texts.back(version);
        close();
    };
    return (
        <Sheet title={words.versionsTitle} onClose={close}>
            <ul className={css.versions}>
                {flow?.versions.map(({ version, ts, current }) => (
                    <li key={version}>
                        <span>{when(ts)}</span>
                        {current && <span className={css.soft}>{words.current}</span>}
                        {!current && asked !== version && (
                            <Button aria-label={words.backTo(when(ts))} onClick={() => setAsked(version)}>
                                {words.back}
                            </Button>
                        )}
                        {asked === version && (
                            <div className={css.ask}>
                                <p role="status">{words.backAsk}</p>
                                <Button kind="main" busy={busy} onClick={() => void back(version)}>
                                    {words.back}
                                </Button>
                                <Button onClick={() => setAsked(null)}>{words.cancel}</Button>
                            </div>
                        )}
                    </li>
                ))}
            </ul>
        </Sheet>
    );
}

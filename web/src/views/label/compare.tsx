/* Comparing a number with somebody, by voice or side by side. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Skeleton } from "../../design/states.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { detailsWords } from "../../i18n/details_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatDetails, Comparing } from "../../viewmodels/chat_details.ts";
import css from "./details.module.css";

export function Compare({ details, comparing }: { details: ChatDetails; comparing: Comparing }) {
    const { groups, failed } = comparing;
    const words = useWords(detailsWords);
    const general = useWords(designWords);
    const [busy, setBusy] = useState(false);
    const [differs, setDiffers] = useState(false);
    const name = comparing.name || words.nameless;
    const same = async () => {
        setBusy(true);
        await details.same();
        setBusy(false);
    };
    return (
        <Sheet title={words.compareTitle(name)} onClose={() => details.stopComparing()}>
            <p>{words.compareAbout(name)}</p>
            {groups === null && !failed && <Skeleton label={general.loading} rows={2} />}
            {groups && (
                <ol className={css.number}>
                    {groups.map((group, place) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place
                        <li key={place}>{group}</li>
                    ))}
                </ol>
            )}
            {failed && <p role="alert">{groups === null ? words.noNumber : words.failed}</p>}
            {differs && <p role="alert">{words.differentAbout(name)}</p>}
            {groups && (
                <div className={css.acts}>
                    <Button kind="main" busy={busy} onClick={same}>
                        {words.same}
                    </Button>
                    <Button onClick={() => setDiffers(true)}>{words.different}</Button>
                </div>
            )}
        </Sheet>
    );
}

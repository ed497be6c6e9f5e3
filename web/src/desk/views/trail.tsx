/* What was done at the desk, the newest first. */

import { Button } from "../../design/button.tsx";
import { deskStaffWords } from "../../i18n/desk_staff_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Staff } from "../viewmodels/staff.ts";
import css from "./staff.module.css";

export function Trail({ staff }: { staff: Staff }) {
    const { trail, whole, busy } = useViewModel(staff);
    const words = useWords(deskStaffWords);
    const language = useLanguage();
    const when = dates(language, { dateStyle: "short", timeStyle: "medium" });
    return (
        <section className={css.part} aria-label={words.trail}>
            <h2>{words.trail}</h2>
            <p className={css.soft}>{words.trailAbout}</p>
            {trail?.length === 0 && <p>{words.noTrail}</p>}
            <ul>
                {trail?.map(({ position, ts, who, who_name, what, about }) => (
                    <li key={position} className={css.act}>
                        <time className={css.soft} dateTime={new Date(ts).toISOString()}>
                            {when.format(ts)}
                        </time>
                        <span>
                            <strong>{who_name || who}</strong> {whatWords(what, words)}
                            {about !== "" && <span className={css.soft}> {about}</span>}
                        </span>
                    </li>
                ))}
            </ul>
            {!whole && trail !== null && trail.length > 0 && (
                <Button busy={busy} onClick={() => void staff.older()}>
                    {words.older}
                </Button>
            )}
        </section>
    );
}

/** An act without a word of ours is called as the gateway calls it. */
function whatWords(what: string, words: (typeof deskStaffWords)["id"]): string {
    const said = (words as Readonly<Record<string, unknown>>)[what];
    return typeof said === "string" ? said : what;
}

/* Behind a chat's label: who can read it, what the server sees, what changed lately. Beside the chat, over it on a phone. */

import { type ReactNode, useEffect, useRef } from "react";

import { countryName } from "../../i18n/countries.ts";
import { detailsWords } from "../../i18n/details_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { serverSeesWords } from "../../i18n/server_sees_words.ts";
import type { ChatDetails } from "../../viewmodels/chat_details.ts";
import type { Label } from "../../viewmodels/chat_labels.ts";
import { CloseBeside } from "../close_beside.tsx";
import { Part } from "../part.tsx";
import { useViewModel } from "../use_view_model.ts";
import { Changes } from "./changes.tsx";
import { Compare } from "./compare.tsx";
import css from "./details.module.css";
import { LabelLine } from "./label_line.tsx";
import { ProgramsPart } from "./programs_part.tsx";
import { ReaderRow } from "./reader_row.tsx";

/** `children` stand below the label: what other parts of the app say about the chat. */
export function DetailsView({ details, back, children }: { details: ChatDetails; back: string; children?: ReactNode }) {
    const { label, readers, changes, bots, comparing } = useViewModel(details);
    const words = useWords(detailsWords);
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => heading.current?.focus(), []);
    return (
        <>
            <header className={css.head}>
                <h1 ref={heading} tabIndex={-1}>
                    {words.title}
                </h1>
                <CloseBeside href={back} />
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keyboard needs to get here */}
            <div className={css.body} role="group" aria-label={words.title} tabIndex={0}>
                <div className={css.line}>
                    <LabelLine label={label} />
                </div>
                <RoomReasons label={label} />
                {children}
                {readers.length > 0 && (
                    <Part title={words.readers}>
                        <ul>
                            {readers.map((reader) => (
                                <ReaderRow key={reader.userId} reader={reader} details={details} />
                            ))}
                        </ul>
                    </Part>
                )}
                {bots.map((bot) => (
                    <ProgramsPart key={bot.userId} bot={bot} />
                ))}
                {label.kind !== "looking" && <ServerSees label={label} />}
                <Part title={words.lately}>
                    <Changes changes={changes} />
                </Part>
            </div>
            {comparing && <Compare details={details} comparing={comparing} />}
        </>
    );
}

function RoomReasons({ label: { reasons } }: { label: Label }) {
    const words = useWords(detailsWords);
    const language = useLanguage();
    return reasons.map((reason) => {
        switch (reason.kind) {
            case "anybody":
                return <p key={reason.kind}>{words.anybody}</p>;
            case "history-shared":
                return <p key={reason.kind}>{words.historyShared}</p>;
            case "hosted":
                return (
                    <p key={`${reason.userId} ${reason.host}`}>
                        {words.hosted(reason.host, countryName(reason.country, language))}
                    </p>
                );
            default:
                return null;
        }
    });
}

function ServerSees({ label: { reasons } }: { label: Label }) {
    const words = useWords(detailsWords);
    const sees = useWords(serverSeesWords);
    if (reasons.some(({ kind }) => kind === "server-reads")) {
        return (
            <Part title={words.server}>
                <p>{words.serverReads}</p>
            </Part>
        );
    }
    return (
        <Part title={words.server}>
            <p>{words.serverAbout}</p>
            <ul className={css.sees}>
                {Object.entries(sees).map(([key, line]) => (
                    <li key={key}>{line}</li>
                ))}
            </ul>
        </Part>
    );
}

/* One row of a log, whichever it is. */

import { memo, type ReactNode } from "react";

import { day } from "../../i18n/dates.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Log, LogState } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { Bubble } from "./bubble.tsx";
import css from "./log.module.css";
import { Notice } from "./notice.tsx";

type Row = LogState["rows"][number];

export type LogRowProps = {
    row: Row;
    log: Log;
    acts: MessageActs;
    group: boolean;
    current: boolean;
    marked: boolean;
    branchAddress: (eventId: string) => string;
    beginning?: ReactNode;
};

export const LogRow = memo(function LogRow({ row, beginning, ...rest }: LogRowProps) {
    const words = useWords(logWords);
    const language = useLanguage();
    switch (row.kind) {
        case "beginning":
            return <div className={css.beginning}>{beginning === undefined ? words.beginning : beginning}</div>;
        case "day":
            return (
                <p className={css.day}>
                    <span>{day(row.at, language, Date.now())}</span>
                </p>
            );
        case "unread":
            return (
                <p className={css.unread}>
                    <span>{words.unread}</span>
                </p>
            );
        case "notice":
            return <Notice told={row.told} />;
        case "message":
            return <Bubble message={row.message} first={row.first} last={row.last} {...rest} />;
    }
});

/* A label's mark: a picture for each, never a colour alone. */

import { Building2, Globe, Hourglass, Lock, type LucideIcon, ShieldAlert, ShieldHalf } from "lucide-react";

import { use } from "react";

import { labelLine, labelWords } from "../../i18n/label_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Label } from "../../viewmodels/chat_labels.ts";
import css from "./label.module.css";
import { LabelsContext, useLabel } from "./labels_context.ts";

const ICONS: Readonly<Record<Label["mark"], readonly LucideIcon[]>> = {
    closed: [Lock],
    office: [Lock, Building2],
    half: [ShieldHalf],
    open: [Globe],
    alert: [ShieldAlert],
    waiting: [Hourglass],
};

/** The picture alone, beside words that say the same. */
export function Mark({ mark }: { mark: Label["mark"] }) {
    return (
        <span className={css.mark} data-mark={mark} aria-hidden="true">
            {ICONS[mark].map((Icon) => (
                <Icon key={Icon.displayName} size="1em" />
            ))}
        </span>
    );
}

/** The picture with its words as a name, where there is no room for a line: in the list of chats. */
export function ChatMark({ roomId }: { roomId: string }) {
    // While the app wakes nobody can say yet who reads a chat; what was true last time is not shown as if it were now.
    return use(LabelsContext) === null ? <Mark mark="waiting" /> : <KnownMark roomId={roomId} />;
}

function KnownMark({ roomId }: { roomId: string }) {
    const label = useLabel(roomId);
    const line = labelLine(useWords(labelWords), label);
    return (
        <span role="img" aria-label={line} title={line}>
            <Mark mark={label.mark} />
        </span>
    );
}

/* Why messages wait in a chat, above where one writes, with the way on. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { heldWords } from "../../i18n/held_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { addressOfDetails, type Reason } from "../../viewmodels/chat_labels.ts";
import css from "./label.module.css";
import { useLabel, useLabels } from "./labels_context.ts";

type HeldReason = Extract<Reason, { kind: "changed-identity" | "uncheckable-app" | "statement-over" }>;

/** Nothing where nothing is held back. */
export function HeldNotice({ roomId }: { roomId: string }) {
    const { held, reasons } = useLabel(roomId);
    const cause = reasons.find(isHeld);
    return held && cause !== undefined ? <Notice roomId={roomId} cause={cause} /> : null;
}

function isHeld(reason: Reason): reason is HeldReason {
    return (reason.kind === "changed-identity" || reason.kind === "uncheckable-app") && !reason.me;
}

function Notice({ roomId, cause }: { roomId: string; cause: HeldReason }) {
    const words = useWords(heldWords);
    const labels = useLabels();
    const [busy, setBusy] = useState(false);
    const changed = cause.kind === "changed-identity";
    const accept = async () => {
        setBusy(true);
        await labels.accept(cause).finally(() => setBusy(false));
    };
    return (
        <section className={css.held} aria-label={words.title}>
            <strong role="alert">{changed ? words.changed(cause.name) : words.uncheckable(cause.name)}</strong>
            <p>{changed ? words.changedWhy(cause.name) : words.uncheckableWhy(cause.name)}</p>
            <div className={css.acts}>
                <Button kind="main" busy={busy} onClick={accept}>
                    {changed ? words.acceptChange : words.acceptApp}
                </Button>
                <a className={css.look} href={addressOfDetails(roomId)}>
                    {changed ? words.compare : words.look}
                </a>
            </div>
        </section>
    );
}

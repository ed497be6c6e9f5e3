/* Telling those who run the server of a message. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { messageActsWords } from "../../i18n/message_acts_words.ts";
import type { OfMessage } from "./act_sheet.tsx";

/** What the server takes, in characters. */
const MAX_REASON = 4_000;

export function ReportSheet({ acts, message, onClose }: OfMessage) {
    const words = useWords(messageActsWords);
    const [reason, setReason] = useState("");
    const [state, setState] = useState<"asking" | "sending" | "sent" | "failed">("asking");
    const send = async () => {
        setState("sending");
        setState((await acts.report(message, reason)) ? "sent" : "failed");
    };
    return (
        <Sheet title={words.reportTitle} onClose={onClose}>
            {state === "sent" ? (
                <p role="status">{words.reported}</p>
            ) : (
                <>
                    <p>{words.reportText}</p>
                    <TextField
                        label={words.reportReason}
                        value={reason}
                        maxLength={MAX_REASON}
                        error={state === "failed" ? words.reportFailed : null}
                        onChange={({ currentTarget }) => setReason(currentTarget.value)}
                    />
                    <Button kind="main" busy={state === "sending"} onClick={send}>
                        {words.reportDo}
                    </Button>
                </>
            )}
        </Sheet>
    );
}

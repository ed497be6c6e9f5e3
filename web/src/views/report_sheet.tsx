/* Telling those who run the server of something: a message, a person, an invitation. */

import { useState } from "react";

import { Button } from "../design/button.tsx";
import { TextField } from "../design/field.tsx";
import { Sheet } from "../design/sheet.tsx";
import { useWords } from "../i18n/language.tsx";
import { reportWords } from "../i18n/report_words.ts";

/** What the server takes, in characters. */
const MAX_REASON = 4_000;

type Given = {
    title: string;
    /** What they see of it. */
    about: string;
    /** Returns whether it arrived. */
    report: (reason: string) => Promise<boolean>;
    onClose: () => void;
};

export function ReportSheet({ title, about, report, onClose }: Given) {
    const words = useWords(reportWords);
    const [reason, setReason] = useState("");
    const [state, setState] = useState<"asking" | "sending" | "sent" | "failed">("asking");
    const send = async () => {
        setState("sending");
        setState((await report(reason)) ? "sent" : "failed");
    };
    return (
        <Sheet title={title} onClose={onClose}>
            {state === "sent" ? (
                <p role="status">{words.sent}</p>
            ) : (
                <>
                    <p>{about}</p>
                    <TextField
                        label={words.reason}
                        value={reason}
                        maxLength={MAX_REASON}
                        error={state === "failed" ? words.failed : null}
                        onChange={({ currentTarget }) => setReason(currentTarget.value)}
                    />
                    <Button kind="main" wide busy={state === "sending"} onClick={send}>
                        {words.send}
                    </Button>
                </>
            )}
        </Sheet>
    );
}

/* A form under a message: the button that opens it, and what was sent of it. */

import { Check } from "lucide-react";
import { useEffect, useState } from "react";

import { Choices } from "../../design/choices.tsx";
import { formWords } from "../../i18n/form_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { FormFilling } from "../../viewmodels/forms/filling.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { FormSheet } from "./form_sheet.tsx";
import css from "./offered_form.module.css";

type OfferedProps = {
    acts: MessageActs;
    message: LogMessage;
    offered: NonNullable<LogMessage["form"]>;
};

export function OfferedForm({ acts, message, offered: { form, sent } }: OfferedProps) {
    const words = useWords(formWords);
    const [filling, setFilling] = useState<FormFilling | null>(null);
    useEffect(() => () => filling?.dispose(), [filling]);
    return (
        <div className={css.form}>
            {sent === null ? (
                <Choices
                    label={form.button}
                    choices={[{ id: "form", title: form.button, description: "" }]}
                    chosen={null}
                    chosenLabel=""
                    closed={false}
                    onChoose={() => setFilling(acts.fillIn(message))}
                />
            ) : (
                <details className={css.sent}>
                    <summary>
                        <Check aria-hidden="true" size="1.25em" /> <strong>{words.sent}</strong>{" "}
                        <span>{words.see}</span>
                    </summary>
                    <p>{sent}</p>
                </details>
            )}
            {filling !== null && <FormSheet filling={filling} name={form.button} onClose={() => setFilling(null)} />}
        </div>
    );
}

/* A link into the app as a QR code, and to copy. */

import { Check, Copy } from "lucide-react";
import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { QrCode } from "../../design/qr_code.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import css from "./chat_list.module.css";

/** `address` begins with `#`; `label` says what the code is for. */
export function LinkWithCode({ address, label }: { address: string; label: string }) {
    const words = useWords(designWords);
    const [copied, setCopied] = useState(false);
    const link = `${location.origin}/${address}`;
    const copy = () => {
        navigator.clipboard.writeText(link).then(
            () => setCopied(true),
            () => {},
        );
    };
    return (
        <div className={css.form}>
            <QrCode data={link} label={label} />
            <a className={css.address} href={link}>
                {link}
            </a>
            <Button wide onClick={copy}>
                {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
                <span role="status">{copied ? words.copied : words.copy}</span>
            </Button>
        </div>
    );
}

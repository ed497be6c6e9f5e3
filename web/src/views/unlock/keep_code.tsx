/* The message unlock code, shown once: to copy, to print, to save, and for a passkey to keep as well. */

import { Copy, Download, Printer } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { unlockWords } from "../../i18n/unlock_words.ts";
import type { KeepCode } from "../../viewmodels/keep_code.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./unlock.module.css";

const PASSKEYS = "/_amanat/account/passkeys";

export function KeepCodeView({ keep }: { keep: KeepCode }) {
    const words = useWords(unlockWords);
    return (
        <>
            <h1>{words.madeTitle}</h1>
            <p>{words.made}</p>
            <output className={css.code} aria-label={words.code}>
                {keep.code}
            </output>
            <Ways code={keep.code} />
            <Passkey keep={keep} />
            <Button kind="main" wide onClick={() => keep.proceed({ kept: true })}>
                {words.kept}
            </Button>
            <Button kind="plain" wide onClick={() => keep.proceed({ kept: false })}>
                {words.later}
            </Button>
        </>
    );
}

function Ways({ code }: { code: string }) {
    const words = useWords(unlockWords);
    const { copy, copied } = useWords(designWords);
    const [isCopied, setCopied] = useState(false);
    return (
        <div className={css.ways}>
            <Button onClick={() => navigator.clipboard.writeText(code).then(() => setCopied(true))}>
                <Copy aria-hidden="true" />
                <span aria-live="polite">{isCopied ? copied : copy}</span>
            </Button>
            <Button onClick={() => window.print()}>
                <Printer aria-hidden="true" />
                {words.print}
            </Button>
            <Button onClick={() => download(words.file, words.fileSays(code, location.host))}>
                <Download aria-hidden="true" />
                {words.download}
            </Button>
        </div>
    );
}

function Passkey({ keep }: { keep: KeepCode }) {
    const { passkey } = useViewModel(keep);
    const words = useWords(unlockWords);
    useEffect(() => {
        // Whoever comes back from the account page may have made one there.
        const look = () => void keep.look();
        addEventListener("focus", look);
        return () => removeEventListener("focus", look);
    }, [keep]);
    if (passkey === "done") return <p role="status">{words.passkeyDone}</p>;
    return (
        <div className={css.passkey}>
            <p>{passkey === "failed" ? words.passkeyFailed : words.passkeyAbout}</p>
            {passkey === "none" ? (
                <a href={PASSKEYS} target="_blank" rel="noopener">
                    {words.makePasskey}
                </a>
            ) : (
                <Button wide busy={passkey === "busy"} onClick={() => keep.wrap()}>
                    {words.withPasskey}
                </Button>
            )}
        </div>
    );
}

function download(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

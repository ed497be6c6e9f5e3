/* Somebody asks for one's phone number: who will know it, and a yes or a no. */

import { type ReactNode, useEffect } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { shareWords } from "../../i18n/share_words.ts";
import type { NumberShare } from "../../viewmodels/number_share.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./number_sheet.module.css";

/** `onWrite`: the person would rather write than share. */
type Given = { share: NumberShare; onClose: () => void; onWrite: () => void };

export function NumberSheet({ share, onClose, onWrite }: Given) {
    const { step } = useViewModel(share);
    const words = useWords(shareWords);
    useEffect(() => {
        if (step === "shared") onClose();
    }, [step, onClose]);
    return (
        <Sheet title={words.numberTitle} onClose={onClose}>
            <div className={css.sheet}>
                {step === "looking" ? (
                    <Skeleton label={words.looking} rows={2} />
                ) : step === "unknown" ? (
                    <Banner kind="warning" act={<Button onClick={() => void share.look()}>{words.again}</Button>}>
                        {words.unknown}
                    </Banner>
                ) : step === "none" ? (
                    <>
                        <p>{words.none}</p>
                        <Ways onClose={onClose}>
                            <Button kind="main" wide onClick={onWrite}>
                                {words.write}
                            </Button>
                        </Ways>
                    </>
                ) : (
                    <Asked share={share} onClose={onClose} />
                )}
            </div>
        </Sheet>
    );
}

function Asked({ share, onClose }: Pick<Given, "share" | "onClose">) {
    const { step, masked } = useViewModel(share);
    const words = useWords(shareWords);
    return (
        <>
            <p className={css.who}>{words.who(share.name, share.hosts)}</p>
            <p>
                {words.number}: <span className={css.number}>{masked}</span>
                <br />
                {words.proof}
            </p>
            <p className={css.later}>{words.later}</p>
            {step === "failed" && <Banner kind="danger">{words.failed}</Banner>}
            <Ways onClose={onClose}>
                <Button kind="main" wide busy={step === "sharing"} onClick={() => void share.agree(words.said)}>
                    {words.agree}
                </Button>
            </Ways>
        </>
    );
}

function Ways({ onClose, children }: { onClose: () => void; children: ReactNode }) {
    const words = useWords(shareWords);
    return (
        <>
            {children}
            <Button wide onClick={onClose}>
                {words.decline}
            </Button>
        </>
    );
}

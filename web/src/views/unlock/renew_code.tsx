/* `#/me/recovery`: a new message unlock code. */

import { useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { unlockWords } from "../../i18n/unlock_words.ts";
import type { Home } from "../../viewmodels/home.ts";
import { RenewCode } from "../../viewmodels/renew_code.ts";
import { BackToMe } from "../back_to_me.tsx";
import { useViewModel } from "../use_view_model.ts";
import { KeepCodeView } from "./keep_code.tsx";
import css from "./unlock.module.css";

/** Lives as long as it is shown. */
export function RecoveryView({ home }: { home: Home }) {
    const [renewal, setRenewal] = useState<RenewCode | null>(null);
    useEffect(() => {
        const fresh = new RenewCode(home.session);
        setRenewal(fresh);
        return () => fresh.dispose();
    }, [home]);
    return renewal && <Renewal renewal={renewal} />;
}

function Renewal({ renewal }: { renewal: RenewCode }) {
    const { state } = useViewModel(renewal);
    const words = useWords(unlockWords);
    return (
        <div className={css.screen}>
            <BackToMe />
            {state.step === "made" ? (
                <KeepCodeView keep={state.keep} />
            ) : (
                <>
                    <h1>{words.renewTitle}</h1>
                    {state.step === "done" ? (
                        <p role="status">{words.renewed}</p>
                    ) : (
                        <>
                            <p>{words.renewAbout}</p>
                            {state.failed && <Banner kind="danger">{words.failed}</Banner>}
                            <Button kind="main" wide busy={state.busy} onClick={() => renewal.renew()}>
                                {words.renew}
                            </Button>
                        </>
                    )}
                </>
            )}
        </div>
    );
}

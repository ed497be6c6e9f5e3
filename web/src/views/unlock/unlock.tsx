/* Before the first chat: a new account's message unlock code, or the ways to open an account on a new device. */

import { Button } from "../../design/button.tsx";
import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { unlockWords } from "../../i18n/unlock_words.ts";
import type { Unlock, UnlockState } from "../../viewmodels/unlock.ts";
import { useViewModel } from "../use_view_model.ts";
import { KeepCodeView } from "./keep_code.tsx";
import { LockedView } from "./locked.tsx";
import css from "./unlock.module.css";

export function UnlockView({ unlock }: { unlock: Unlock }) {
    const { state } = useViewModel(unlock);
    const words = useWords(unlockWords);
    switch (state.step) {
        case "looking":
            return <Skeleton label={words.preparing} />;
        case "made":
            return (
                <main className={css.screen}>
                    <KeepCodeView keep={state.keep} />
                </main>
            );
        case "locked":
            return <LockedView state={state} unlock={unlock} />;
        case "anew":
            return <Anew state={state} unlock={unlock} />;
        case "failed":
            return (
                <Empty title={words.failed}>
                    <Button kind="main" onClick={() => unlock.look()}>
                        {words.again}
                    </Button>
                    <Button kind="plain" onClick={() => unlock.leave()}>
                        {words.leave}
                    </Button>
                </Empty>
            );
    }
}

function Anew({ state, unlock }: { state: UnlockState & { step: "anew" }; unlock: Unlock }) {
    const words = useWords(unlockWords);
    return (
        <main className={css.screen}>
            <h1>{words.anewTitle}</h1>
            <p>
                <strong>{words.anewLoses}</strong>
            </p>
            <p>{words.anewKeeps}</p>
            <p>{words.anewBeware}</p>
            <a href={state.page} target="_blank" rel="noopener">
                {words.anewAllow}
            </a>
            {state.refused && <Banner kind="danger">{words.anewRefused}</Banner>}
            <Button kind="danger" wide busy={state.busy} onClick={() => unlock.beginAnew()}>
                {words.anewGo}
            </Button>
            <Button kind="plain" wide onClick={() => unlock.back()}>
                {words.back}
            </Button>
        </main>
    );
}

/* The one recovery code: shown once to a new account, asked of a new device. */

import { type FormEvent, useState } from "react";

import { Button } from "../design/button.tsx";
import { TextField } from "../design/field.tsx";
import { Empty, Skeleton } from "../design/states.tsx";
import { useWords } from "../i18n/language.tsx";
import { unlockWords } from "../i18n/unlock_words.ts";
import type { Unlock } from "../viewmodels/unlock.ts";
import css from "./unlock.module.css";
import { useViewModel } from "./use_view_model.ts";

export function UnlockView({ unlock }: { unlock: Unlock }) {
    const { state } = useViewModel(unlock);
    const words = useWords(unlockWords);
    switch (state.step) {
        case "looking":
            return <Skeleton label={words.preparing} />;
        case "made":
            return <Made code={state.code} unlock={unlock} />;
        case "locked":
            return <Locked problem={state.problem} busy={state.busy} unlock={unlock} />;
        case "failed":
            return (
                <Empty title={words.failed}>
                    <Button kind="main" onClick={() => unlock.look()}>
                        {words.again}
                    </Button>
                </Empty>
            );
    }
}

function Made({ code, unlock }: { code: string; unlock: Unlock }) {
    const words = useWords(unlockWords);
    return (
        <main className={css.screen}>
            <h1>{words.madeTitle}</h1>
            <p>{words.made}</p>
            <output className={css.code} aria-label={words.code}>
                {code}
            </output>
            <Button wide onClick={() => window.print()}>
                {words.print}
            </Button>
            <Button kind="main" wide onClick={() => unlock.proceed()}>
                {words.kept}
            </Button>
        </main>
    );
}

function Locked({ problem, busy, unlock }: { problem: "wrong" | "failed" | null; busy: boolean; unlock: Unlock }) {
    const words = useWords(unlockWords);
    const [code, setCode] = useState("");
    const open = (event: FormEvent) => {
        event.preventDefault();
        void unlock.tryCode(code);
    };
    return (
        <main className={css.screen}>
            <h1>{words.lockedTitle}</h1>
            <p>{words.locked}</p>
            <form className={css.form} onSubmit={open}>
                <TextField
                    label={words.code}
                    value={code}
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    error={problem && words[problem]}
                    onChange={(event) => setCode(event.currentTarget.value)}
                />
                <Button kind="main" wide type="submit" busy={busy}>
                    {words.open}
                </Button>
            </form>
            <Button kind="plain" onClick={() => unlock.leave()}>
                {words.leave}
            </Button>
        </main>
    );
}

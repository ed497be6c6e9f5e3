/* An account that has keys, on a device that does not: another device, a passkey or the code opens it. */

import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { unlockWords } from "../../i18n/unlock_words.ts";
import type { Locked, Unlock } from "../../viewmodels/unlock.ts";
import css from "./unlock.module.css";

export function LockedView({ state, unlock }: { state: Locked; unlock: Unlock }) {
    const words = useWords(unlockWords);
    const { problem, busy } = state;
    return (
        <main className={css.screen}>
            <h1>{words.lockedTitle}</h1>
            <p>{words.locked}</p>
            {problem && problem.way !== "code" && <Banner kind="danger">{words[problem.why]}</Banner>}
            <Button kind="main" wide disabled={busy === "code"} onClick={() => unlock.byDevice()}>
                {words.useDevice}
            </Button>
            {state.passkey && (
                <Button wide disabled={busy === "code"} busy={busy === "passkey"} onClick={() => unlock.byPasskey()}>
                    {words.usePasskey}
                </Button>
            )}
            <Code error={problem?.way === "code" ? words[problem.why] : null} busy={busy === "code"} unlock={unlock} />
            {state.anew && (
                <p>
                    {words.noWay}{" "}
                    <Button kind="plain" onClick={() => unlock.askAnew()}>
                        {words.anew}
                    </Button>
                </p>
            )}
            <Button kind="plain" wide onClick={() => unlock.leave()}>
                {words.leave}
            </Button>
        </main>
    );
}

function Code({ error, busy, unlock }: { error: string | null; busy: boolean; unlock: Unlock }) {
    const words = useWords(unlockWords);
    const [code, setCode] = useState("");
    const open = (event: FormEvent) => {
        event.preventDefault();
        void unlock.byCode(code);
    };
    return (
        <form className={css.form} onSubmit={open}>
            <TextField
                label={words.code}
                hint={words.orCode}
                value={code}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                error={error}
                onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Button wide type="submit" busy={busy} disabled={code.trim() === ""}>
                {words.open}
            </Button>
        </form>
    );
}

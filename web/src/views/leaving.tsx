/* Signing out where that loses something: what that means, and what to do first. */

import { useState } from "react";

import { Button } from "../design/button.tsx";
import { Sheet } from "../design/sheet.tsx";
import { appWords } from "../i18n/app_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { App, Loss } from "../viewmodels/app.ts";

export function Leaving({ app, loss }: { app: App; loss: Loss }) {
    return loss === "everything" ? <LosesEverything app={app} /> : <LosesNewest app={app} />;
}

/** This is the only device that can read the messages. */
function LosesEverything({ app }: { app: App }) {
    const words = useWords(appWords);
    const keepCode = () => {
        app.stay();
        location.hash = "#/me/recovery";
    };
    return (
        <Sheet title={words.leavingTitle} onClose={() => app.stay()}>
            <p>{words.leaving}</p>
            <Button kind="main" wide onClick={keepCode}>
                {words.keepCode}
            </Button>
            <Button kind="danger" wide onClick={() => app.signOutAnyway()}>
                {words.leaveAnyway}
            </Button>
        </Sheet>
    );
}

/** The backup is not up to date. */
function LosesNewest({ app }: { app: App }) {
    const words = useWords(appWords);
    const [busy, setBusy] = useState(false);
    const again = async () => {
        setBusy(true);
        await app.signOut();
        setBusy(false);
    };
    return (
        <Sheet title={words.notBackedUpTitle} onClose={() => app.stay()}>
            <p>{words.notBackedUp}</p>
            <Button kind="main" wide busy={busy} onClick={again}>
                {words.backUpAgain}
            </Button>
            <Button kind="danger" wide onClick={() => app.signOutAnyway()}>
                {words.signOutAnyway}
            </Button>
        </Sheet>
    );
}

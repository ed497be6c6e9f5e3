/* Signing out of the only device that can read the messages: what that means, and what to do first. */

import { Button } from "../design/button.tsx";
import { Sheet } from "../design/sheet.tsx";
import { appWords } from "../i18n/app_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { App } from "../viewmodels/app.ts";

export function Leaving({ app }: { app: App }) {
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

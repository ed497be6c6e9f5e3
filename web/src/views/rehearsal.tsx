/* One line above everything where the server is one to try things on: what is not private, and where its texts lie. */

import { Banner } from "../design/states.tsx";
import { useWords } from "../i18n/language.tsx";
import { rehearsalWords } from "../i18n/rehearsal_words.ts";
import type { AppState } from "../viewmodels/app_state.ts";

export function RehearsalNote({ rehearsal, screen }: { rehearsal: "lab" | "demo"; screen: AppState["screen"] }) {
    const words = useWords(rehearsalWords);
    const inbox = (
        <a href="/_amanat/lab/inbox" target="_blank" rel="noreferrer">
            {words.inbox}
        </a>
    );
    if (rehearsal === "lab") {
        return (
            <Banner kind="danger" act={inbox}>
                {words.lab}
            </Banner>
        );
    }
    return (
        <Banner kind="info" act={screen === "home" ? <a href="/demo">{words.stored}</a> : inbox}>
            {screen === "home" ? words.friend : words.demo}
        </Banner>
    );
}

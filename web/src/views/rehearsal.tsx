/* One line above everything where the server is one to try things on: what is not private, and where its texts lie. */

import { Banner } from "../design/states.tsx";
import { useLanguage, useWords } from "../i18n/language.tsx";
import { rehearsalWords } from "../i18n/rehearsal_words.ts";
import type { AppState } from "../viewmodels/app_state.ts";

/** Who answers in a demo: a sample friend, and the sample services. */
const FRIENDS = ["citra", "layanan-paspor", "literasi-digital"];

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
            {screen === "home" ? <Friends /> : words.demo}
        </Banner>
    );
}

/** Each leads to a chat with them. */
function Friends() {
    const words = useWords(rehearsalWords);
    const list = new Intl.ListFormat(useLanguage(), { type: "disjunction" });
    return (
        <>
            {words.friends}{" "}
            {list.formatToParts(FRIENDS).map(({ type, value }) =>
                type === "element" ? (
                    <a key={value} href={`#/u/${value}`}>
                        {value}
                    </a>
                ) : (
                    value
                ),
            )}
        </>
    );
}

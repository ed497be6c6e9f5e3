/* What stands beside the list while no chat is open. */

import { Empty } from "../design/states.tsx";
import { homeWords } from "../i18n/home_words.ts";
import { useWords } from "../i18n/language.tsx";

export function PickChat() {
    const words = useWords(homeWords);
    return (
        <Empty title={words.pickTitle}>
            <p>{words.pick}</p>
        </Empty>
    );
}

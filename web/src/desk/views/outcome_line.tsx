/* What came of a check-in, as a sentence. */

import { Banner } from "../../design/states.tsx";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Outcome } from "../viewmodels/day.ts";
import { useTroubleText } from "./trouble_text.ts";

export function OutcomeLine({ outcome }: { outcome: Outcome }) {
    const words = useWords(deskDayWords);
    const troubleText = useTroubleText();
    if (outcome.what === "refused") return <Banner kind="danger">{troubleText(outcome.trouble)}</Banner>;
    if (outcome.what === "noted") {
        const { number, time, listed } = outcome;
        return <Banner kind="warning">{(listed ? words.notedNow : words.notedUnlisted)(number, time)}</Banner>;
    }
    const { number, time } = outcome.line;
    const said = {
        arrived: words.arrivedNow(number, time),
        late: words.lateNow(number, time),
        walked_in: words.walkedIn(number),
    };
    return <Banner kind={outcome.what === "late" ? "warning" : "info"}>{said[outcome.what]}</Banner>;
}

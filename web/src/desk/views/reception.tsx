/* Where whoever comes is checked in: a number is typed, or a scanner types what a ticket says, and Enter. */

import { useRef, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Day, Outcome } from "../viewmodels/day.ts";
import css from "./day.module.css";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";

/** `walkIn` opens the way for people without an appointment; null where there is none. */
export function Reception({ day, walkIn }: { day: Day; walkIn: (() => void) | null }) {
    const { receiving, outcome } = useViewModel(day);
    const [typed, setTyped] = useState("");
    const form = useRef<HTMLFormElement>(null);
    const words = useWords(deskDayWords);
    useDeskKeys({ checkIn: () => form.current?.querySelector("input")?.focus() });
    const receive = async () => {
        if (await day.receive(typed)) setTyped("");
    };
    return (
        <>
            <form
                ref={form}
                className={css.reception}
                onSubmit={(event) => {
                    event.preventDefault();
                    void receive();
                }}
            >
                <TextField
                    label={words.receive}
                    hint={words.receiveHint}
                    value={typed}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => setTyped(event.currentTarget.value)}
                />
                <Button kind="main" type="submit" busy={receiving}>
                    {words.checkIn}
                </Button>
                {walkIn && <Button onClick={walkIn}>{words.walkIn}</Button>}
            </form>
            {outcome && <OutcomeLine outcome={outcome} />}
        </>
    );
}

function OutcomeLine({ outcome }: { outcome: Outcome }) {
    const words = useWords(deskDayWords);
    const troubleText = useTroubleText();
    if (outcome.what === "refused") return <Banner kind="danger">{troubleText(outcome.trouble)}</Banner>;
    const { number, time } = outcome.line;
    const said = {
        arrived: words.arrivedNow(number, time),
        late: words.lateNow(number, time),
        walked_in: words.walkedIn(number),
    };
    return <Banner kind={outcome.what === "late" ? "warning" : "info"}>{said[outcome.what]}</Banner>;
}

/* Where whoever comes is checked in: a number is typed, or a scanner types what a ticket says, and Enter. */

import { useRef, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Arrivals } from "../viewmodels/arrivals.ts";
import type { Day } from "../viewmodels/day.ts";
import css from "./day.module.css";
import { OutcomeLine } from "./outcome_line.tsx";
import { ScanSheet } from "./scan_sheet.tsx";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";

/** `walkIn` opens the way for people without an appointment; null where there is none. */
export function Reception({ day, walkIn }: { day: Day; walkIn: (() => void) | null }) {
    const { receiving, outcome } = useViewModel(day);
    const [typed, setTyped] = useState("");
    const [scanning, setScanning] = useState(false);
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
                <Button
                    onClick={() => {
                        day.forgetOutcome();
                        setScanning(true);
                    }}
                >
                    {words.scan}
                </Button>
                {walkIn && <Button onClick={walkIn}>{words.walkIn}</Button>}
            </form>
            {outcome && !scanning && <OutcomeLine outcome={outcome} />}
            <Untold arrivals={day.arrivals} />
            {scanning && <ScanSheet day={day} close={() => setScanning(false)} />}
        </>
    );
}

/** Who came while there was no connection, and of whom the gateway would not have it. */
function Untold({ arrivals }: { arrivals: Arrivals }) {
    const { waiting, notTaken } = useViewModel(arrivals);
    const words = useWords(deskDayWords);
    const troubleText = useTroubleText();
    return (
        <>
            {waiting.length > 0 && (
                <Banner kind="warning">
                    {words.waiting(waiting.length)}: {waiting.map(({ number }) => number).join(", ")}
                </Banner>
            )}
            {notTaken.length > 0 && (
                <Banner
                    kind="danger"
                    act={<Button onClick={() => arrivals.forgetNotTaken()}>{words.understood}</Button>}
                >
                    {notTaken
                        .map(({ number, trouble }) => `${words.notTaken(number)} ${troubleText(trouble)}`)
                        .join(" ")}
                </Banner>
            )}
        </>
    );
}

/* Who comes on a day, in order, and what can be done with each. */

import { Button } from "../../design/button.tsx";
import { clock } from "../../i18n/dates.ts";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Day, DayLine } from "../viewmodels/day.ts";
import css from "./day_table.module.css";
import { useFlowWords } from "./flow_words.ts";
import { stateName } from "./state_name.ts";

export function DayTable({ day, lines }: { day: Day; lines: readonly DayLine[] }) {
    const { busy } = useViewModel(day);
    const words = useWords(deskDayWords);
    return (
        <table className={css.table}>
            <thead>
                <tr>
                    <th scope="col">{words.time}</th>
                    <th scope="col">{words.number}</th>
                    <th scope="col">{words.details}</th>
                    <th scope="col">{words.counter}</th>
                    <th scope="col">{words.state}</th>
                    <th scope="col" className={css.acts}>
                        {words.acts}
                    </th>
                </tr>
            </thead>
            <tbody>
                {lines.map((line) => (
                    <Row key={line.number} day={day} line={line} busy={busy.has(line.number)} />
                ))}
            </tbody>
        </table>
    );
}

function Row({ day, line, busy }: { day: Day; line: DayLine; busy: boolean }) {
    const words = useWords(deskDayWords);
    const language = useLanguage();
    const { saidOf } = useFlowWords();
    return (
        <tr data-state={line.state}>
            <td className={css.time}>
                {line.time}–{line.ends}
            </td>
            <th scope="row" className={css.number}>
                {line.number}
            </th>
            <td className={css.details}>
                {Object.entries(line.details)
                    .map(([name, value]) => saidOf(name, value))
                    .join(" · ")}
                <span className={css.soft}>
                    {[line.service_name, line.channel === "chat" ? "" : stateName(line.channel, words)]
                        .filter(Boolean)
                        .join(" · ")}
                </span>
            </td>
            <td>{line.counter_name}</td>
            <td>
                <span className={css.state} data-state={line.state}>
                    {stateName(line.state, words)}
                </span>
                {line.priority && (
                    <span className={css.soft}>
                        {words.priority}: {line.priority}
                    </span>
                )}
                {line.arrived !== null && (
                    <span className={css.soft}>{words.arrivedAt(clock(line.arrived, language))}</span>
                )}
            </td>
            <td className={css.acts}>
                <span>
                    {line.can.map((act, place) => (
                        <Button
                            key={act}
                            kind={place === 0 ? "other" : "plain"}
                            busy={busy}
                            aria-label={words.actOn(words[act], line.number)}
                            onClick={() => void day.act(line.number, act)}
                        >
                            {words[act]}
                        </Button>
                    ))}
                </span>
            </td>
        </tr>
    );
}

/* A day at a place: checking in, who is served now, and the list of who comes. */

import { ChevronLeft, ChevronRight, Download, Printer } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { SelectField } from "../../design/field.tsx";
import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Day } from "../viewmodels/day.ts";
import css from "./day.module.css";
import { DayTable } from "./day_table.tsx";
import { Reception } from "./reception.tsx";
import { stateName } from "./state_name.ts";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";
import { WalkInSheet } from "./walk_in_sheet.tsx";

export function DayView({ day }: { day: Day }) {
    const { sheet, trouble, date, place } = useViewModel(day);
    const [walkingIn, setWalkingIn] = useState(false);
    const words = useWords(deskDayWords);
    const language = useLanguage();
    const troubleText = useTroubleText();
    const takesWalkIns = (sheet?.services.length ?? 0) > 0 && date === day.today();
    useDeskKeys({ today: () => day.look({ date: day.today() }), walkIn: () => takesWalkIns && setWalkingIn(true) });
    const placeName = day.places.find(({ id }) => id === place)?.name ?? place;
    return (
        <div className={css.day}>
            <h1 className="visually-hidden">{words.title}</h1>
            <p className={css.printed}>
                {placeName} · {dates(language, { dateStyle: "full", timeZone: "UTC" }).format(Date.parse(date))}
            </p>
            <Which day={day} />
            {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
            {date === day.today() && <Reception day={day} walkIn={takesWalkIns ? () => setWalkingIn(true) : null} />}
            {sheet === null && !trouble && <Skeleton label={words.loading} />}
            {sheet !== null && (
                <>
                    {!sheet.open && <Banner kind="warning">{words.closed}</Banner>}
                    <div className={css.glance}>
                        <Counts counts={sheet.counts} />
                        {date === day.today() && <NowServing serving={sheet.now_serving} />}
                    </div>
                    {sheet.lines.length === 0 ? (
                        <Empty title={words.none}>
                            <p>{words.noneAbout}</p>
                        </Empty>
                    ) : (
                        <DayTable day={day} lines={sheet.lines} />
                    )}
                </>
            )}
            {walkingIn && sheet && (
                <WalkInSheet day={day} services={sheet.services} close={() => setWalkingIn(false)} />
            )}
        </div>
    );
}

/** Which place and which day. */
function Which({ day }: { day: Day }) {
    const { place, date } = useViewModel(day);
    const words = useWords(deskDayWords);
    const language = useLanguage();
    const places = day.places.map(({ id }) => id);
    return (
        <div className={css.which}>
            {places.length > 1 && (
                <SelectField
                    label={words.place}
                    options={places}
                    nameOf={(id) => day.places.find((each) => each.id === id)?.name ?? id}
                    chosen={place}
                    choose={(place) => day.look({ place })}
                />
            )}
            <div className={css.dates}>
                <IconButton label={words.before} onClick={() => day.step(-1)}>
                    <ChevronLeft aria-hidden="true" />
                </IconButton>
                <input
                    type="date"
                    aria-label={words.date}
                    value={date}
                    // A date that is being typed is empty for a while.
                    onChange={(event) => event.currentTarget.value && day.look({ date: event.currentTarget.value })}
                />
                <IconButton label={words.after} onClick={() => day.step(1)}>
                    <ChevronRight aria-hidden="true" />
                </IconButton>
            </div>
            {date !== day.today() && <Button onClick={() => day.look({ date: day.today() })}>{words.today}</Button>}
            <span className={css.out}>
                <a
                    className={css.icon}
                    href={day.csvAddress(language)}
                    download
                    aria-label={words.download}
                    title={words.download}
                >
                    <Download aria-hidden="true" />
                </a>
                <IconButton label={words.print} onClick={() => window.print()}>
                    <Printer aria-hidden="true" />
                </IconButton>
            </span>
        </div>
    );
}

function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
    const words = useWords(deskDayWords);
    const shown = Object.entries(counts).filter(([, count]) => count > 0);
    if (shown.length === 0) return null;
    return (
        <dl className={css.counts}>
            {shown.map(([state, count]) => (
                <div key={state} data-state={state}>
                    <dt>{stateName(state, words)}</dt>
                    <dd>{count}</dd>
                </div>
            ))}
        </dl>
    );
}

function NowServing({ serving }: { serving: readonly { number: string; counter_name: string }[] }) {
    const words = useWords(deskDayWords);
    return (
        <section className={css.serving} aria-label={words.nowServing} aria-live="polite">
            <h2>{words.nowServing}</h2>
            {serving.length === 0 && <p>{words.nobodyServed}</p>}
            <ul>
                {serving.map(({ number, counter_name }) => (
                    <li key={number}>
                        <strong>{number}</strong> {counter_name}
                    </li>
                ))}
            </ul>
        </section>
    );
}

/* How a bot's program is doing, and the last deliveries to it. */

import { use } from "react";

import { Button } from "../../design/button.tsx";
import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { deskBotWords } from "../../i18n/desk_bot_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { ToastContext } from "../../views/toast.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import { type BotState, type Deliveries, TEST, TESTING, type Try } from "../viewmodels/deliveries.ts";
import css from "./bot.module.css";
import { useTroubleText } from "./trouble_text.ts";

export function DeliveriesView({ deliveries }: { deliveries: Deliveries }) {
    const { bot, tries, trouble } = useViewModel(deliveries);
    const words = useWords(deskBotWords);
    const troubleText = useTroubleText();
    return (
        <div className={css.page}>
            {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
            {bot && <HowItIs bot={bot} />}
            <section className={css.part} aria-label={words.deliveries}>
                <h2>{words.deliveries}</h2>
                <p className={css.soft}>{words.deliveriesAbout}</p>
                {deliveries.mayOpen && bot?.webhook && <TestAct deliveries={deliveries} />}
                {tries === null && !trouble && <Skeleton label={words.loading} rows={4} />}
                {tries?.length === 0 && (
                    <Empty title={words.none}>
                        <p>{words.noneAbout}</p>
                    </Empty>
                )}
                <ul className={css.rows}>
                    {tries?.map((each) => (
                        <TryRow key={each.position} deliveries={deliveries} tried={each} />
                    ))}
                </ul>
            </section>
        </div>
    );
}

function HowItIs({ bot: { about, webhook, waiting, last_failure: failure } }: { bot: BotState }) {
    const words = useWords(deskBotWords);
    const when = useWhen();
    const api = about.api === "telegram" || about.api === "cloud" ? words[about.api] : about.api;
    return (
        <section className={css.part} aria-label={words.howItIs}>
            <h1>{about.name}</h1>
            <p className={css.soft}>
                {api} · @{about.username}
            </p>
            <dl className={css.facts}>
                <dt>{words.sentTo}</dt>
                <dd>
                    {webhook === null ? (
                        words.fetched
                    ) : (
                        <>
                            {webhook.url}
                            {webhook.since_ts > 0 && (
                                <span className={css.soft}> · {words.sentSince(when(webhook.since_ts))}</span>
                            )}
                        </>
                    )}
                </dd>
                <dt>{words.waiting}</dt>
                <dd>{words.updates(waiting)}</dd>
                <dt>{words.lastFailure}</dt>
                <dd>
                    {failure === null
                        ? words.neverFailed
                        : [saidOf(failure, words) || words.given_up, when(failure.ts)].join(" · ")}
                </dd>
            </dl>
        </section>
    );
}

function TestAct({ deliveries }: { deliveries: Deliveries }) {
    const { busy } = useViewModel(deliveries);
    const words = useWords(deskBotWords);
    const toast = use(ToastContext);
    const test = async () => {
        if (await deliveries.test()) toast(words.tested);
    };
    return (
        <div className={css.tests}>
            <Button busy={busy.has(TESTING)} onClick={() => void test()}>
                {words.test}
            </Button>
            <p className={css.soft}>{words.testAbout}</p>
        </div>
    );
}

function TryRow({ deliveries, tried }: { deliveries: Deliveries; tried: Try }) {
    const { opened, busy } = useViewModel(deliveries);
    const words = useWords(deskBotWords);
    const when = useWhen();
    const toast = use(ToastContext);
    const { position, kind, ts, took_ms: took, status, reason, state } = tried;
    const at = when(ts);
    const name = kind === TEST ? words.testKind : kind;
    const inside = opened.get(position);
    const replay = async () => {
        if (await deliveries.replay(position)) toast(words.replayed);
    };
    return (
        <li className={css.row}>
            <span className={css.what}>
                <strong>{name}</strong>
                <span className={css.state} data-state={state}>
                    {words[state]}
                </span>
            </span>
            <span className={css.soft}>
                <time dateTime={new Date(ts).toISOString()}>{at}</time>
                {" · "}
                {[saidOf({ status, reason }, words), words.took(took)].filter(Boolean).join(" · ")}
            </span>
            {deliveries.mayOpen && (
                <span className={css.acts}>
                    <Button
                        kind="plain"
                        busy={busy.has(position)}
                        aria-expanded={inside !== undefined}
                        aria-label={words.actOn(inside === undefined ? words.look : words.hide, name, at)}
                        onClick={() => void deliveries.look(position)}
                    >
                        {inside === undefined ? words.look : words.hide}
                    </Button>
                    {kind !== TEST && (
                        <Button
                            busy={busy.has(position)}
                            aria-label={words.actOn(words.replay, kind, at)}
                            onClick={() => void replay()}
                        >
                            {words.replay}
                        </Button>
                    )}
                </span>
            )}
            {inside && (
                <div className={css.inside}>
                    <Text title={words.brought}>{indented(inside.body)}</Text>
                    {/* Where there was no answer, the line says why. */}
                    {status > 0 && <Text title={words.answer}>{inside.answer || words.noAnswer}</Text>}
                </div>
            )}
        </li>
    );
}

function Text({ title, children }: { title: string; children: string }) {
    return (
        <section aria-label={title}>
            <h3>{title}</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keyboard needs to get here */}
            <pre tabIndex={0}>{children}</pre>
        </section>
    );
}

/** Return what came of a try; nothing of one that was given up before it was made. */
function saidOf({ status, reason }: Pick<Try, "status" | "reason">, words: (typeof deskBotWords)["id"]): string {
    if (status > 0) return words.answered(status);
    return reason === "" ? "" : words.notAnswered(reason);
}

/** Return JSON as one reads it; what is cut or none stays as it came. */
function indented(body: string): string {
    try {
        return JSON.stringify(JSON.parse(body), null, 2);
    } catch {
        return body;
    }
}

function useWhen(): (ts: number) => string {
    const format = dates(useLanguage(), { dateStyle: "medium", timeStyle: "medium" });
    return (ts) => format.format(ts);
}

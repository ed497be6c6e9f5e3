/* A ticket: what it says, the answer to it, and its state. */

import { Button } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { TextArea } from "../../design/text_area.tsx";
import { day } from "../../i18n/dates.ts";
import { deskTicketWords } from "../../i18n/desk_ticket_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Ticket, Tickets } from "../viewmodels/tickets.ts";
import { BackLink } from "./back_link.tsx";
import { useFlowWords } from "./flow_words.ts";
import panes from "./panes.module.css";
import css from "./ticket.module.css";
import { useTroubleText } from "./trouble_text.ts";

export function TicketView({ tickets, ticket, service }: { tickets: Tickets; ticket: Ticket; service: string }) {
    const { answers, busy, trouble } = useViewModel(tickets);
    const words = useWords(deskTicketWords);
    const language = useLanguage();
    const troubleText = useTroubleText();
    const { nameOf, saidOf } = useFlowWords();
    const { number, person_name, details, state } = ticket;
    const answer = answers[number] ?? "";
    return (
        <>
            <header className={panes.head}>
                <BackLink label={words.back} href={`#/${encodeURIComponent(service)}/tickets`} />
                <div className={panes.who}>
                    <h2>{number}</h2>
                    <p className={`${panes.soft} ${panes.cut}`}>
                        {words.from(person_name)} · {words.opened(day(ticket.opened_ts, language, Date.now()))} ·{" "}
                        {words[state]}
                    </p>
                </div>
            </header>
            <div className={`${panes.scroll} ${css.ticket}`}>
                {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
                <dl className={panes.values}>
                    {Object.entries(details).map(([name, value]) => (
                        <div key={name}>
                            <dt>{nameOf(name)}</dt>
                            <dd>{saidOf(name, value)}</dd>
                        </div>
                    ))}
                </dl>
                {ticket.answer !== "" && (
                    <section className={css.answered} aria-label={words.answeredWith}>
                        <h3>{words.answeredWith}</h3>
                        <p>{ticket.answer}</p>
                        <p className={panes.soft}>{day(ticket.changed_ts, language, Date.now())}</p>
                    </section>
                )}
                {state !== "closed" && (
                    <form
                        className={css.form}
                        onSubmit={(event) => {
                            event.preventDefault();
                            void tickets.change("answered");
                        }}
                    >
                        <TextArea
                            label={words.answer}
                            hint={words.answerHint(person_name)}
                            rows={3}
                            maxLength={4_000}
                            value={answer}
                            onChange={(event) => tickets.write(number, event.currentTarget.value)}
                        />
                        <Button kind="main" type="submit" busy={busy} disabled={answer.trim() === ""}>
                            {words.send}
                        </Button>
                    </form>
                )}
                <div className={css.acts}>
                    <Button busy={busy} onClick={() => void tickets.change(state === "closed" ? "open" : "closed")}>
                        {state === "closed" ? words.reopen : words.close}
                    </Button>
                </div>
            </div>
        </>
    );
}

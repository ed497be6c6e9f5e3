/* What people told the office: a list by state, and the one that is open. */

import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { Tabs } from "../../design/tabs.tsx";
import { when } from "../../i18n/dates.ts";
import { deskTicketWords } from "../../i18n/desk_ticket_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import { TICKET_STATES, type Ticket, type Tickets } from "../viewmodels/tickets.ts";
import { useFlowWords } from "./flow_words.ts";
import css from "./panes.module.css";
import { TicketView } from "./ticket.tsx";
import { useTroubleText } from "./trouble_text.ts";

export function TicketsView({ tickets, service }: { tickets: Tickets; service: string }) {
    const { show, open } = useViewModel(tickets);
    const words = useWords(deskTicketWords);
    return (
        <div className={css.panes} data-open={open !== null}>
            <h1 className="visually-hidden">{words.title}</h1>
            <section className={`${css.pane} ${css.list}`} aria-label={words.title}>
                <Tabs
                    label={words.title}
                    names={TICKET_STATES}
                    nameOf={(state) => words[state]}
                    shown={show}
                    show={(state) => tickets.show(state)}
                >
                    <TicketList tickets={tickets} service={service} />
                </Tabs>
            </section>
            <div className={`${css.pane} ${css.main}`}>
                {open === null ? (
                    <Empty title={words.chooseTitle}>
                        <p>{words.chooseAbout}</p>
                    </Empty>
                ) : (
                    <TicketView key={open.number} tickets={tickets} ticket={open} service={service} />
                )}
            </div>
        </div>
    );
}

function TicketList({ tickets, service }: { tickets: Tickets; service: string }) {
    const { tickets: listed, open, trouble } = useViewModel(tickets);
    const words = useWords(deskTicketWords);
    const troubleText = useTroubleText();
    if (listed === null) {
        return trouble ? <Banner kind="danger">{troubleText(trouble)}</Banner> : <Skeleton label={words.loading} />;
    }
    if (listed.length === 0) {
        return (
            <Empty title={words.none}>
                <p>{words.noneAbout}</p>
            </Empty>
        );
    }
    return (
        <ul>
            {listed.map((ticket) => (
                <li key={ticket.number}>
                    <TicketRow ticket={ticket} service={service} open={ticket.number === open?.number} />
                </li>
            ))}
        </ul>
    );
}

function TicketRow({ ticket, service, open }: { ticket: Ticket; service: string; open: boolean }) {
    const language = useLanguage();
    const { nameOf, saidOf } = useFlowWords();
    return (
        <a
            className={css.row}
            href={`#/${encodeURIComponent(service)}/tickets/${encodeURIComponent(ticket.number)}`}
            aria-current={open}
        >
            <span className={css.words}>
                <span className={css.line}>
                    <span className={css.name}>{ticket.person_name}</span>
                    <span className={css.soft}>{when(ticket.opened_ts, language, Date.now())}</span>
                </span>
                <span className={css.line}>
                    <span>
                        {Object.entries(ticket.details)
                            .map(([name, value]) => saidOf(name, value))
                            .join(" · ") || nameOf(ticket.desk)}
                    </span>
                </span>
                <span className={`${css.line} ${css.soft}`}>
                    <span>{ticket.number}</span>
                    <span>{nameOf(ticket.desk)}</span>
                </span>
            </span>
        </a>
    );
}

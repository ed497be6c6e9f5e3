/* What stands around every section: the sections, the service, whether there is a connection, and oneself. */

import {
    CalendarDays,
    FileText,
    Inbox as InboxIcon,
    KeyRound,
    type LucideIcon,
    Ticket,
    UserRound,
    UsersRound,
    Webhook,
} from "lucide-react";
import { useEffect, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { Badge, Banner } from "../../design/states.tsx";
import { deskWords } from "../../i18n/desk_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Look } from "../../viewmodels/look.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Desk, Me } from "../viewmodels/desk.ts";
import type { Inbox } from "../viewmodels/inbox.ts";
import type { Page, Section, ServiceDesk } from "../viewmodels/service_desk.ts";
import type { WaitingBell } from "../viewmodels/waiting_bell.ts";
import { AccountSheet } from "./account_sheet.tsx";
import { DayView } from "./day.tsx";
import { DeliveriesView } from "./deliveries.tsx";
import { WordingContext } from "./flow_words.ts";
import css from "./frame.module.css";
import { InboxView } from "./inbox.tsx";
import { KeysSheet } from "./keys_sheet.tsx";
import { StaffView } from "./staff.tsx";
import { TextsView } from "./texts.tsx";
import { TicketsView } from "./tickets.tsx";
import { TokensView } from "./tokens.tsx";
import { useDeskKeys } from "./use_desk_keys.ts";

const ICONS: Readonly<Record<Section, LucideIcon>> = {
    inbox: InboxIcon,
    day: CalendarDays,
    tickets: Ticket,
    texts: FileText,
    deliveries: Webhook,
    tokens: KeyRound,
    staff: UsersRound,
};

export function Frame({ desk, me, service, look }: { desk: Desk; me: Me; service: ServiceDesk; look: Look }) {
    const { page } = useViewModel(service);
    const words = useWords(deskWords);
    const [account, setAccount] = useState(false);
    const { connected } = useViewModel(service.pulse);
    const go = (section: Section) => () => {
        if (service.sections.includes(section)) service.go(section);
    };
    useDeskKeys({
        inbox: go("inbox"),
        day: go("day"),
        tickets: go("tickets"),
        texts: go("texts"),
        staff: go("staff"),
        deliveries: go("deliveries"),
        tokens: go("tokens"),
    });
    return (
        <WordingContext value={service.wording}>
            <div className={css.frame}>
                <header className={css.top}>
                    <ServiceName desk={desk} me={me} service={service} />
                    <IconButton label={words.account} onClick={() => setAccount(true)}>
                        <UserRound aria-hidden="true" />
                    </IconButton>
                </header>
                <nav className={css.nav} aria-label={words.sections}>
                    {service.sections.map((section) => (
                        <SectionLink
                            key={section}
                            service={service}
                            section={section}
                            open={page?.section === section}
                        />
                    ))}
                </nav>
                <main className={css.main}>
                    {!connected && <Banner kind="warning">{words.disconnected}</Banner>}
                    {page && <PageView page={page} me={me} service={service} />}
                </main>
                {account && (
                    <AccountSheet desk={desk} me={me} service={service} look={look} close={() => setAccount(false)} />
                )}
                <KeysSheet look={look} />
            </div>
        </WordingContext>
    );
}

function PageView({ page, me, service }: { page: Page; me: Me; service: ServiceDesk }) {
    switch (page.section) {
        case "inbox":
            return <InboxView inbox={page.inbox} me={me} service={service.info.id} />;
        case "day":
            return <DayView day={page.day} />;
        case "tickets":
            return <TicketsView tickets={page.tickets} service={service.info.id} />;
        case "texts":
            return <TextsView texts={page.texts} languages={service.info.languages} />;
        case "deliveries":
            return <DeliveriesView deliveries={page.deliveries} />;
        case "tokens":
            return <TokensView tokens={page.tokens} />;
        case "staff":
            return <StaffView staff={page.staff} />;
    }
}

function ServiceName({ desk, me, service: { info } }: { desk: Desk; me: Me; service: ServiceDesk }) {
    const words = useWords(deskWords);
    if (me.services.length < 2) return <strong className={css.service}>{info.name}</strong>;
    return (
        <select
            className={css.service}
            aria-label={words.service}
            value={info.id}
            onChange={(event) => desk.change(event.currentTarget.value)}
        >
            {me.services.map(({ id, name }) => (
                <option key={id} value={id}>
                    {name}
                </option>
            ))}
        </select>
    );
}

function SectionLink({ service, section, open }: { service: ServiceDesk; section: Section; open: boolean }) {
    const words = useWords(deskWords);
    const Icon = ICONS[section];
    return (
        <a href={`#/${encodeURIComponent(service.info.id)}/${section}`} aria-current={open ? "page" : undefined}>
            <span className={css.icon}>
                <Icon aria-hidden="true" />
                {section === "inbox" && service.inbox && (
                    <Waiting inbox={service.inbox} bell={service.bell} name={service.info.name} />
                )}
            </span>
            {words[section]}
        </a>
    );
}

/** How many wait: beside the section's name, in the name of the window, and told to whoever looks elsewhere. */
function Waiting({ inbox, bell, name }: { inbox: Inbox; bell: WaitingBell; name: string }) {
    const { waiting } = useViewModel(inbox).counts;
    const words = useWords(deskWords);
    useEffect(() => {
        document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${words.name} · ${name}`;
        bell.ring({ waiting, title: name, body: words.chatsWait(waiting) });
    }, [waiting, words, name, bell]);
    return waiting > 0 && <Badge count={waiting} label={words.waits(waiting)} />;
}

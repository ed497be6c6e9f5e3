/* What stands around everything behind the sign-in: the four places, a list, and what is open beside it. */

import { Building2, CircleUser, MessageCircle, UsersRound } from "lucide-react";
import type { ReactNode } from "react";

import { homeWords } from "../i18n/home_words.ts";
import { useWords } from "../i18n/language.tsx";
import { TABS, type Tab } from "../viewmodels/tabs.ts";
import css from "./frame.module.css";

const ICONS = { chats: MessageCircle, services: Building2, communities: UsersRound, me: CircleUser };

type Given = {
    tab: Tab;
    /** Something is open beside the list; on a phone it lies over it. */
    open: boolean;
    banner?: ReactNode;
    /** What is open. */
    main: ReactNode;
    /** The list. */
    children: ReactNode;
};

export function Frame({ tab, open, banner, main, children }: Given) {
    const words = useWords(homeWords);
    return (
        <div className={css.frame} data-open={open}>
            <div className={css.banners}>{banner}</div>
            <main className={css.panes} data-open={open}>
                <section className={`${css.pane} ${css.list}`} aria-label={words[tab]}>
                    {children}
                </section>
                <div className={`${css.pane} ${css.main}`}>{main}</div>
            </main>
            <nav className={css.nav} aria-label={words.places}>
                {TABS.map((each) => {
                    const Icon = ICONS[each];
                    return (
                        <a key={each} href={`#/${each}`} aria-current={each === tab ? "page" : undefined}>
                            <Icon aria-hidden="true" />
                            {words[each]}
                        </a>
                    );
                })}
            </nav>
        </div>
    );
}

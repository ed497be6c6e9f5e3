/* What the head of a chat always has: on a phone the way back, a face, and who it is with. */

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";

import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { RoundLink } from "../round_link.tsx";
import css from "./chat.module.css";

/** `children` say who it is with; `menu` stands behind them. */
export function HeadFrame({ face, menu, children }: { face: ReactNode; menu?: ReactNode; children: ReactNode }) {
    const words = useWords(chatWords);
    return (
        <header className={css.head}>
            <RoundLink onPhones href="#/chats" label={words.back}>
                <ArrowLeft aria-hidden="true" />
            </RoundLink>
            {face}
            <div className={css.who}>{children}</div>
            {menu}
        </header>
    );
}

/* A message's cards, whose buttons are the choices of its menu. */

import { useWords } from "../../i18n/language.tsx";
import { menuWords } from "../../i18n/menu_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { Cards } from "../shop/cards.tsx";
import css from "./offered_menu.module.css";

type OfferedProps = { acts: MessageActs; message: LogMessage; cards: NonNullable<LogMessage["cards"]> };

export function OfferedCards({ acts, message, cards }: OfferedProps) {
    const words = useWords(menuWords);
    return (
        <>
            <Cards cards={cards} menu={message.menu} onChoose={(choiceId) => void acts.answer(message, choiceId)} />
            {message.menu?.state === "passed" && <p className={css.passed}>{words.passed}</p>}
        </>
    );
}

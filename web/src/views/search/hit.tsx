/* One message that was found; it leads to its place in the chat. */

import { when } from "../../i18n/dates.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { excerptOf } from "../../viewmodels/excerpt.ts";
import type { SearchState } from "../../viewmodels/search.ts";
import css from "./search.module.css";

type Hit = NonNullable<SearchState["groups"]>[number]["hits"][number];

export function HitRow({ hit, sought }: { hit: Hit; sought: string }) {
    const language = useLanguage();
    const address = ["chats", hit.roomId, "at", hit.eventId].map(encodeURIComponent).join("/");
    return (
        <a className={css.hit} href={`#/${address}`}>
            <span className={css.head}>
                <span>{hit.senderName}</span>
                <span>{when(hit.at, language, Date.now())}</span>
            </span>
            <span className={css.text}>
                {excerptOf(hit.text, sought).map(({ text, marked }, index) => {
                    const Piece = marked ? "mark" : "span";
                    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text keep their places
                    return <Piece key={index}>{text}</Piece>;
                })}
            </span>
        </a>
    );
}

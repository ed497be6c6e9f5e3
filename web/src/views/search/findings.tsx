/* The messages that were found, by chat, and the chats that a code has opened. */

import { type ReactNode, useId } from "react";

import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { searchWords } from "../../i18n/search_words.ts";
import type { SearchPage, SearchState } from "../../viewmodels/search.ts";
import { useViewModel } from "../use_view_model.ts";
import { HitRow } from "./hit.tsx";
import css from "./search.module.css";

export function Findings({ page }: { page: SearchPage }) {
    const { text, groups, failed, opened } = useViewModel(page);
    const words = useWords(searchWords);
    const count = groups?.reduce((sum, { hits }) => sum + hits.length, 0) ?? null;
    return (
        <div className={css.findings}>
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            {opened.length > 0 && <Opened chats={opened} />}
            <p className={css.soft} role="status">
                {count !== null && words.found(count)}
            </p>
            {groups?.map(({ roomId, name, hits }) => (
                <Group key={roomId} name={name}>
                    {hits.map((hit) => (
                        <HitRow key={hit.eventId} hit={hit} sought={text} />
                    ))}
                </Group>
            ))}
        </div>
    );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
    const heading = useId();
    return (
        <section className={css.group} aria-labelledby={heading}>
            <h2 id={heading}>{name}</h2>
            {children}
        </section>
    );
}

function Opened({ chats }: { chats: SearchState["opened"] }) {
    const words = useWords(searchWords);
    return (
        <Group name={words.opened(chats.length)}>
            {chats.map(({ id, name }) => (
                <a key={id} className={css.hit} href={`#/chats/${encodeURIComponent(id)}`}>
                    {name}
                </a>
            ))}
        </Group>
    );
}

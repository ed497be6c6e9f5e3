/* Search: what is looked for, what was found by chat, and older messages for the index. */

import { useEffect, useId, useRef } from "react";

import { TextField } from "../../design/field.tsx";
import { Banner, Empty } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { searchWords } from "../../i18n/search_words.ts";
import type { SearchPage, SearchState } from "../../viewmodels/search.ts";
import { Page } from "../me/page.tsx";
import { useViewModel } from "../use_view_model.ts";
import { Filters } from "./filters.tsx";
import { HitRow } from "./hit.tsx";
import { Older } from "./older.tsx";
import css from "./search.module.css";

export function SearchView({ page }: { page: SearchPage }) {
    const { text, groups, failed, opened } = useViewModel(page);
    const words = useWords(searchWords);
    const form = useRef<HTMLFormElement>(null);
    useEffect(() => form.current?.querySelector("input")?.focus(), []);
    const count = groups?.reduce((sum, { hits }) => sum + hits.length, 0) ?? null;
    return (
        <Page title={words.title}>
            <form ref={form} role="search" onSubmit={(event) => event.preventDefault()}>
                <TextField
                    label={words.field}
                    hint={words.hint}
                    type="search"
                    autoComplete="off"
                    value={text}
                    onChange={(event) => page.type(event.currentTarget.value)}
                />
            </form>
            <Filters page={page} />
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            {opened.length > 0 && <Opened chats={opened} />}
            <p className={css.soft} role="status">
                {count !== null && words.found(count)}
            </p>
            {count === 0 && (
                <Empty title={words.nothingTitle}>
                    <p>{words.nothing}</p>
                </Empty>
            )}
            {groups?.map(({ roomId, name, hits }) => (
                <Group key={roomId} name={name}>
                    {hits.map((hit) => (
                        <HitRow key={hit.eventId} hit={hit} sought={text} />
                    ))}
                </Group>
            ))}
            <Older page={page} />
        </Page>
    );
}

function Group({ name, children }: { name: string; children: React.ReactNode }) {
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

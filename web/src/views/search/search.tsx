/* Search: what is looked for, what was found by chat, and older messages for the index. */

import { useEffect, useRef } from "react";

import { TextField } from "../../design/field.tsx";
import { Empty } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { searchWords } from "../../i18n/search_words.ts";
import type { SearchPage } from "../../viewmodels/search.ts";
import { Page } from "../me/page.tsx";
import { useViewModel } from "../use_view_model.ts";
import { Filters } from "./filters.tsx";
import { Findings } from "./findings.tsx";
import { Older } from "./older.tsx";

/** Where it was opened from a chat, it looks `within` that one, and leads back there. */
export function SearchView({ page, within }: { page: SearchPage; within: string | undefined }) {
    const { text, groups } = useViewModel(page);
    const words = useWords(searchWords);
    const form = useRef<HTMLFormElement>(null);
    useEffect(() => page.narrow({ roomId: within ?? null, senderId: null }), [page, within]);
    useEffect(() => form.current?.querySelector("input")?.focus(), []);
    return (
        <Page title={words.title} back={within && `#/chats/${encodeURIComponent(within)}`}>
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
            <Findings page={page} />
            {groups?.length === 0 && (
                <Empty title={words.nothingTitle}>
                    <p>{words.nothing}</p>
                </Empty>
            )}
            <Older page={page} />
        </Page>
    );
}

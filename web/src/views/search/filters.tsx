/* What narrows a search: the chat, who said it, and when. */

import { SlidersHorizontal } from "lucide-react";

import { useWords } from "../../i18n/language.tsx";
import { searchWords } from "../../i18n/search_words.ts";
import type { SearchPage } from "../../viewmodels/search.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./search.module.css";

export function Filters({ page }: { page: SearchPage }) {
    const { filter } = useViewModel(page);
    const words = useWords(searchWords);
    return (
        <details className={css.narrow}>
            <summary>
                <SlidersHorizontal aria-hidden="true" size={18} />
                {words.filters}
            </summary>
            <div className={css.filters}>
                <Choice
                    label={words.chat}
                    all={words.allChats}
                    options={page.chats}
                    chosen={filter.roomId}
                    onChange={(roomId) => page.narrow({ roomId, senderId: null })}
                />
                <Choice
                    label={words.sender}
                    all={words.anybody}
                    options={page.senders}
                    chosen={filter.senderId}
                    onChange={(senderId) => page.narrow({ senderId })}
                />
                <Day label={words.from} day={filter.from} onChange={(from) => page.narrow({ from })} />
                <Day label={words.to} day={filter.to} onChange={(to) => page.narrow({ to })} />
            </div>
        </details>
    );
}

function Choice({
    label,
    all,
    options,
    chosen,
    onChange,
}: {
    label: string;
    all: string;
    options: readonly { id: string; name: string }[];
    chosen: string | null;
    onChange: (id: string | null) => void;
}) {
    return (
        <label>
            {label}
            <select value={chosen ?? ""} onChange={(event) => onChange(event.currentTarget.value || null)}>
                <option value="">{all}</option>
                {options.map(({ id, name }) => (
                    <option key={id} value={id}>
                        {name}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Day({ label, day, onChange }: { label: string; day: string; onChange: (day: string) => void }) {
    return (
        <label>
            {label}
            <input type="date" value={day} onChange={(event) => onChange(event.currentTarget.value)} />
        </label>
    );
}

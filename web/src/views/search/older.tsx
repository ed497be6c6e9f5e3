/* Older messages for the index, when somebody asks for them; they may leave, it goes on. */

import { Button } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { amount } from "../../i18n/numbers.ts";
import { searchWords } from "../../i18n/search_words.ts";
import type { SearchPage } from "../../viewmodels/search.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./search.module.css";

export function Older({ page }: { page: SearchPage }) {
    const { size, older } = useViewModel(page);
    const words = useWords(searchWords);
    const language = useLanguage();
    const { running, chats, of, messages, failed } = older;
    return (
        <div className={css.older}>
            <strong>{words.size(amount(size, language))}</strong>
            <span className={css.soft}>{words.olderHint}</span>
            {of > 0 && (
                <label className={css.soft}>
                    {words.progress(chats, of, amount(messages, language))}
                    <progress value={chats} max={of} />
                </label>
            )}
            {failed && <Banner kind="warning">{words.failedOlder}</Banner>}
            {running ? (
                <Button onClick={() => page.leaveOlder()}>{words.leave}</Button>
            ) : (
                <Button onClick={() => page.indexOlder()}>{words.older}</Button>
            )}
        </div>
    );
}

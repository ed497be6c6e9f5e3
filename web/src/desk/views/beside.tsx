/* Beside a chat: what the bot had asked before, and what colleagues noted. */

import { useId, useRef } from "react";

import { Button } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { TextArea } from "../../design/text_area.tsx";
import { when } from "../../i18n/dates.ts";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Conversation, Talk } from "../viewmodels/conversation.ts";
import type { NoteBox } from "../viewmodels/notes.ts";
import css from "./conversation.module.css";
import { useFlowWords } from "./flow_words.ts";
import panes from "./panes.module.css";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";

export function Beside({ conversation, talk: { chat, context, notes } }: { conversation: Conversation; talk: Talk }) {
    const words = useWords(deskInboxWords);
    const language = useLanguage();
    const { nameOf, saidOf } = useFlowWords();
    const known = useId();
    const noted = useId();
    return (
        <aside className={css.beside} aria-label={words.details}>
            <section className={css.part} aria-labelledby={known}>
                <h2 id={known}>{words.context}</h2>
                {context.length === 0 && <p className={panes.soft}>{words.noContext}</p>}
                <dl className={panes.values}>
                    {context.map(({ name, value }) => (
                        <div key={name}>
                            <dt>{nameOf(name)}</dt>
                            <dd>{saidOf(name, value)}</dd>
                        </div>
                    ))}
                    <div>
                        <dt>{words.person}</dt>
                        <dd>{chat.person}</dd>
                    </div>
                    <div>
                        <dt>{words.desk}</dt>
                        <dd>{nameOf(chat.desk)}</dd>
                    </div>
                    <div>
                        <dt>{words.language}</dt>
                        <dd>{new Intl.DisplayNames([language], { type: "language" }).of(chat.language)}</dd>
                    </div>
                </dl>
            </section>
            <section className={css.part} aria-labelledby={noted}>
                <h2 id={noted}>{words.notes}</h2>
                <p className={panes.soft}>{words.notesAbout}</p>
                {notes.map(({ position, author_name, text, ts }) => (
                    <article key={position} className={css.note}>
                        <p>{text}</p>
                        <p className={panes.soft}>
                            {author_name} · {when(ts, language, Date.now())}
                        </p>
                    </article>
                ))}
                <NoteField box={conversation.note} />
            </section>
        </aside>
    );
}

function NoteField({ box }: { box: NoteBox }) {
    const { text, busy, trouble } = useViewModel(box);
    const words = useWords(deskInboxWords);
    const troubleText = useTroubleText();
    const field = useRef<HTMLTextAreaElement>(null);
    useDeskKeys({ note: () => field.current?.focus() });
    return (
        <form
            className={css.form}
            onSubmit={(event) => {
                event.preventDefault();
                void box.add();
            }}
        >
            {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
            <TextArea
                field={field}
                silent
                label={words.noteField}
                placeholder={words.noteField}
                value={text}
                maxLength={4_000}
                onChange={(event) => box.write(event.currentTarget.value)}
                onKeyDown={(event) => {
                    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
                    event.preventDefault();
                    void box.add();
                }}
            />
            <Button type="submit" busy={busy} disabled={text.trim() === ""}>
                {words.addNote}
            </Button>
        </form>
    );
}

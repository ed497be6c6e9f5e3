/* Where a reply is written: Enter sends it, "/" looks among what the office says often. */

import { Paperclip, SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useId, useRef } from "react";

import { IconButton } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { TextArea } from "../../design/text_area.tsx";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { FileBox } from "../viewmodels/file_box.ts";
import { MOST_CHARACTERS, type QuickReply, type ReplyBox } from "../viewmodels/reply_box.ts";
import css from "./reply_box.module.css";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";

export function ReplyBoxView({ box, files, hint }: { box: ReplyBox; files: FileBox; hint: string }) {
    const { text, picks, chosen, trouble } = useViewModel(box);
    const { trouble: fileTrouble } = useViewModel(files);
    const words = useWords(deskInboxWords);
    const troubleText = useTroubleText();
    const field = useRef<HTMLTextAreaElement>(null);
    const listId = useId();
    useDeskKeys({ write: () => field.current?.focus() });
    const over = text.length - MOST_CHARACTERS;
    const pick = (reply: QuickReply) => {
        box.pick(reply);
        field.current?.focus();
    };
    return (
        <form
            className={css.box}
            onSubmit={(event) => {
                event.preventDefault();
                void box.send();
            }}
        >
            {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
            {fileTrouble && <Banner kind="danger">{troubleText(fileTrouble)}</Banner>}
            {picks && <Picks id={listId} picks={picks} chosen={chosen} pick={pick} />}
            <div className={css.row}>
                <AttachButton files={files} />
                <TextArea
                    field={field}
                    silent
                    label={words.reply}
                    hint={over > 0 ? words.tooLong(over) : hint}
                    placeholder={words.reply}
                    value={text}
                    aria-autocomplete="list"
                    aria-controls={picks === null ? undefined : listId}
                    aria-activedescendant={picks?.length ? `${listId}-${chosen}` : undefined}
                    onChange={(event) => box.write(event.currentTarget.value)}
                    onKeyDown={(event) => press(event, box, pick)}
                    onPaste={(event) => {
                        const pasted = [...event.clipboardData.files];
                        if (pasted.length === 0) return;
                        event.preventDefault();
                        void files.send(pasted);
                    }}
                />
                <IconButton label={words.send} type="submit" disabled={text.trim() === "" || over > 0}>
                    <SendHorizontal aria-hidden="true" />
                </IconButton>
            </div>
        </form>
    );
}

function AttachButton({ files }: { files: FileBox }) {
    const words = useWords(deskInboxWords);
    const input = useRef<HTMLInputElement>(null);
    return (
        <>
            <IconButton label={words.attach} onClick={() => input.current?.click()}>
                <Paperclip aria-hidden="true" />
            </IconButton>
            <input
                ref={input}
                type="file"
                hidden
                multiple
                aria-label={words.attach}
                onChange={({ currentTarget }) => {
                    void files.send([...(currentTarget.files ?? [])]);
                    // The same file may be chosen again.
                    currentTarget.value = "";
                }}
            />
        </>
    );
}

function Picks({
    id,
    picks,
    chosen,
    pick,
}: {
    id: string;
    picks: readonly QuickReply[];
    chosen: number;
    pick: (reply: QuickReply) => void;
}) {
    const words = useWords(deskInboxWords);
    const language = useLanguage();
    const inOurs = (said: Record<string, string>) => said[language] ?? Object.values(said)[0] ?? "";
    return (
        <div id={id} className={css.picks} role="listbox" aria-label={words.quick}>
            {picks.length === 0 && (
                <div role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
                    {words.noQuick}
                </div>
            )}
            {picks.map((reply, place) => (
                <div
                    key={inOurs(reply.title)}
                    id={`${id}-${place}`}
                    role="option"
                    aria-selected={place === chosen}
                    tabIndex={-1}
                    // The field keeps the focus.
                    onPointerDown={(event) => {
                        event.preventDefault();
                        pick(reply);
                    }}
                >
                    <strong>{inOurs(reply.title)}</strong>
                    <span>{inOurs(reply.text)}</span>
                </div>
            ))}
        </div>
    );
}

function press(event: KeyboardEvent, box: ReplyBox, pick: (reply: QuickReply) => void): void {
    if (event.nativeEvent.isComposing || event.altKey) return;
    const { picks, chosen } = box.value;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (picks !== null && step !== undefined) box.step(step);
    else if (picks !== null && event.key === "Escape") box.closePicks();
    else if (picks !== null && (event.key === "Enter" || event.key === "Tab") && picks[chosen]) pick(picks[chosen]);
    else if (event.key === "Enter" && !event.shiftKey) void box.send();
    else return;
    event.preventDefault();
}

/* A conversation with the service as it would speak: with its buttons, or with numbers and words. */

import { RotateCcw, SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Choices } from "../../design/choices.tsx";
import { MarkedText } from "../../design/marked_text.tsx";
import { HappenedLine, SpokenLine } from "../../design/spoken_line.tsx";
import { Banner } from "../../design/states.tsx";
import { TextArea } from "../../design/text_area.tsx";
import { deskTextWords } from "../../i18n/desk_text_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { PreviewMessage, PreviewTalk } from "../viewmodels/preview_talk.ts";
import css from "./texts.module.css";
import { useTroubleText } from "./trouble_text.ts";

export function PreviewView({ preview, languages }: { preview: PreviewTalk; languages: readonly string[] }) {
    const { messages, ended, withStaff, problems, trouble } = useViewModel(preview);
    const words = useWords(deskTextWords);
    const troubleText = useTroubleText();
    const log = useRef<HTMLDivElement>(null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: it is what comes that moves
    useEffect(() => {
        log.current?.scrollTo({ top: log.current.scrollHeight });
    }, [messages.length]);
    return (
        <section className={css.preview} aria-label={words.preview}>
            <div className={css.tools}>
                <strong>{words.preview}</strong>
                <LanguageSelect preview={preview} languages={languages} />
                <IconButton label={words.restart} onClick={() => void preview.restart()}>
                    <RotateCcw aria-hidden="true" />
                </IconButton>
            </div>
            {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
            {problems.length > 0 && <Banner kind="warning">{words.previewStale}</Banner>}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard scrolls it */}
            <div ref={log} className={css.talk} role="log" aria-label={words.previewLog} tabIndex={0}>
                <HappenedLine>{words.previewAbout}</HappenedLine>
                {messages.length === 0 && <HappenedLine>{words.previewEmpty}</HappenedLine>}
                {messages.map((message, place) => (
                    <Message
                        // biome-ignore lint/suspicious/noArrayIndexKey: the conversation is told anew each time
                        key={place}
                        message={message}
                        before={messages[place - 1]}
                        next={messages[place + 1]}
                        say={(text) => void preview.say(text)}
                    />
                ))}
                {ended && <HappenedLine>{words.ended}</HappenedLine>}
                {withStaff && <HappenedLine>{words.withStaff}</HappenedLine>}
                {withStaff && <Button onClick={() => void preview.giveBack()}>{words.giveBack}</Button>}
            </div>
            <SayField preview={preview} />
        </section>
    );
}

function Message({
    message: { from, text, options },
    before,
    next,
    say,
}: {
    message: PreviewMessage;
    before: PreviewMessage | undefined;
    next: PreviewMessage | undefined;
    say: (text: string) => void;
}) {
    const words = useWords(deskTextWords);
    const chosen = options.find(({ label }) => next?.from === "person" && next.text === label)?.id ?? null;
    return (
        <SpokenLine mine={from === "person"} by={before?.from === from ? null : words[from]}>
            <MarkedText text={text} />
            {options.length > 0 && (
                <Choices
                    label={words.options}
                    choices={options.map(({ id, label, description }) => ({ id, title: label, description }))}
                    chosen={chosen}
                    chosenLabel={words.person}
                    closed={next !== undefined}
                    onChoose={(id) => say(options.find((each) => each.id === id)?.label ?? "")}
                />
            )}
        </SpokenLine>
    );
}

function LanguageSelect({ preview, languages }: { preview: PreviewTalk; languages: readonly string[] }) {
    const { language: spoken } = useViewModel(preview);
    const language = useLanguage();
    const words = useWords(deskTextWords);
    if (languages.length < 2) return null;
    const names = new Intl.DisplayNames([language], { type: "language" });
    return (
        <select
            aria-label={words.language}
            value={spoken ?? languages[0]}
            onChange={(event) => void preview.speak(event.currentTarget.value)}
        >
            {languages.map((each) => (
                <option key={each} value={each}>
                    {names.of(each)}
                </option>
            ))}
        </select>
    );
}

function SayField({ preview }: { preview: PreviewTalk }) {
    const { busy } = useViewModel(preview);
    const [text, setText] = useState("");
    const words = useWords(deskTextWords);
    const say = () => {
        if (text.trim() === "") return;
        setText("");
        void preview.say(text);
    };
    return (
        <form
            className={css.say}
            onSubmit={(event) => {
                event.preventDefault();
                say();
            }}
        >
            <TextArea
                silent
                label={words.say}
                hint={words.sayHint}
                placeholder={words.say}
                value={text}
                aria-busy={busy}
                onChange={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
                    event.preventDefault();
                    say();
                }}
            />
            <IconButton label={words.send} type="submit" disabled={text.trim() === ""}>
                <SendHorizontal aria-hidden="true" />
            </IconButton>
        </form>
    );
}

/* Where one writes. Enter sends, Shift+Enter begins a new line; on a phone Enter begins one and the button sends. */

import { Check, SendHorizontal, Smile } from "lucide-react";
import {
    type ClipboardEvent,
    type DragEvent,
    type KeyboardEvent,
    lazy,
    type ReactNode,
    Suspense,
    useEffect,
    useId,
    useLayoutEffect,
    useRef,
    useState,
} from "react";

import { IconButton } from "../../design/button.tsx";
import { composerWords } from "../../i18n/composer_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Composer } from "../../viewmodels/composer.ts";
import { useViewModel } from "../use_view_model.ts";
import { CommandList, commandId } from "./commands.tsx";
import css from "./composer.module.css";
import { Context, Remarks } from "./composer_context.tsx";
import { People, personId } from "./people.tsx";
import { PollForm } from "./poll_form.tsx";

const Picks = lazy(() => import("./picks.tsx").then(({ Picks }) => ({ default: Picks })));

type Slots = {
    composer: Composer;
    /** What stands before the field: a menu of things to attach, a poll among them. */
    attach?: (makePoll: () => void) => ReactNode;
    /** What stands in the place of the sending button while nothing is written: a microphone. */
    idle?: ReactNode;
    /** Files were pasted or dropped here. */
    onFiles?: (files: readonly File[]) => void;
};

export function ComposerView({ composer, attach, idle, onFiles }: Slots) {
    const { text, mode, suggestions, commands, left } = useViewModel(composer);
    const words = useWords(composerWords);
    const [picking, setPicking] = useState(false);
    const [poll, setPoll] = useState(false);
    const { field, moveCaret } = useField(composer);
    const list = useId();
    const empty = text.trim() === "";
    const insert = (what: string) => {
        const { selectionStart, selectionEnd } = field.current ?? {
            selectionStart: text.length,
            selectionEnd: text.length,
        };
        moveCaret(composer.insert(what, selectionStart, selectionEnd));
    };
    const chosen = suggestions?.people[suggestions.chosen];
    const command = commands?.list[commands.chosen];
    return (
        <>
            <form
                className={css.composer}
                onSubmit={(event) => {
                    event.preventDefault();
                    void composer.send();
                }}
                onDragOver={(event) => onFiles && event.preventDefault()}
                onDrop={(event) => handOver(event, event.dataTransfer, onFiles)}
            >
                <Context composer={composer} />
                <Remarks composer={composer} />
                {suggestions && (
                    <People id={list} suggestions={suggestions} onPick={(person) => moveCaret(composer.name(person))} />
                )}
                {commands && (
                    <CommandList
                        id={list}
                        commands={commands}
                        onPick={(picked) => moveCaret(composer.command(picked))}
                    />
                )}
                {picking && (
                    <Suspense>
                        <Picks
                            where={composer}
                            onEmoji={insert}
                            onClose={() => closePicks(setPicking, field.current)}
                        />
                    </Suspense>
                )}
                <div className={css.row}>
                    <div className={css.field}>
                        <IconButton label={words.picks} aria-pressed={picking} onClick={() => setPicking(!picking)}>
                            <Smile aria-hidden="true" />
                        </IconButton>
                        <textarea
                            ref={field}
                            aria-label={words.write}
                            placeholder={words.write}
                            rows={1}
                            value={text}
                            enterKeyHint="send"
                            aria-autocomplete="list"
                            aria-controls={suggestions || commands ? list : undefined}
                            aria-activedescendant={
                                (chosen && personId(list, chosen)) ?? (command && commandId(list, command))
                            }
                            onKeyDown={(event) => onKey(event, composer, moveCaret)}
                            onPaste={(event: ClipboardEvent) => handOver(event, event.clipboardData, onFiles)}
                            onChange={({ currentTarget }) =>
                                composer.type(currentTarget.value, currentTarget.selectionStart)
                            }
                        />
                        {attach?.(() => setPoll(true))}
                    </div>
                    {(empty && mode.kind !== "edit" && idle) || (
                        <IconButton
                            label={mode.kind === "edit" ? words.save : words.send}
                            type="submit"
                            disabled={left !== null && left < 0}
                        >
                            {mode.kind === "edit" ? (
                                <Check aria-hidden="true" />
                            ) : (
                                <SendHorizontal aria-hidden="true" />
                            )}
                        </IconButton>
                    )}
                </div>
            </form>
            {poll && <PollForm composer={composer} onClose={() => setPoll(false)} />}
        </>
    );
}

/** The field, with its focus and its caret where the composer wants them. */
function useField(composer: Composer) {
    const { text, summons } = useViewModel(composer);
    const field = useRef<HTMLTextAreaElement>(null);
    const caret = useRef<number | null>(null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caret moves once the text has changed
    useLayoutEffect(() => {
        if (caret.current === null) return;
        field.current?.setSelectionRange(caret.current, caret.current);
        caret.current = null;
    }, [text]);
    useEffect(() => {
        if (summons > 0) field.current?.focus();
    }, [summons]);
    const moveCaret = (to: number) => {
        caret.current = to;
        field.current?.focus();
    };
    return { field, moveCaret };
}

function closePicks(setPicking: (open: boolean) => void, field: HTMLTextAreaElement | null): void {
    setPicking(false);
    field?.focus();
}

/** Hand over files; text is left to the field. */
function handOver(
    event: ClipboardEvent | DragEvent,
    data: DataTransfer,
    onFiles: ((files: readonly File[]) => void) | undefined,
): void {
    if (data.files.length === 0 || onFiles === undefined) return;
    event.preventDefault();
    onFiles([...data.files]);
}

function onKey(event: KeyboardEvent, composer: Composer, moveCaret: (to: number) => void): void {
    // With Alt they are keys of the whole app.
    if (event.nativeEvent.isComposing || event.altKey) return;
    const { suggestions, commands } = composer.value;
    const took =
        suggestions === null && commands === null ? write(event, composer) : suggest(event, composer, moveCaret);
    if (took) event.preventDefault();
}

/** What keys do while people or commands are suggested; says whether it was anything. */
function suggest({ key }: KeyboardEvent, composer: Composer, moveCaret: (to: number) => void): boolean {
    const { suggestions, commands } = composer.value;
    const chosen = suggestions?.people[suggestions.chosen];
    const command = commands?.list[commands.chosen];
    if (key === "ArrowDown" || key === "ArrowUp") composer.choose(key === "ArrowDown" ? 1 : -1);
    else if (key === "Escape") composer.closeSuggestions();
    else if ((key === "Enter" || key === "Tab") && chosen !== undefined) moveCaret(composer.name(chosen));
    else if ((key === "Enter" || key === "Tab") && command !== undefined) moveCaret(composer.command(command));
    else return false;
    return true;
}

/** What keys do otherwise. */
function write({ key, shiftKey }: KeyboardEvent, composer: Composer): boolean {
    if (key === "Enter" && !shiftKey && !matchMedia("(pointer: coarse)").matches) void composer.send();
    else if (key === "Escape" && composer.value.mode.kind !== "new") composer.leaveMode();
    else if (key === "ArrowUp") return composer.editLast();
    else return false;
    return true;
}

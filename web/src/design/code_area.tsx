/* A file to be changed: its lines have numbers, and those with something wrong are marked. */

import { type Ref, useId, useImperativeHandle, useMemo, useRef } from "react";

import css from "./code_area.module.css";

/** What can be done with it from outside. */
export type CodeAreaHandle = { goTo: (line: number) => void };

/** `marked`: the numbers of lines, from 1 on. Wrong lines are said to screen readers by whoever shows the list of them. */
export function CodeArea({
    label,
    text,
    onChange,
    marked,
    readOnly = false,
    describedBy,
    handle,
}: {
    label: string;
    text: string;
    onChange: (text: string) => void;
    marked: ReadonlySet<number>;
    readOnly?: boolean;
    describedBy?: string | undefined;
    handle?: Ref<CodeAreaHandle>;
}) {
    const id = useId();
    const area = useRef<HTMLTextAreaElement>(null);
    const mirror = useRef<HTMLDivElement>(null);
    const lines = useMemo(() => text.split("\n"), [text]);
    useImperativeHandle(handle, () => ({
        goTo(line) {
            const before = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
            mirror.current?.children[line - 1]?.scrollIntoView({ block: "center" });
            area.current?.focus({ preventScroll: true });
            area.current?.setSelectionRange(before, before + (lines[line - 1]?.length ?? 0));
        },
    }));
    return (
        <div className={css.code}>
            <label className="visually-hidden" htmlFor={id}>
                {label}
            </label>
            {/* The same text once more below the field: it gives lines their numbers and the field its height. */}
            <div ref={mirror} className={css.mirror} aria-hidden="true">
                {lines.map((line, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a line is nothing but its place
                    <div key={place} data-marked={marked.has(place + 1)}>
                        {`${line}\u200b`}
                    </div>
                ))}
            </div>
            <textarea
                ref={area}
                id={id}
                value={text}
                readOnly={readOnly}
                spellCheck={false}
                autoCapitalize="off"
                aria-describedby={describedBy}
                onChange={(event) => onChange(event.currentTarget.value)}
            />
        </div>
    );
}

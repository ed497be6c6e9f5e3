/* Where people write more than a line: it grows with what is written. */

import { type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from "react";

import css from "./field.module.css";

type Area = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "className" | "id">;

/** With `silent` the label is for screen readers alone. */
export function TextArea({
    label,
    hint,
    error,
    silent = false,
    field,
    ...rest
}: Area & {
    label: string;
    hint?: ReactNode;
    error?: string | null | undefined;
    silent?: boolean;
    field?: Ref<HTMLTextAreaElement>;
}) {
    const id = useId();
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
    return (
        <div className={css.field}>
            <label className={silent ? "visually-hidden" : css.label} htmlFor={id}>
                {label}
            </label>
            <textarea
                rows={1}
                {...rest}
                ref={field}
                id={id}
                className={`${css.input} ${css.area}`}
                aria-invalid={Boolean(error)}
                aria-describedby={described || undefined}
            />
            {hint && (
                <span className={css.hint} id={`${id}-hint`}>
                    {hint}
                </span>
            )}
            {error && (
                <span className={css.error} id={`${id}-error`} role="alert">
                    {error}
                </span>
            )}
        </div>
    );
}

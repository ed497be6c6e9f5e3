/* Where people type and choose: each has a label, may have a hint, and says what is wrong beside it. */

import { type InputHTMLAttributes, type ReactNode, useId } from "react";

import css from "./field.module.css";

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "id">;

/** A line of text with its label. */
export function TextField({
    label,
    hint,
    error,
    ...rest
}: Input & { label: string; hint?: ReactNode; error?: string | null | undefined }) {
    const id = useId();
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
    return (
        <div className={css.field}>
            <label className={css.label} htmlFor={id}>
                {label}
            </label>
            {hint && (
                <span className={css.hint} id={`${id}-hint`}>
                    {hint}
                </span>
            )}
            <input
                {...rest}
                id={id}
                className={css.input}
                aria-invalid={Boolean(error)}
                aria-describedby={described || undefined}
            />
            {error && (
                <span className={css.error} id={`${id}-error`} role="alert">
                    {error}
                </span>
            )}
        </div>
    );
}

/** One of a few, in the browser's own list. */
export function SelectField<Option extends string | number>({
    label,
    hint,
    options,
    nameOf,
    chosen,
    choose,
    disabled = false,
}: {
    label: string;
    hint?: ReactNode;
    options: readonly Option[];
    nameOf: (option: Option) => string;
    chosen: Option;
    choose: (option: Option) => void;
    disabled?: boolean;
}) {
    const id = useId();
    const pick = (place: number) => {
        const option = options[place];
        if (option !== undefined) choose(option);
    };
    return (
        <div className={css.field}>
            <label className={css.label} htmlFor={id}>
                {label}
            </label>
            <select
                id={id}
                className={css.input}
                value={options.indexOf(chosen)}
                disabled={disabled}
                aria-describedby={hint ? `${id}-hint` : undefined}
                onChange={(event) => pick(event.currentTarget.selectedIndex)}
            >
                {options.map((option, place) => (
                    <option key={option} value={place}>
                        {nameOf(option)}
                    </option>
                ))}
            </select>
            {hint && (
                <span className={css.hint} id={`${id}-hint`}>
                    {hint}
                </span>
            )}
        </div>
    );
}

/** Something that is on or off, and takes effect at once. */
export function Switch({
    label,
    hint,
    checked,
    onChange,
    disabled = false,
}: {
    label: string;
    hint?: string;
    checked: boolean;
    onChange: (checked: boolean) => void;
    disabled?: boolean;
}) {
    const id = useId();
    return (
        <label className={css.switch}>
            <span>
                {label}
                {hint && (
                    <span className={css.hint} id={id}>
                        <br />
                        {hint}
                    </span>
                )}
            </span>
            <input
                type="checkbox"
                role="switch"
                checked={checked}
                disabled={disabled}
                aria-describedby={hint ? id : undefined}
                onChange={(event) => onChange(event.currentTarget.checked)}
            />
        </label>
    );
}

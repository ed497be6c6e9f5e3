/* Questions with ready answers: one of several, any of several, or a tick. Each says what is wrong beside it. */

import { type ReactNode, useId } from "react";

import field from "./field.module.css";
import css from "./picking.module.css";

type Option = { id: string; title: string; description: string; enabled: boolean };
type Asked = {
    label: ReactNode;
    hint?: string | undefined;
    error?: string | null | undefined;
    disabled?: boolean;
    options: readonly Option[];
};

/** One of several, in the browser's own list; `none` is what it says while nothing is chosen. */
export function PickFromList({
    label,
    hint,
    error,
    disabled = false,
    options,
    none,
    chosen,
    choose,
}: Asked & { none: string; chosen: string; choose: (id: string) => void }) {
    const id = useId();
    return (
        <div className={field.field}>
            <label className={field.label} htmlFor={id}>
                {label}
            </label>
            <Hint id={id} hint={hint} />
            <select
                id={id}
                className={field.input}
                value={chosen}
                disabled={disabled}
                aria-invalid={Boolean(error)}
                aria-describedby={describedBy(id, { hint, error })}
                onChange={({ currentTarget }) => choose(currentTarget.value)}
            >
                <option value="">{none}</option>
                {options.map(({ id, title, description, enabled }) => (
                    <option key={id} value={id} disabled={!enabled}>
                        {description === "" ? title : `${title} – ${description}`}
                    </option>
                ))}
            </select>
            <Wrong id={id} error={error} />
        </div>
    );
}

/** One of several, or any of them, below each other. */
export function PickBelow({
    many,
    label,
    hint,
    error,
    disabled = false,
    options,
    chosen,
    choose,
}: Asked & { many: boolean; chosen: readonly string[]; choose: (ids: readonly string[]) => void }) {
    const id = useId();
    const pick = (option: string) => {
        if (!many) choose([option]);
        else choose(chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option]);
    };
    return (
        <fieldset
            className={css.pick}
            aria-invalid={Boolean(error)}
            aria-describedby={describedBy(id, { hint, error })}
            disabled={disabled}
        >
            <legend>{label}</legend>
            <Hint id={id} hint={hint} />
            {options.map((option) => (
                <label key={option.id} className={css.option}>
                    <input
                        type={many ? "checkbox" : "radio"}
                        name={id}
                        checked={chosen.includes(option.id)}
                        disabled={!option.enabled}
                        onChange={() => pick(option.id)}
                    />
                    <span>
                        {option.title}
                        {option.description !== "" && <span className={css.description}>{option.description}</span>}
                    </span>
                </label>
            ))}
            <Wrong id={id} error={error} />
        </fieldset>
    );
}

/** Something that is agreed to, or not. */
export function Tick({
    label,
    hint,
    error,
    disabled = false,
    checked,
    onChange,
}: Omit<Asked, "options"> & { checked: boolean; onChange: (checked: boolean) => void }) {
    const id = useId();
    return (
        <div className={field.field}>
            <label className={css.option}>
                <input
                    type="checkbox"
                    checked={checked}
                    disabled={disabled}
                    aria-invalid={Boolean(error)}
                    aria-describedby={describedBy(id, { hint, error })}
                    onChange={({ currentTarget }) => onChange(currentTarget.checked)}
                />
                <span>{label}</span>
            </label>
            <Hint id={id} hint={hint} />
            <Wrong id={id} error={error} />
        </div>
    );
}

function Hint({ id, hint }: { id: string; hint: string | undefined }) {
    if (!hint) return null;
    return (
        <span className={field.hint} id={`${id}-hint`}>
            {hint}
        </span>
    );
}

function Wrong({ id, error }: { id: string; error: string | null | undefined }) {
    if (!error) return null;
    return (
        <span className={field.error} id={`${id}-error`} role="alert">
            {error}
        </span>
    );
}

function describedBy(id: string, { hint, error }: Pick<Asked, "hint" | "error">): string | undefined {
    return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

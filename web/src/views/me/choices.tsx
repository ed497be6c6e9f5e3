/* One of a few: a row of choices that takes effect at once. */

import { useId } from "react";

import css from "./me.module.css";

export function Choices<Option extends string | number>({
    title,
    hint,
    options,
    nameOf,
    chosen,
    choose,
}: {
    title: string;
    hint?: string;
    options: readonly Option[];
    nameOf: (option: Option) => string;
    chosen: Option;
    choose: (option: Option) => void;
}) {
    const name = useId();
    return (
        <fieldset className={css.section}>
            <legend>{title}</legend>
            {hint && <span className={css.soft}>{hint}</span>}
            <div className={css.choices}>
                {options.map((option) => (
                    <label key={option} className={css.choice}>
                        <input type="radio" name={name} checked={option === chosen} onChange={() => choose(option)} />
                        {nameOf(option)}
                    </label>
                ))}
            </div>
        </fieldset>
    );
}

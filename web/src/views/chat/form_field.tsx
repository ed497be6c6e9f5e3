/* One field of a form: what it asks, how it is filled in, and what is wrong with that, in words. */

import { TextField } from "../../design/field.tsx";
import { PickBelow, PickFromList, Tick } from "../../design/picking.tsx";
import { TextArea } from "../../design/text_area.tsx";
import { formWords } from "../../i18n/form_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Item } from "../../viewmodels/forms/filling.ts";
import css from "./form_sheet.module.css";

type Field = Extract<Item, { name: string }>;
type FieldProps = { field: Field; day: (written: string) => string; onChange: (value: unknown) => void };
type Shared = { label: string; hint: string; error: string | null; disabled: boolean; required: boolean };

const TYPES = {
    text: "text",
    number: "text",
    email: "email",
    password: "password",
    passcode: "password",
    phone: "tel",
};
const KEYBOARDS = { number: "decimal", passcode: "numeric", email: "email", phone: "tel" } as const;
const RANGE = { "start-date": "", "end-date": "" };

export function FormField({ field, day, onChange }: FieldProps) {
    const words = useFormWords();
    const shared: Shared = {
        label: labelOf(field, { words }),
        hint: field.helper,
        error: field.problem === null ? null : told(field, { words, day }),
        disabled: !field.enabled,
        required: field.required,
    };
    switch (field.kind) {
        case "line":
            return <Line field={field} shared={shared} onChange={onChange} />;
        case "lines":
            return (
                <TextArea
                    {...shared}
                    value={textOf(field.value)}
                    rows={3}
                    onChange={({ currentTarget }) => onChange(currentTarget.value)}
                />
            );
        case "one":
            return <One field={field} shared={shared} onChange={onChange} />;
        case "many":
            return (
                <PickBelow
                    {...shared}
                    many
                    options={field.options}
                    chosen={Array.isArray(field.value) ? field.value : []}
                    choose={onChange}
                />
            );
        case "yes":
            return <Agreed field={field} shared={shared} onChange={onChange} />;
        case "date":
            return <Day field={field} shared={shared} value={textOf(field.value)} onChange={onChange} />;
        case "dates":
            return <Days field={field} shared={shared} onChange={onChange} />;
    }
}

const useFormWords = () => useWords(formWords);

type InnerProps = { field: Field; shared: Shared; onChange: (value: unknown) => void };

function Line({ field, shared, onChange }: InnerProps) {
    const keyboard = field.input === "text" || field.input === "password" ? undefined : KEYBOARDS[field.input];
    return (
        <TextField
            {...shared}
            type={TYPES[field.input]}
            inputMode={keyboard}
            autoComplete="off"
            value={textOf(field.value)}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
    );
}

function One({ field, shared, onChange }: InnerProps) {
    const words = useFormWords();
    const chosen = textOf(field.value);
    if (field.buttons)
        return (
            <PickBelow
                {...shared}
                many={false}
                options={field.options}
                chosen={[chosen]}
                choose={([id]) => onChange(id ?? "")}
            />
        );
    return <PickFromList {...shared} options={field.options} none={words.choose} chosen={chosen} choose={onChange} />;
}

function Agreed({ field, shared, onChange }: InnerProps) {
    const words = useFormWords();
    return (
        <div>
            <Tick {...shared} checked={field.value === true} onChange={onChange} />
            {field.url !== "" && (
                <a href={field.url} target="_blank" rel="noopener noreferrer">
                    {words.more}
                </a>
            )}
        </div>
    );
}

function Day({ field, shared, value, onChange }: InnerProps & { value: string }) {
    return (
        <TextField
            {...shared}
            type="date"
            min={field.first || undefined}
            max={field.last || undefined}
            value={value}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
    );
}

function Days({ field, shared, onChange }: InnerProps) {
    const words = useFormWords();
    const value = { ...RANGE, ...(field.value as Partial<typeof RANGE>) };
    const end = (name: keyof typeof RANGE) => (written: unknown) => onChange({ ...value, [name]: written });
    const { hint, error, ...rest } = shared;
    // Where the first day stands and something is wrong with the two, it is the last that is looked at.
    const late = value["start-date"] !== "" && ["missing", "too_near", "too_far"].includes(field.problem ?? "");
    return (
        <div className={css.range}>
            <Day
                field={field}
                shared={{
                    ...rest,
                    label: labelOf(field, { words, end: words.from }),
                    hint,
                    error: late ? null : error,
                }}
                value={value["start-date"]}
                onChange={end("start-date")}
            />
            <Day
                field={field}
                shared={{
                    ...rest,
                    label: labelOf(field, { words, end: words.to }),
                    hint: "",
                    error: late ? error : null,
                }}
                value={value["end-date"]}
                onChange={end("end-date")}
            />
        </div>
    );
}

/** What need not be filled in says so: most fields of a form must be. */
function labelOf({ label, required }: Field, { words, end }: Pick<Told, "words"> & { end?: string }): string {
    const named = end === undefined ? label : `${label}, ${end}`;
    return required ? named : `${named} (${words.optional})`;
}

type Told = { words: ReturnType<typeof useFormWords>; day: (written: string) => string };

/** Say what is wrong with a field, with the figures that it has. */
function told({ problem, least, most, first, last }: Field, { words, day }: Told): string {
    switch (problem) {
        case null:
            return "";
        case "too_short":
        case "too_few":
        case "too_near":
            return words[problem](least ?? 1);
        case "too_long":
        case "too_many":
        case "too_far":
            return words[problem](most ?? 0);
        case "too_early":
            return words.too_early(day(first));
        case "too_late":
            return words.too_late(day(last));
        default:
            return words[problem];
    }
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : "";
}

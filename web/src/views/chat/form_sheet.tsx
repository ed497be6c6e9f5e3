/* A form that is being filled in, one screen after the other. What was begun stays when it is closed. */

import { type FormEvent, useEffect, useRef } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner } from "../../design/states.tsx";
import { formWords } from "../../i18n/form_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { FormFilling } from "../../viewmodels/forms/filling.ts";
import { useViewModel } from "../use_view_model.ts";
import { FormField } from "./form_field.tsx";
import { FormWords } from "./form_saying.tsx";
import css from "./form_sheet.module.css";

type SheetProps = { filling: FormFilling; name: string; onClose: () => void };

export function FormSheet({ filling, name, onClose }: SheetProps) {
    const state = useViewModel(filling);
    const words = useWords(formWords);
    const language = useLanguage();
    const form = useRef<HTMLFormElement>(null);
    const { step, items, next, refused, trouble, sending, sent } = state;
    useEffect(() => {
        if (sent) onClose();
    }, [sent, onClose]);
    // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen begins at its top
    useEffect(() => {
        form.current?.closest("dialog")?.scrollTo({ top: 0 });
        form.current?.querySelector<HTMLElement>("input, select, textarea, button")?.focus({ preventScroll: true });
    }, [step]);
    useEffect(() => {
        if (refused === 0) return;
        const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
        (wrong?.matches("fieldset") ? wrong.querySelector("input") : wrong)?.focus();
    }, [refused]);
    const format = dates(language, { dateStyle: "full", timeZone: "UTC" });
    const day = (written: string) => format.format(new Date(`${written}T00:00:00Z`));
    const goOn = (event: FormEvent) => {
        event.preventDefault();
        void filling.next({ yes: words.yes, day });
    };
    return (
        <Sheet title={state.title || name} onClose={onClose}>
            <form ref={form} className={css.form} noValidate onSubmit={goOn}>
                {step > 0 && (
                    <p className={css.step} role="status">
                        {words.page(step + 1)}
                    </p>
                )}
                {items.map((item, place) =>
                    "name" in item ? (
                        <FormField
                            key={`${step} ${item.name}`}
                            field={item}
                            day={day}
                            onChange={(value) => filling.set(item.name, value)}
                        />
                    ) : (
                        // biome-ignore lint/suspicious/noArrayIndexKey: what is only said has no name but its place
                        <FormWords key={`${step} ${place}`} said={item} />
                    ),
                )}
                {next === null && <Banner kind="warning">{words.broken}</Banner>}
                {trouble !== null && (
                    <Banner kind="warning">{trouble === "not kept" ? words.notKept : words.tooLong}</Banner>
                )}
                {refused > 0 && items.some((item) => "problem" in item && item.problem !== null) && (
                    <p className={css.fix} role="status">
                        {words.fix}
                    </p>
                )}
                <div className={css.ways}>
                    {step > 0 && (
                        <Button disabled={sending} onClick={() => filling.back()}>
                            {words.back}
                        </Button>
                    )}
                    {next !== null && (
                        <Button type="submit" kind="main" busy={sending} disabled={!next.enabled}>
                            {next.label}
                        </Button>
                    )}
                </div>
            </form>
        </Sheet>
    );
}

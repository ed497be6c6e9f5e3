/* How many of something: a number between less and more. */

import { Minus, Plus } from "lucide-react";

import { IconButton } from "./button.tsx";
import css from "./stepper.module.css";

type StepperProps = {
    label: string;
    less: string;
    more: string;
    value: number;
    most: number;
    onChange: (value: number) => void;
};

/** What leads no further keeps the focus that it had. */
export function Stepper({ label, less, more, value, most, onChange }: StepperProps) {
    return (
        <div className={css.stepper} role="group" aria-label={label}>
            <IconButton label={less} aria-disabled={value === 0} onClick={() => value > 0 && onChange(value - 1)}>
                <Minus aria-hidden="true" />
            </IconButton>
            <output aria-live="polite">{value}</output>
            <IconButton label={more} aria-disabled={value >= most} onClick={() => value < most && onChange(value + 1)}>
                <Plus aria-hidden="true" />
            </IconButton>
        </div>
    );
}

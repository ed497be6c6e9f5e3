/* A few things of which one is taken, below each other: what was taken stays marked, and then none can be taken. */

import { Check } from "lucide-react";
import type { ReactNode } from "react";

import css from "./choices.module.css";

export type ChoicesProps = {
    /** What is chosen here, for screen readers. */
    label: string;
    choices: readonly { id: string; title: string; description: string; icon?: ReactNode }[];
    /** The id of what was taken; `chosenLabel` says so to screen readers. */
    chosen: string | null;
    chosenLabel: string;
    /** None can be taken, or no longer. */
    closed: boolean;
    onChoose: (id: string) => void;
};

/** What cannot be taken can still be read, and keeps the focus that it had. */
export function Choices({ label, choices, chosen, chosenLabel, closed, onChoose }: ChoicesProps) {
    return (
        <ul className={css.choices} aria-label={label}>
            {choices.map(({ id, title, description, icon }) => (
                <li key={id}>
                    <button
                        type="button"
                        className={css.choice}
                        data-chosen={id === chosen}
                        aria-disabled={closed}
                        onClick={() => closed || onChoose(id)}
                    >
                        {icon}
                        <span className={css.words}>
                            {title}
                            {description !== "" && <span className={css.description}>{description}</span>}
                        </span>
                        {id === chosen && (
                            <>
                                <Check aria-hidden="true" size="1.25em" />
                                <span className="visually-hidden">{chosenLabel}</span>
                            </>
                        )}
                    </button>
                </li>
            ))}
        </ul>
    );
}

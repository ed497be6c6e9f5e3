/* A few panels in one place, of which one is shown. Arrow keys move among their names. */

import { type KeyboardEvent, type ReactNode, useId } from "react";

import css from "./tabs.module.css";

export function Tabs<Name extends string>({
    label,
    names,
    nameOf,
    shown,
    show,
    children,
}: {
    label: string;
    names: readonly Name[];
    nameOf: (name: Name) => string;
    shown: Name;
    show: (name: Name) => void;
    children: ReactNode;
}) {
    const id = useId();
    const move = (event: KeyboardEvent<HTMLElement>) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        const place = (names.indexOf(shown) + by + names.length) % names.length;
        const next = names[place];
        if (next === undefined) return;
        show(next);
        event.currentTarget.querySelectorAll("button")[place]?.focus();
    };
    return (
        <>
            <div className={css.tabs} role="tablist" aria-label={label} onKeyDown={move}>
                {names.map((name) => (
                    <button
                        key={name}
                        id={`${id}-${name}`}
                        type="button"
                        role="tab"
                        aria-selected={name === shown}
                        aria-controls={`${id}-panel`}
                        tabIndex={name === shown ? 0 : -1}
                        onClick={() => show(name)}
                    >
                        {nameOf(name)}
                    </button>
                ))}
            </div>
            <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown}`}>
                {children}
            </div>
        </>
    );
}

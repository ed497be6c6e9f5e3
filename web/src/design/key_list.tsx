/* Which keys there are, and what each is for. */

import { Fragment } from "react";

import css from "./key_list.module.css";

const CAPS: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

/** Keys are named as keyboards' events name them; `space` is what the long one is called. */
export function KeyList({
    keys,
    space,
}: {
    keys: readonly { key: string; alt: boolean; does: string }[];
    space: string;
}) {
    return (
        <dl className={css.keys}>
            {keys.map(({ key, alt, does }) => (
                <Fragment key={`${alt} ${key}`}>
                    <dt>
                        {alt && <kbd>Alt</kbd>} <kbd>{key === " " ? space : (CAPS[key] ?? key)}</kbd>
                    </dt>
                    <dd>{does}</dd>
                </Fragment>
            ))}
        </dl>
    );
}

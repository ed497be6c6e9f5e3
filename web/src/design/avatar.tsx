/* A picture of somebody, or their initials on a colour that is always theirs. */

import css from "./avatar.module.css";

const HUES = [4, 28, 92, 150, 186, 212, 250, 280, 318, 340];

/** Return a number from 0 below `range`, always the same for an id. */
function place(id: string, range: number): number {
    let sum = 0;
    for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
    return sum % range;
}

/** Return up to two letters that stand for a name. */
export function initials(name: string): string {
    const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
    const letters = words.slice(0, 2).map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? "");
    return letters.join("").toLocaleUpperCase() || "?";
}

/** Beside a name that says whose it is: screen readers pass over it. */
export function Avatar({
    id,
    name,
    src,
    size = 44,
}: {
    id: string;
    name: string;
    src?: string | undefined;
    size?: number;
}) {
    const style = { "--size": `${size}px`, "--hue": HUES[place(id, HUES.length)] } as React.CSSProperties;
    return (
        <span className={css.avatar} style={style} aria-hidden="true">
            {src === undefined ? initials(name) : <img src={src} alt="" width={size} height={size} />}
        </span>
    );
}

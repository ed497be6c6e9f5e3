/* A text in which stars mark what is strong and what is stressed, as in a flow's texts. */

import { Fragment } from "react";

const MARKED = /(\*\*[^*\n]+\*\*|\*[^*\n]+\*)/;

export function MarkedText({ text }: { text: string }) {
    return text.split(MARKED).map((part, place) => {
        const inside = MARKED.test(part) ? part.replace(/^\*+|\*+$/g, "") : part;
        if (part.startsWith("**") && inside !== part) return <strong key={keyOf(place)}>{inside}</strong>;
        if (inside !== part) return <em key={keyOf(place)}>{inside}</em>;
        return <Fragment key={keyOf(place)}>{part}</Fragment>;
    });
}

/** A part is nothing but its place. */
function keyOf(place: number): string {
    return `part-${place}`;
}

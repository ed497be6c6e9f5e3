/* What a form says between its fields. Nothing of it is taken as HTML. */

import { useEffect, useState } from "react";

import type { Item } from "../../viewmodels/forms/filling.ts";
import css from "./form_sheet.module.css";

type Saying = Exclude<Item, { name: string }>;

export function FormWords({ said }: { said: Saying }) {
    switch (said.kind) {
        case "heading":
            return <h3 className={`${css.heading} ${css.words}`}>{said.text}</h3>;
        case "subheading":
            return <h3 className={`${css.subheading} ${css.words}`}>{said.text}</h3>;
        case "picture":
            return <Picture picture={said.picture} alt={said.text} />;
        case "link":
            return (
                <a href={said.url} target="_blank" rel="noopener noreferrer">
                    {said.text}
                </a>
            );
        default:
            return <p className={`${said.kind === "caption" ? css.caption : ""} ${css.words}`}>{said.text}</p>;
    }
}

function Picture({ picture, alt }: { picture: Blob | null; alt: string }) {
    const [address, setAddress] = useState<string | null>(null);
    useEffect(() => {
        if (picture === null) return;
        const made = URL.createObjectURL(picture);
        setAddress(made);
        return () => URL.revokeObjectURL(made);
    }, [picture]);
    if (picture === null || address === null) return alt === "" ? null : <p className={css.caption}>{alt}</p>;
    return <img className={css.picture} src={address} alt={alt} />;
}

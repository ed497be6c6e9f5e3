/* People who could be meant while somebody writes an @. The field keeps the focus. */

import { composerWords } from "../../i18n/composer_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Suggestions } from "../../viewmodels/composer.ts";
import { Face } from "../face.tsx";
import css from "./composer.module.css";

type Person = Suggestions["people"][number];

/** Return the id of a person's row, by which the field names the one that is chosen. */
export function personId(list: string, { userId }: Person): string {
    return `${list}${userId}`;
}

export function People({
    id,
    suggestions: { people, chosen },
    onPick,
}: {
    id: string;
    suggestions: Suggestions;
    onPick: (person: Person) => void;
}) {
    const words = useWords(composerWords);
    return (
        <div id={id} role="listbox" className={css.people} aria-label={words.people}>
            {people.map((person, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                <div
                    key={person.userId}
                    id={personId(id, person)}
                    role="option"
                    aria-selected={index === chosen}
                    tabIndex={-1}
                    // The field keeps the focus.
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => onPick(person)}
                >
                    <Face picture={person.picture} id={person.userId} name={person.name} size={32} />
                    {person.name}
                </div>
            ))}
        </div>
    );
}

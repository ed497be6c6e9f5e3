/* Passing a message on: to which chats, and no more of them at once than it may go to. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { messageActsWords } from "../../i18n/message_acts_words.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { Face } from "../face.tsx";
import css from "./message_acts.module.css";

/** More are found by their name. */
const SHOWN = 50;

type Given = {
    /** To so many chats at once. */
    limit: number;
    targets: ReturnType<MessageActs["targets"]>;
    onForward: (roomIds: readonly string[]) => void;
    onClose: () => void;
};

export function ForwardSheet({ limit, targets, onForward, onClose }: Given) {
    const words = useWords(messageActsWords);
    const [term, setTerm] = useState("");
    const [chosen, setChosen] = useState<readonly string[]>([]);
    const wanted = term.trim().toLocaleLowerCase();
    const found = targets.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
    const forward = () => {
        onClose();
        onForward(chosen);
    };
    const choose = (roomId: string, on: boolean) =>
        setChosen(on ? [...chosen, roomId] : chosen.filter((each) => each !== roomId));
    return (
        <Sheet title={words.forwardTitle} onClose={onClose}>
            <p className={css.note}>{limit === 1 ? words.forwardOne : words.forwardLimit(limit)}</p>
            <TextField
                label={words.forwardSearch}
                type="search"
                value={term}
                onChange={({ currentTarget }) => setTerm(currentTarget.value)}
            />
            {found.length === 0 ? (
                <p>{words.forwardNone}</p>
            ) : (
                <div className={css.chats}>
                    {found.slice(0, SHOWN).map(({ roomId, name, picture }) => (
                        <label key={roomId}>
                            <Face picture={picture} id={roomId} name={name} size={32} />
                            <span className={css.name}>{name}</span>
                            <input
                                type="checkbox"
                                checked={chosen.includes(roomId)}
                                disabled={!chosen.includes(roomId) && chosen.length >= limit}
                                onChange={({ currentTarget }) => choose(roomId, currentTarget.checked)}
                            />
                        </label>
                    ))}
                </div>
            )}
            <Button kind="main" disabled={chosen.length === 0} onClick={forward}>
                {words.forwardDo(chosen.length)}
            </Button>
        </Sheet>
    );
}

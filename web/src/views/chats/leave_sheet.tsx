/* What leaving a group means, or deleting a chat of two, and doing it. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner } from "../../design/states.tsx";
import { chatChoicesWords } from "../../i18n/chat_choices_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { LeavingChat } from "../../viewmodels/leaving_chat.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";

type Given = { leaving: LeavingChat; onClose: () => void };

/** Whoever shows it made `leaving`; it ends with the sheet. */
export function LeaveSheet({ leaving, onClose }: Given) {
    const { busy, failed } = useViewModel(leaving);
    const words = useWords(chatChoicesWords);
    const [successor, setSuccessor] = useState<string | null>(null);
    const close = () => {
        leaving.dispose();
        onClose();
    };
    const leave = async () => {
        if (await leaving.leave(successor ?? leaving.value.successors[0]?.userId ?? null)) close();
    };
    const { person } = leaving;
    return (
        <Sheet title={person === null ? words.leaveTitle : words.deleteTitle} onClose={close}>
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            <p>{person === null ? words.leaveAbout : words.deleteAbout(person)}</p>
            <Successors leaving={leaving} chosen={successor} onChoose={setSuccessor} />
            <Button kind="danger" wide busy={busy} onClick={leave}>
                {person === null ? words.leaveDo : words.deleteDo}
            </Button>
            <Button wide onClick={close}>
                {person === null ? words.stay : words.keep}
            </Button>
        </Sheet>
    );
}

type ChoiceGiven = { leaving: LeavingChat; chosen: string | null; onChoose: (userId: string) => void };

/** A group is not left with nobody to lead it. */
function Successors({ leaving, chosen, onChoose }: ChoiceGiven) {
    const { successors } = useViewModel(leaving);
    const words = useWords(chatChoicesWords);
    if (successors.length === 0) return null;
    return (
        <fieldset className={css.choices}>
            <legend>{words.successor}</legend>
            {successors.map(({ userId, name }, index) => (
                <label key={userId} className={css.choice}>
                    <input
                        type="radio"
                        name="successor"
                        checked={chosen === null ? index === 0 : userId === chosen}
                        onChange={() => onChoose(userId)}
                    />
                    {name}
                </label>
            ))}
        </fieldset>
    );
}

/* What can be done with the messages that are chosen, where one writes otherwise. */

import { Copy, Forward, type LucideIcon, Trash2, X } from "lucide-react";
import { type ReactNode, useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { messageActsWords } from "../../i18n/message_acts_words.ts";
import { selectionWords } from "../../i18n/selection_words.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import type { SelectionState, SharedAct } from "../../viewmodels/selection.ts";
import { useCopy } from "../toast.ts";
import { useShortcuts } from "../use_shortcuts.ts";
import { useViewModel } from "../use_view_model.ts";
import { ForwardSheet } from "./forward_sheet.tsx";
import css from "./selection_bar.module.css";

type Words = (typeof selectionWords)["id"];

const ICONS: Readonly<Record<SharedAct, LucideIcon>> = { copy: Copy, forward: Forward, remove: Trash2 };

/** `children` are where one writes, while nothing is chosen. */
export function WhileChoosing({ acts, children }: { acts: MessageActs; children: ReactNode }) {
    const { chosen } = useViewModel(acts.selection);
    return chosen.length === 0 ? children : <SelectionBar acts={acts} />;
}

function SelectionBar({ acts }: { acts: MessageActs }) {
    const { selection } = acts;
    const { chosen, full, acts: possible } = useViewModel(selection);
    const words = useWords(selectionWords);
    const copy = useCopy();
    const { copied } = useWords(designWords);
    const [sheet, setSheet] = useState<SharedAct | null>(null);
    useShortcuts({ close: () => selection.end() });
    const act = (what: SharedAct) => {
        if (what !== "copy") return setSheet(what);
        copy(textOf(chosen, words), copied);
        selection.end();
    };
    return (
        <div className={css.bar} role="group" aria-label={words.chosen(chosen.length)}>
            <IconButton label={words.end} onClick={() => selection.end()}>
                <X aria-hidden="true" />
            </IconButton>
            <span className={css.count} role="status">
                {words.chosen(chosen.length)}
                {full && <small>{words.full}</small>}
            </span>
            {possible.map((each) => {
                const Icon = ICONS[each];
                return (
                    <IconButton key={each} label={words[each]} onClick={() => act(each)}>
                        <Icon aria-hidden="true" />
                    </IconButton>
                );
            })}
            {sheet === "forward" && (
                <ForwardSheet
                    limit={selection.forwardLimit()}
                    targets={acts.targets()}
                    onForward={(roomIds) => void selection.forward(roomIds)}
                    onClose={() => setSheet(null)}
                />
            )}
            {sheet === "remove" && <RemoveSheet acts={acts} count={chosen.length} onClose={() => setSheet(null)} />}
        </div>
    );
}

function RemoveSheet({ acts, count, onClose }: { acts: MessageActs; count: number; onClose: () => void }) {
    const words = useWords(selectionWords);
    const { remove, removeText, keep } = useWords(messageActsWords);
    const go = () => {
        onClose();
        void acts.selection.remove();
    };
    return (
        <Sheet title={words.removeTitle(count)} onClose={onClose}>
            <p>{removeText}</p>
            <Button kind="danger" wide onClick={go}>
                {remove}
            </Button>
            <Button wide onClick={onClose}>
                {keep}
            </Button>
        </Sheet>
    );
}

/** Of several, each line says who said it. */
function textOf(chosen: SelectionState["chosen"], words: Words): string {
    const lines = chosen.flatMap(({ body, mine, senderName }) =>
        body.kind === "text" ? [{ text: body.text, name: mine ? words.you : senderName || words.somebody }] : [],
    );
    return lines.length === 1 ? (lines[0]?.text ?? "") : lines.map(({ name, text }) => `${name}: ${text}`).join("\n");
}

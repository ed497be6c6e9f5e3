/* Blocking and reporting whom one chats with, and the ways out of a chat: their lines in its menu, and what they ask. */

import { Ban, Flag, LogOut, Trash2 } from "lucide-react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatChoicesWords } from "../../i18n/chat_choices_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { reportWords } from "../../i18n/report_words.ts";
import type { ChatChoices } from "../../viewmodels/chat_choices.ts";
import { LeavingChat } from "../../viewmodels/leaving_chat.ts";
import { LeaveSheet } from "../chats/leave_sheet.tsx";
import { ReportSheet } from "../report_sheet.tsx";
import { useViewModel } from "../use_view_model.ts";
import { MenuItem } from "./menu.tsx";

/** What a sheet asks about. */
export type Asked = "block" | "report" | LeavingChat;

export function WaysOut({ choices, onAsk }: { choices: ChatChoices; onAsk: (what: Asked | null) => void }) {
    const { person, blocked } = useViewModel(choices);
    const words = useWords(chatChoicesWords);
    const leave = () => onAsk(choices.leaving());
    if (person === null) {
        return (
            <MenuItem danger icon={<LogOut aria-hidden="true" />} onClick={leave}>
                {words.leave}
            </MenuItem>
        );
    }
    const unblock = () => {
        onAsk(null);
        void choices.unblock();
    };
    return (
        <>
            <MenuItem danger icon={<Flag aria-hidden="true" />} onClick={() => onAsk("report")}>
                {words.report(person.name)}
            </MenuItem>
            <MenuItem
                danger={!blocked}
                icon={<Ban aria-hidden="true" />}
                onClick={blocked ? unblock : () => onAsk("block")}
            >
                {blocked ? words.unblock : words.block(person.name)}
            </MenuItem>
            <MenuItem danger icon={<Trash2 aria-hidden="true" />} onClick={leave}>
                {words.delete}
            </MenuItem>
        </>
    );
}

export function ChoiceSheet({ choices, asked, onClose }: { choices: ChatChoices; asked: Asked; onClose: () => void }) {
    const { person } = useViewModel(choices);
    const says = useWords(reportWords);
    if (asked instanceof LeavingChat) return <LeaveSheet leaving={asked} onClose={onClose} />;
    if (person === null) return null;
    if (asked === "block") return <BlockSheet choices={choices} name={person.name} onClose={onClose} />;
    return (
        <ReportSheet
            title={says.person(person.name)}
            about={says.personText}
            report={(reason) => choices.report(reason)}
            onClose={onClose}
        />
    );
}

function BlockSheet({ choices, name, onClose }: { choices: ChatChoices; name: string; onClose: () => void }) {
    const words = useWords(chatChoicesWords);
    const block = () => {
        onClose();
        void choices.block();
    };
    return (
        <Sheet title={words.blockTitle(name)} onClose={onClose}>
            <p>{words.blockAbout(name)}</p>
            <Button kind="danger" wide onClick={block}>
                {words.blockDo}
            </Button>
            <Button wide onClick={onClose}>
                {words.keep}
            </Button>
        </Sheet>
    );
}

/* Beginning something: a chat by user name, a group, or showing others one's own link. */

import { QrCode as QrIcon, UsersRound } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import type { NewChat } from "../../viewmodels/new_chat.ts";
import { useViewModel } from "../use_view_model.ts";
import { ApproachedView } from "./approached.tsx";
import css from "./chat_list.module.css";
import { LinkWithCode } from "./link_with_code.tsx";
import { NewGroup } from "./new_group.tsx";
import { NewTimer } from "./new_timer.tsx";

type Step = "person" | "group" | "link";

/** Opens with its `first` step. */
export function NewChatSheet({ newChat, first, onClose }: { newChat: NewChat; first: Step; onClose: () => void }) {
    const words = useWords(newChatWords);
    const [step, setStep] = useState<Step>(first);
    useEffect(() => newChat.begin(), [newChat]);
    if (step === "group") {
        return (
            <Sheet title={words.newGroup} onClose={onClose}>
                <NewGroup newChat={newChat} onDone={onClose} />
            </Sheet>
        );
    }
    if (step === "link") {
        return (
            <Sheet title={words.myLink} onClose={onClose}>
                <OwnLink newChat={newChat} />
            </Sheet>
        );
    }
    return (
        <Sheet title={words.title} onClose={onClose}>
            <ByHandle newChat={newChat} onDone={onClose}>
                <NewTimer newChat={newChat} />
            </ByHandle>
            <Button wide onClick={() => setStep("group")}>
                <UsersRound aria-hidden="true" />
                {words.newGroup}
            </Button>
            <Button wide onClick={() => setStep("link")}>
                <QrIcon aria-hidden="true" />
                {words.myLink}
            </Button>
        </Sheet>
    );
}

/** Leads to the chat with whoever has a user name. */
export function ByHandle({
    newChat,
    onDone,
    children,
}: {
    newChat: NewChat;
    onDone?: () => void;
    children?: ReactNode;
}) {
    const words = useWords(newChatWords);
    const [handle, setHandle] = useState("");
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<"nobody" | "failed" | null>(null);
    const { approached } = useViewModel(newChat);
    const find = async (event: FormEvent) => {
        event.preventDefault();
        setBusy(true);
        const found = await newChat.start(handle);
        setBusy(false);
        setProblem(found);
        if (found === null && newChat.value.approached === null) onDone?.();
    };
    const goOn = async () => {
        const failed = await newChat.goOn();
        if (failed === null) onDone?.();
        return failed;
    };
    if (approached !== null)
        return <ApproachedView service={approached} goOn={goOn} turnAway={() => newChat.turnAway()} />;
    return (
        <form className={css.form} onSubmit={find}>
            <TextField
                label={words.handle}
                hint={words.handleHint}
                value={handle}
                autoCapitalize="none"
                autoComplete="off"
                error={problem && words[problem]}
                onChange={(event) => setHandle(event.currentTarget.value)}
            />
            {children}
            <Button kind="main" wide type="submit" busy={busy}>
                {words.find}
            </Button>
        </form>
    );
}

function OwnLink({ newChat }: { newChat: NewChat }) {
    const words = useWords(newChatWords);
    const { handle } = useViewModel(newChat);
    if (handle === null) return <p>{words.noHandle}</p>;
    return (
        <>
            <p>{words.myLinkHint}</p>
            <LinkWithCode address={`#/u/${encodeURIComponent(handle)}`} label={words.qr} />
        </>
    );
}

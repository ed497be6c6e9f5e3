/* The page of a group: what it is, who is in it, its link, and the way out. */

import { ArrowLeft, Pencil, UserPlus } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Switch } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { groupWords } from "../../i18n/group_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { GroupPage } from "../../viewmodels/group_page.ts";
import { LeavingChat } from "../../viewmodels/leaving_chat.ts";
import { LeaveSheet } from "../chats/leave_sheet.tsx";
import { LinkWithCode } from "../chats/link_with_code.tsx";
import { Face } from "../face.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./group.module.css";
import { EditSheet, InviteSheet } from "./group_sheets.tsx";
import { Asking, Members } from "./members.tsx";

type Open = "edit" | "invite" | LeavingChat | null;

export function GroupView({ group }: { group: GroupPage }) {
    const { name, may, open, link, problem } = useViewModel(group);
    const words = useWords(groupWords);
    const [sheet, setSheet] = useState<Open>(null);
    const close = () => setSheet(null);
    return (
        <>
            <header className={css.head}>
                <a className={css.back} href={`#/chats/${encodeURIComponent(group.roomId)}`} aria-label={words.back}>
                    <ArrowLeft aria-hidden="true" />
                </a>
                <h1>{words.title}</h1>
                {may.edit && (
                    <IconButton label={words.edit} onClick={() => setSheet("edit")}>
                        <Pencil aria-hidden="true" />
                    </IconButton>
                )}
            </header>
            {problem === "failed" && <Banner kind="danger">{words.failed}</Banner>}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keyboard needs to get here */}
            <div className={css.body} tabIndex={0} role="region" aria-label={name}>
                <About group={group} />
                <Asking group={group} />
                <Members group={group} />
                <div className={css.acts}>
                    {may.invite && (
                        <Button wide onClick={() => setSheet("invite")}>
                            <UserPlus aria-hidden="true" />
                            {words.invite}
                        </Button>
                    )}
                    {may.openLink && (
                        <Switch
                            label={words.link}
                            hint={words.linkHint}
                            checked={open}
                            onChange={(on) => void group.openLink(on)}
                        />
                    )}
                    {link !== "" && <LinkWithCode address={link} label={words.qr} />}
                </div>
                <Button kind="danger" wide onClick={() => setSheet(group.leaving())}>
                    {words.leave}
                </Button>
            </div>
            {sheet === "edit" && <EditSheet group={group} onClose={close} />}
            {sheet === "invite" && <InviteSheet group={group} onClose={close} />}
            {sheet instanceof LeavingChat && <LeaveSheet leaving={sheet} onClose={close} />}
        </>
    );
}

function About({ group }: { group: GroupPage }) {
    const { name, picture, topic } = useViewModel(group);
    const words = useWords(groupWords);
    return (
        <div className={css.about}>
            <Face picture={picture} id={group.roomId} name={name} size={72} />
            <strong>{name}</strong>
            <p>{topic || words.noTopic}</p>
            <p className={css.soft}>{words.encrypted}</p>
        </div>
    );
}

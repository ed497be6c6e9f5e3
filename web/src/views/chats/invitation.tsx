/* An invitation: whom it is from, unless that is a stranger, and what one can do about it. */

import { ArrowLeft } from "lucide-react";
import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Banner, Empty } from "../../design/states.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import { reportWords } from "../../i18n/report_words.ts";
import type { Invitation } from "../../viewmodels/invitation.ts";
import { ReportSheet } from "../report_sheet.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";

export function InvitationView({ invitation }: { invitation: Invitation }) {
    const { stranger, name, kind, busy, failed } = useViewModel(invitation);
    const words = useWords(newChatWords);
    const says = useWords(reportWords);
    const general = useWords(designWords);
    const [reporting, setReporting] = useState(false);
    const group = kind !== "person";
    const known = group ? words.knownGroup : words.knownAsks;
    const unknown = group ? words.strangerGroup : words.strangerAsks;
    return (
        <>
            <header className={css.head}>
                <a className={css.back} href={stranger ? "#/chats/requests" : "#/chats"} aria-label={general.back}>
                    <ArrowLeft aria-hidden="true" />
                </a>
                <h1>{words.invitation}</h1>
            </header>
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            <Empty title={stranger ? words.strangerTitle : name}>
                <p>{stranger ? unknown : known}</p>
                <div className={css.answers}>
                    <Button kind="main" wide busy={busy} onClick={() => invitation.accept()}>
                        {words.accept}
                    </Button>
                    <Button wide busy={busy} onClick={() => invitation.decline()}>
                        {words.decline}
                    </Button>
                </div>
                <div className={css.answers} data-apart="true">
                    <p>{words.blockHint}</p>
                    <Button kind="danger" wide busy={busy} onClick={() => invitation.block()}>
                        {words.block}
                    </Button>
                    <Button kind="plain" wide onClick={() => setReporting(true)}>
                        {words.report}
                    </Button>
                </div>
            </Empty>
            {reporting && (
                <ReportSheet
                    title={says.invitation}
                    about={says.invitationText}
                    report={(reason) => invitation.report(reason)}
                    onClose={() => setReporting(false)}
                />
            )}
        </>
    );
}

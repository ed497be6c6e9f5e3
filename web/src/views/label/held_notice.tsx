/* Why messages wait in a chat, above where one writes, with the way on. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { heldWords } from "../../i18n/held_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { serviceWords } from "../../i18n/service_words.ts";
import type { ChatChoices } from "../../viewmodels/chat_choices.ts";
import { addressOfDetails, type ChatLabels, type Label, type Reason } from "../../viewmodels/chat_labels.ts";
import type { LeavingChat } from "../../viewmodels/leaving_chat.ts";
import { LeaveSheet } from "../chats/leave_sheet.tsx";
import css from "./label.module.css";
import { useLabel, useLabels } from "./labels_context.ts";

type Words = ReturnType<typeof useWords<(typeof heldWords)["id"]>> & { service: (typeof serviceWords)["id"] };
type HeldReason = Extract<Reason, { me: boolean }>;
type Says = { line: string; why: string; go: string; look: string };

type NoticeProps = { roomId: string; choices: ChatChoices };

/** Nothing where nothing is held back. */
export function HeldNotice({ roomId, choices }: NoticeProps) {
    const { heldFor, reasons } = useLabel(roomId);
    if (heldFor === null) return null;
    const causes = reasons.filter(isOfSomebodyElse).filter(({ kind }) => KINDS[heldFor.reason].includes(kind));
    // Of others of the kind one may have decided before.
    const cause = causes.find(({ userId }) => userId === heldFor.userId);
    if (cause === undefined) return null;
    const alike = causes.filter(({ kind }) => kind === cause.kind);
    return <Notice roomId={roomId} choices={choices} causes={alike} cause={cause} />;
}

/** What is said of a chat where something is held back for a reason. */
const KINDS: Readonly<Record<NonNullable<Label["heldFor"]>["reason"], readonly Reason["kind"][]>> = {
    "changed-identity": ["changed-identity"],
    "unknown-device": ["unsigned-device", "unnamed-device"],
    "unfit-statement": ["unfit-statement", "uncheckable-statement"],
    "uncheckable-app": ["uncheckable-app"],
    "new-service": ["new-service"],
};

function isOfSomebodyElse(reason: Reason): reason is HeldReason {
    return "me" in reason && !reason.me;
}

/** `causes` are all of the kind of the gravest, which is `cause`. */
function Notice({
    roomId,
    choices,
    cause,
    causes,
}: NoticeProps & { cause: HeldReason; causes: readonly HeldReason[] }) {
    const words = { ...useWords(heldWords), service: useWords(serviceWords) };
    const labels = useLabels();
    const [busy, setBusy] = useState(false);
    const [leaving, setLeaving] = useState<LeavingChat | null>(null);
    const said = SAYS[cause.kind]?.(words, { who: cause.name, causes });
    const goOn = async () => {
        setBusy(true);
        await goOnWith(labels, { roomId, cause, causes }).finally(() => setBusy(false));
    };
    return (
        <section className={css.held} aria-label={words.title}>
            <strong role="alert">{said?.line}</strong>
            <p>{said?.why}</p>
            <div className={css.acts}>
                <Button kind="main" busy={busy} onClick={goOn}>
                    {said?.go}
                </Button>
                {cause.kind === "new-service" && (
                    <Button onClick={() => setLeaving(choices.leaving())}>{words.leave}</Button>
                )}
                <a className={css.look} href={addressOfDetails(roomId)}>
                    {said?.look}
                </a>
            </div>
            {leaving && <LeaveSheet leaving={leaving} onClose={() => setLeaving(null)} />}
        </section>
    );
}

type Decided = { roomId: string; cause: HeldReason; causes: readonly HeldReason[] };

function goOnWith(labels: ChatLabels, { roomId, cause, causes }: Decided): Promise<void> {
    if ("deviceId" in cause) return labels.leaveOut(roomId);
    if (cause.kind !== "new-service") return labels.accept(cause);
    const named = causes.map(({ userId }) => userId);
    return labels.admit(roomId, named);
}

/** What holds messages back, in words. */
const SAYS: Partial<
    Record<HeldReason["kind"], (words: Words, of: { who: string; causes: readonly HeldReason[] }) => Says>
> = {
    "changed-identity": (words, { who }) => ({
        line: words.changed(who),
        why: words.changedWhy(who),
        go: words.acceptChange,
        look: words.compare,
    }),
    "unsigned-device": (words, { who, causes }) => ({
        line: words.unknown([...new Set(causes.map(({ name }) => name))].join(", "), causes.length),
        why: words.unknownWhy(who),
        go: words.leaveOut,
        look: words.look,
    }),
    "unnamed-device": ({ service, leaveOut, look }, { who }) => ({
        line: service.unnamed(who),
        why: service.unnamedWhy(who),
        go: leaveOut,
        look,
    }),
    "unfit-statement": ({ service, look }, { who, causes }) => {
        const fault = faultIn(causes);
        const gone = fault === "expired" || fault === "taken-back";
        return { line: gone ? service.over(who) : service.unfit(who), why: service[fault], go: service.goOn, look };
    },
    "uncheckable-statement": ({ service, look }, { who }) => ({
        line: service.uncheckable(who),
        why: service.uncheckableWhy,
        go: service.goOn,
        look,
    }),
    "new-service": (words, { who, causes }) => ({
        line:
            causes.length === 1 ? words.newService(who) : words.newServices(causes.map(({ name }) => name).join(", ")),
        why: words.newServiceWhy(runnersOf(causes, words)),
        go: words.admit,
        look: words.look,
    }),
    "uncheckable-app": (words, { who }) => ({
        line: words.uncheckable(who),
        why: words.uncheckableWhy(who),
        go: words.acceptApp,
        look: words.look,
    }),
};

/** Who runs services, each once: they are who reads along. */
function runnersOf(causes: readonly HeldReason[], words: Words): string {
    const runners = causes.map((cause) =>
        "host" in cause && cause.host !== "" ? cause.host : words.itself(cause.name),
    );
    return [...new Set(runners)].join(words.service.and);
}

type UnfitFault = Exclude<Extract<HeldReason, { fault: string }>["fault"], "uncheckable">;

function faultIn(causes: readonly HeldReason[]): UnfitFault {
    const fault = causes.flatMap((cause) => ("fault" in cause ? [cause.fault] : []))[0];
    return fault === undefined || fault === "uncheckable" ? "malformed" : fault;
}

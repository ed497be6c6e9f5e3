/* Why messages wait in a chat, above where one writes, with the way on. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { heldWords } from "../../i18n/held_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { serviceWords } from "../../i18n/service_words.ts";
import { addressOfDetails, type Reason } from "../../viewmodels/chat_labels.ts";
import css from "./label.module.css";
import { useLabel, useLabels } from "./labels_context.ts";

type Words = ReturnType<typeof useWords<(typeof heldWords)["id"]>> & { service: (typeof serviceWords)["id"] };
type HeldReason = Extract<Reason, { me: boolean }>;
type Says = { line: string; why: string; go: string; look: string };

/** Nothing where nothing is held back. */
export function HeldNotice({ roomId }: { roomId: string }) {
    const { held, reasons } = useLabel(roomId);
    const causes = reasons.filter(isOfSomebodyElse);
    const cause = causes.find(({ kind }) => kind in SAYS);
    if (!held || cause === undefined) return null;
    return <Notice roomId={roomId} causes={causes.filter(({ kind }) => kind === cause.kind)} cause={cause} />;
}

function isOfSomebodyElse(reason: Reason): reason is HeldReason {
    return "me" in reason && !reason.me;
}

/** `causes` are all of the kind of the gravest, which is `cause`. */
function Notice({ roomId, cause, causes }: { roomId: string; cause: HeldReason; causes: readonly HeldReason[] }) {
    const words = { ...useWords(heldWords), service: useWords(serviceWords) };
    const labels = useLabels();
    const [busy, setBusy] = useState(false);
    const said = SAYS[cause.kind]?.(words, { who: cause.name, causes });
    const goOn = async () => {
        setBusy(true);
        const done = "deviceId" in cause ? labels.leaveOut(roomId) : labels.accept(cause);
        await done.finally(() => setBusy(false));
    };
    return (
        <section className={css.held} aria-label={words.title}>
            <strong role="alert">{said?.line}</strong>
            <p>{said?.why}</p>
            <div className={css.acts}>
                <Button kind="main" busy={busy} onClick={goOn}>
                    {said?.go}
                </Button>
                <a className={css.look} href={addressOfDetails(roomId)}>
                    {said?.look}
                </a>
            </div>
        </section>
    );
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
    "uncheckable-app": (words, { who }) => ({
        line: words.uncheckable(who),
        why: words.uncheckableWhy(who),
        go: words.acceptApp,
        look: words.look,
    }),
};

type UnfitFault = Exclude<Extract<HeldReason, { fault: string }>["fault"], "uncheckable">;

function faultIn(causes: readonly HeldReason[]): UnfitFault {
    const fault = causes.flatMap((cause) => ("fault" in cause ? [cause.fault] : []))[0];
    return fault === undefined || fault === "uncheckable" ? "malformed" : fault;
}

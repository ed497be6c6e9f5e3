/* Linking two devices, as either of them sees it. */

import type { ReactNode } from "react";

import { Button } from "../../design/button.tsx";
import { QrCode } from "../../design/qr_code.tsx";
import { Skeleton } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { linkingWords } from "../../i18n/linking_words.ts";
import type { LinkIn } from "../../viewmodels/link_in.ts";
import type { LinkOut } from "../../viewmodels/link_out.ts";
import type { Linking } from "../../viewmodels/linking.ts";
import { BackToMe } from "../back_to_me.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./linking.module.css";
import { Scanner } from "./scanner.tsx";

/** The new device, which is not signed in. */
export function LinkInView({ link }: { link: LinkIn }) {
    const { state } = useViewModel(link);
    const words = useWords(linkingWords);
    return (
        <main className={css.screen}>
            {state.step === "wait" ? (
                <>
                    <h1>{words.waitTitle}</h1>
                    <Digits about={words.waitSame} digits={state.digits} small />
                    <Digits about={words.waitAsked} digits={state.asked} />
                    <p>{words.waitMore}</p>
                </>
            ) : (
                <Common linking={link} title={words.newTitle} />
            )}
            {state.step !== "finish" && (
                <Button kind="plain" wide onClick={() => link.cancel()}>
                    {words.cancel}
                </Button>
            )}
        </main>
    );
}

/** The device that the person has, which lets the new one in. */
export function LinkOutView({ link }: { link: LinkOut }) {
    const { state } = useViewModel(link);
    const words = useWords(linkingWords);
    return (
        <div className={`${css.screen} ${css.within}`}>
            <BackToMe />
            <LinkOutStep link={link} />
            {!["choose", "done", "failed"].includes(state.step) && (
                <Button kind="plain" wide onClick={() => link.again()}>
                    {words.cancel}
                </Button>
            )}
        </div>
    );
}

function LinkOutStep({ link }: { link: LinkOut }) {
    const { state } = useViewModel(link);
    const words = useWords(linkingWords);
    switch (state.step) {
        case "await":
            return (
                <>
                    <h1>{words.awaitTitle}</h1>
                    <Digits about={words.awaitSame} digits={state.digits} />
                </>
            );
        case "approve":
            return (
                <>
                    <h1>{words.approveTitle}</h1>
                    <p>{words.approve}</p>
                    <a
                        className={css.page}
                        href={state.page}
                        target="_blank"
                        rel="noopener"
                        onClick={() => link.opened()}
                    >
                        {words.openPage}
                    </a>
                    {state.opened && <p role="status">{words.approving}</p>}
                </>
            );
        case "done":
            return (
                <>
                    <h1>{words.doneTitle}</h1>
                    <p role="status">{words.done}</p>
                    <Button wide onClick={() => link.again()}>
                        {words.another}
                    </Button>
                </>
            );
        default:
            return <Common linking={link} title={words.oldTitle} />;
    }
}

/** The steps that are alike on both. */
function Common({ linking, title }: { linking: Linking; title: string }) {
    const { state } = useViewModel(linking);
    const words = useWords(linkingWords);
    const isNew = linking.side === "new";
    switch (state.step) {
        case "choose":
            return (
                <Titled title={title}>
                    {!isNew && <p>{words.oldAbout}</p>}
                    <Button kind="main" wide onClick={() => linking.scan()}>
                        {isNew ? words.scanInstead : words.scanIt}
                    </Button>
                    <Button wide onClick={() => linking.show()}>
                        {words.showIt}
                    </Button>
                </Titled>
            );
        case "show":
            return (
                <Titled title={title}>
                    <p>{isNew ? words.showNew : words.showOld}</p>
                    <QrCode data={state.code} label={words.code} />
                    <Button wide onClick={() => linking.scan()}>
                        {words.scanInstead}
                    </Button>
                </Titled>
            );
        case "scan":
            return (
                <Titled title={title}>
                    <Scanner state={state} linking={linking} />
                </Titled>
            );
        case "compare":
            return (
                <Titled title={words.compareTitle}>
                    <Digits about={words.compare} digits={state.digits} />
                    <Button kind="main" wide onClick={() => linking.same()}>
                        {words.same}
                    </Button>
                    <Button wide onClick={() => linking.differ()}>
                        {words.different}
                    </Button>
                </Titled>
            );
        case "failed":
            return (
                <Titled title={words.failedTitle}>
                    <p role="alert">{words[state.problem]}</p>
                    <Button kind="main" wide onClick={() => linking.again()}>
                        {words.again}
                    </Button>
                </Titled>
            );
        default:
            return (
                <Titled title={title}>
                    <Skeleton label={state.step === "finish" ? words.finish : words.preparing} rows={4} />
                </Titled>
            );
    }
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
    return (
        <>
            <h1>{title}</h1>
            {children}
        </>
    );
}

function Digits({ about, digits, small = false }: { about: string; digits: string; small?: boolean }) {
    const words = useWords(linkingWords);
    return (
        <div>
            <p>{about}</p>
            <output className={small ? css.small : css.digits} aria-label={words.digits}>
                {digits}
            </output>
        </div>
    );
}

/* What was said, oldest first. Only what is in sight is drawn; older messages come when one scrolls up to them, and
 * nothing jumps. */

import { ArrowDown } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";

import { Button } from "../../design/button.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import { EndOfList, type Sight } from "../../viewmodels/end_of_list.ts";
import type { Log, LogState } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { Gallery } from "../media/viewer.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./log.module.css";
import { LogRow } from "./log_row.tsx";
import { useGoal } from "./use_goal.ts";
import { useKeyboard } from "./use_keyboard.ts";

/** So close to an end that more is fetched. */
const NEAR_PX = 400;

export type LogViewProps = {
    log: Log;
    acts: MessageActs;
    label: string;
    /** More than two speak. */
    group: boolean;
    branchAddress: (eventId: string) => string;
    /** Stands above the first message. */
    beginning?: ReactNode;
};

export function LogView(props: LogViewProps) {
    const { rows } = useViewModel(props.log);
    return (
        <Gallery rows={rows}>
            <Lines {...props} />
        </Gallery>
    );
}

function Lines({ log, label, ...rest }: LogViewProps) {
    const state = useViewModel(log);
    const words = useWords(logWords);
    const general = useWords(designWords);
    const list = useRef<VirtualizerHandle>(null);
    const scroller = useRef<HTMLDivElement>(null);
    const [end] = useState(() => new EndOfList());
    const looked = useRef(() => {});
    const { marked, underWay } = useGoal(state, { list, end }, looked);
    const keyboard = useKeyboard(state.rows, { list, scroller });
    const look = () => {
        if (list.current === null || state.loading) return;
        if (underWay()) end.pass(sightOf(list.current));
        else lookAround(log, { state, sight: sightOf(list.current), end });
    };
    looked.current = look;
    // biome-ignore lint/correctness/useExhaustiveDependencies: another era has other rows
    useLayoutEffect(() => end.forget(), [end, state.era]);
    // biome-ignore lint/correctness/useExhaustiveDependencies: new rows may leave room for older ones
    useEffect(() => looked.current(), [state.rows]);
    useEffect(() => {
        const onFocus = () => looked.current();
        addEventListener("focus", onFocus);
        return () => removeEventListener("focus", onFocus);
    }, []);
    const stay = () => {
        if (end.at) list.current?.scrollToIndex(state.rows.length - 1, { align: "end" });
    };
    return (
        <div className={css.frame}>
            {state.loading && <Skeleton label={general.loading} />}
            {state.missed && (
                <Banner kind="warning" act={<Button onClick={() => log.forgetMiss()}>{general.close}</Button>}>
                    {words.missed}
                </Banner>
            )}
            {state.reaching && (
                <p className={css.reaching} role="status">
                    {words.loadingOlder}
                </p>
            )}
            <div
                ref={scroller}
                className={css.log}
                role="log"
                aria-live="polite"
                aria-label={label}
                // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keyboard needs to get here
                tabIndex={0}
                {...keyboard.handlers}
            >
                <div className={css.spring} />
                <Virtualizer
                    key={state.era}
                    ref={list}
                    scrollRef={scroller}
                    data={state.rows}
                    shift={state.shift && isScrolled(list.current)}
                    keepMounted={keyboard.kept}
                    onScroll={look}
                    onResize={stay}
                >
                    {(row) => (
                        <LogRow
                            key={row.key}
                            row={row}
                            log={log}
                            current={row.key === keyboard.current}
                            marked={row.key === marked}
                            {...rest}
                        />
                    )}
                </Virtualizer>
            </div>
            <ToNewest state={state} onGo={() => void log.goToEnd()} bottom={end.at} />
        </div>
    );
}

function ToNewest({ state, bottom, onGo }: { state: LogState; bottom: boolean; onGo: () => void }) {
    const words = useWords(logWords);
    if (state.loading || (bottom && state.atEnd && state.below === 0)) return null;
    const label = state.below > 0 ? words.newBelow(state.below) : words.toNewest;
    return (
        <button type="button" className={css.newest} aria-label={label} title={label} onClick={onGo}>
            <ArrowDown aria-hidden="true" />
            {state.below > 0 && <span aria-hidden="true">{state.below}</span>}
        </button>
    );
}

/** Rows that all fit have no place to keep, and keeping it would push them out of sight. */
function isScrolled(list: VirtualizerHandle | null): boolean {
    return list !== null && list.scrollSize > list.viewportSize;
}

function sightOf({ scrollOffset, scrollSize, viewportSize }: VirtualizerHandle): Sight {
    return { offset: scrollOffset, size: scrollSize, viewport: viewportSize };
}

/** Fetch what is needed next, and say whether the newest message is in sight. */
function lookAround(log: Log, { state, sight, end }: { state: LogState; sight: Sight; end: EndOfList }): void {
    // Where more is to come one has not reached the newest, and is not carried along to it.
    end.stand(sight, state.atEnd);
    if (sight.offset < NEAR_PX) void log.reachBack();
    if (sight.size - sight.viewport - sight.offset < NEAR_PX) void log.reachForward();
    log.sees({ bottom: end.at, looking: document.hasFocus() });
}

/* What js-sdk says of itself: only what is wrong, and no line of it in a browser's console. */

import { type Logger, logger as rootLogger } from "matrix-js-sdk/lib/logger";

const nothing = () => {};

/** A log that keeps nothing: js-sdk writes ids and addresses into its own. */
export const quiet: Logger = {
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    getChild: () => quiet,
};

/** Quiet the log of those parts of js-sdk that take no other: timelines and linking devices write ids into it. */
export function quieten(): void {
    Object.assign(rootLogger, quiet);
}

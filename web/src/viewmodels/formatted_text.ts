/* Reading what another app wrote as HTML. */

import type { Mention } from "../matrix/timeline/message.ts";
import { readHtml } from "../platform/html.ts";
import { type Block, formattedBlocks } from "./formatted.ts";

export type { Block, Inline } from "./formatted.ts";
export type FormattedText = readonly Block[];

/** Return what it says in pieces of our own. */
export function readFormatted(html: string, mentions: readonly Mention[]): FormattedText {
    return formattedBlocks(readHtml(html), mentions);
}

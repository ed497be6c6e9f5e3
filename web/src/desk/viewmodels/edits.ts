/* Changes to a service's files that are not published yet, as the browser keeps them. Pure. */

import type { Edited, Flow } from "../api/flow_api.ts";
import { merged } from "./line_diff.ts";

/** Changed files by name, with what stood in them. `base`: the version that was spoken. */
export type Edits = { base: string; files: Readonly<Record<string, { was: string; now: string }>> };

/** Put a text into a file; what stands there as before is no change. */
export function written(edits: Edits, { name, text }: { name: string; text: string }, flow: Flow): Edits {
    const was = flow.files.find((file) => file.name === name)?.text ?? "";
    const { [name]: _, ...others } = edits.files;
    return { ...edits, files: text === was ? others : { ...others, [name]: { was, now: text } } };
}

/** Return the edits as the gateway takes them. */
export function edited({ base, files }: Edits): Edited {
    return { base, changes: Object.fromEntries(Object.entries(files).map(([name, { now }]) => [name, now])) };
}

/** Put edits upon what others have published meanwhile. `overlaps`: files in which both changed the same lines. */
export function upon(edits: Edits, flow: Flow): { edits: Edits; overlaps: string[] } {
    const overlaps: string[] = [];
    let result: Edits = { base: flow.version, files: {} };
    for (const [name, { was, now }] of Object.entries(edits.files)) {
        const theirs = flow.files.find((file) => file.name === name)?.text ?? "";
        const both = merged(was, now, theirs);
        if (both.overlaps) overlaps.push(name);
        result = written(result, { name, text: both.text }, flow);
    }
    return { edits: result, overlaps };
}

/* HTML that others wrote, as plain data. It is read by the browser's own parser into a document that belongs to no page:
 * nothing in it runs or loads. Nothing of that document is ever put into ours. */

import { inertHtml } from "./trusted_types.ts";

/** Text, or an element with the few attributes that mean something to us. */
export type HtmlNode =
    | string
    | { readonly name: string; readonly attributes: Attributes; readonly children: readonly HtmlNode[] };

export type Attributes = Readonly<Partial<Record<(typeof KEPT)[number], string>>>;

const KEPT = ["href", "start", "alt", "data-mx-spoiler"] as const;
/** spec: client-server-api#mroommessage-msgtypes */
const DEEPEST = 100;
/** A text of a few pages has some hundred. */
const MOST_NODES = 5_000;

export function readHtml(html: string): readonly HtmlNode[] {
    const { body } = new DOMParser().parseFromString(inertHtml(html), "text/html");
    return childrenOf(body, { left: MOST_NODES }, DEEPEST);
}

function childrenOf(parent: Node, count: { left: number }, depth: number): HtmlNode[] {
    const found: HtmlNode[] = [];
    for (const node of parent.childNodes) {
        if (count.left <= 0) break;
        count.left -= 1;
        if (node.nodeType === Node.TEXT_NODE) found.push(node.nodeValue ?? "");
        else if (node instanceof Element) found.push(elementOf(node, count, depth));
    }
    return found;
}

function elementOf(element: Element, count: { left: number }, depth: number): HtmlNode {
    const kept = KEPT.flatMap((name) => {
        const value = element.getAttribute(name);
        return value === null ? [] : [[name, value] as const];
    });
    const children = depth > 1 ? childrenOf(element, count, depth - 1) : [element.textContent];
    return { name: element.localName, attributes: Object.fromEntries(kept), children };
}

/* The marks by which people write *bold*, _italic_, ~struck~, `code`, quotes and lists, as the HTML in which Matrix apps
 * tell each other of them. What one typed travels beside it, unchanged. Pure.
 * spec: client-server-api#mroommessage-msgtypes */

const TAGS: Readonly<Record<string, string>> = { "*": "strong", _: "em", "~": "del" };
const FENCE = /```\n?([\s\S]+?)\n?```/g;
/** Code, or an address: marks in them mean nothing. */
const WHOLE = /`([^`\n]+)`|(?:https?:\/\/|www\.)\S+/giu;
/** What ends a sentence, or something marked, is not part of an address in it. */
const TAIL = /[.,;:!?'’"*_~)\]}]+$/u;
/** Neither a letter nor a mark. */
const HIDDEN = "\uE000";

/** Return a text as HTML; null where it has no marks, and is best told as it is. */
export function htmlOf(text: string): string | null {
    const html = blocksOf(text);
    return html === lineBreaks(escaped(text)) ? null : html;
}

function blocksOf(text: string): string {
    let html = "";
    let done = 0;
    for (const fence of text.matchAll(FENCE)) {
        html += linesOf(withoutEdges(text.slice(done, fence.index)));
        html += `<pre><code>${escaped(fence[1] ?? "")}</code></pre>`;
        done = fence.index + fence[0].length;
    }
    return html + linesOf(done === 0 ? text : withoutEdges(text.slice(done)));
}

/** A block stands on lines of its own already. */
function withoutEdges(text: string): string {
    return text.replace(/^\n|\n$/g, "");
}

type Kind = "plain" | "quote" | "bullets" | "numbers";
type Run = { kind: Kind; lines: string[]; start: number };

function linesOf(text: string): string {
    if (text === "") return "";
    const runs: Run[] = [];
    for (const line of text.split("\n")) {
        const { kind, rest, number } = readLine(line);
        const run = runs.at(-1);
        const goesOn = run?.kind === kind && (kind !== "numbers" || number === run.start + run.lines.length);
        if (run !== undefined && goesOn) run.lines.push(rest);
        else runs.push({ kind, lines: [rest], start: number });
    }
    return runs.map(htmlOfRun).join("");
}

function readLine(line: string): { kind: Kind; rest: string; number: number } {
    const found = /^(?:(> ?)|([-*•] +)|(\d{1,3})\. +)(\S.*)$/u.exec(line);
    const [, quote, bullet, number, rest = line] = found ?? [];
    const kind =
        quote !== undefined ? "quote" : bullet !== undefined ? "bullets" : number !== undefined ? "numbers" : "plain";
    return { kind, rest, number: Number(number ?? 0) };
}

function htmlOfRun({ kind, lines, start }: Run): string {
    const items = () => lines.map((line) => `<li>${inline(line)}</li>`).join("");
    const said = () => lines.map(inline).join("<br>");
    switch (kind) {
        case "quote":
            return `<blockquote>${said()}</blockquote>`;
        case "bullets":
            return `<ul>${items()}</ul>`;
        case "numbers":
            return `<ol${start === 1 ? "" : ` start="${start}"`}>${items()}</ol>`;
        case "plain":
            return said();
    }
}

/** A line in which addresses and code are hidden from whoever looks for marks, and what they say as HTML. */
type Line = { text: string; hidden: string; wholes: ReadonlyMap<number, { html: string; length: number }> };

function inline(text: string): string {
    const wholes = new Map<number, { html: string; length: number }>();
    const hidden = text.replace(WHOLE, (found: string, code: string | undefined, at: number) => {
        const whole = code === undefined ? found.replace(TAIL, "") : found;
        if (isWord(text, at - 1)) return found;
        const html = code === undefined ? escaped(whole) : `<code>${escaped(code)}</code>`;
        wholes.set(at, { html, length: whole.length });
        return HIDDEN.repeat(whole.length) + found.slice(whole.length);
    });
    return htmlOfPart({ text, hidden, wholes }, 0, text.length);
}

function htmlOfPart(line: Line, from: number, to: number): string {
    /** Marks that nothing ends from here on. */
    const endless = new Set<string>();
    let html = "";
    for (let at = from; at < to; ) {
        const whole = line.wholes.get(at);
        const mark = line.hidden.charAt(at);
        const tag = !endless.has(mark) && opens(line.hidden, at) ? TAGS[mark] : undefined;
        const end = tag === undefined ? -1 : endOf(line.hidden, at, to);
        if (tag !== undefined && end < 0) endless.add(mark);
        if (end >= 0) {
            html += `<${tag}>${htmlOfPart(line, at + 1, end)}</${tag}>`;
            at = end + 1;
        } else {
            html += whole?.html ?? escaped(line.text.charAt(at));
            at += whole?.length ?? 1;
        }
    }
    return html;
}

/** Where the mark that opens here ends; -1 where nothing ends it. */
function endOf(hidden: string, start: number, to: number): number {
    const mark = hidden.charAt(start);
    for (let at = hidden.indexOf(mark, start + 2); at >= 0 && at < to; at = hidden.indexOf(mark, at + 1)) {
        if (closes(hidden, at)) return at;
    }
    return -1;
}

function opens(text: string, at: number): boolean {
    const [before, mark, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)];
    return !isWord(text, at - 1) && before !== mark && after !== mark && /\S/.test(after);
}

function closes(text: string, at: number): boolean {
    const [before, mark, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)];
    return !isWord(text, at + 1) && before !== mark && after !== mark && /\S/.test(before);
}

function isWord(text: string, at: number): boolean {
    return /[\p{L}\p{N}]/u.test(text.charAt(at));
}

function lineBreaks(html: string): string {
    return html.replaceAll("\n", "<br>");
}

function escaped(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

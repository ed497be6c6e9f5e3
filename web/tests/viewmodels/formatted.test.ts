/* What another app, or somebody who pretends to be one, may send, as the browser's parser hands it over. */

import { expect, test } from "vitest";

import type { HtmlNode } from "../../src/platform/html.ts";
import { type Block, formattedBlocks, type Inline } from "../../src/viewmodels/formatted.ts";

const el = (name: string, ...children: HtmlNode[]): HtmlNode => ({ name, attributes: {}, children });
const a = (href: string, ...children: HtmlNode[]): HtmlNode => ({ name: "a", attributes: { href }, children });
const read = (...nodes: HtmlNode[]) => formattedBlocks(nodes, [{ userId: "@ani:x", name: "Ani", me: true }]);

function inlines(blocks: readonly Block[]): readonly Inline[] {
    const [first] = blocks;
    return first?.kind === "paragraph" ? first.pieces : [];
}

/** Everything that is said, however deep. */
function words(blocks: readonly Block[]): string {
    return JSON.stringify(blocks);
}

test("marks, headings, quotes, lists and code are kept", () => {
    const blocks = read(
        el("h2", "Rapat"),
        el("p", "Jam ", el("b", "tiga"), el("br"), "di ", el("i", "kantor")),
        el("blockquote", el("p", "kata dia")),
        {
            name: "ol",
            attributes: { start: "3" },
            children: ["\n", el("li", "satu"), "\n", el("li", el("ul", el("li", "dua")))],
        },
        el("pre", el("code", "a  <\nb\n")),
        el("hr"),
    );
    expect(blocks.map(({ kind }) => kind)).toEqual(["paragraph", "paragraph", "quote", "list", "code", "rule"]);
    expect(blocks[0]).toMatchObject({ heading: true });
    expect(blocks[1]).toMatchObject({
        pieces: [
            { kind: "text", text: "Jam " },
            { kind: "styled", style: "strong" },
            { kind: "break" },
            { kind: "text", text: "di " },
            { kind: "styled", style: "em" },
        ],
    });
    expect(blocks[3]).toMatchObject({ kind: "list", start: 3 });
    expect(blocks[4]).toEqual({ kind: "code", text: "a  <\nb" });
});

test.each(["script", "style", "template", "iframe", "object", "svg", "math", "noscript", "mx-reply"])(
    "what stands in <%s> is not even read",
    (name) => {
        expect(words(read("a", el(name, "alert(1)", el("p", "alert(2)")), "b"))).not.toContain("alert");
        expect(words(read(el("ul", el(name, "alert(1)"))))).not.toContain("alert");
        expect(words(read(el("pre", el(name, "alert(1)"))))).not.toContain("alert");
    },
);

test.each(["form", "button", "video", "font", "marquee", "x-y", "constructor", "__proto__"])(
    "of <%s> the words are left",
    (name) => {
        expect(inlines(read(el(name, "hai")))).toEqual([{ kind: "text", text: "hai" }]);
    },
);

test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "/x",
    "",
])("a link to %j is words only", (href) => {
    expect(inlines(read(a(href, "klik")))).toEqual([{ kind: "text", text: "klik" }]);
});

test.each([
    ["https://jahat.example/", "bank.example", "jahat.example"],
    ["https://jahat.example/", "https://bank.example/masuk", "jahat.example"],
    ["https://bank.example@jahat.example/", "bank.example", "jahat.example"],
    ["https://contoh.id/a/b", "sini", "contoh.id"],
    ["https://contoh.id/a/b", "https://contoh.id/…", null],
    ["https://contoh.id/", "contoh.id", null],
    ["mailto:ani@contoh.id", "ani@contoh.id", null],
    ["mailto:ani@contoh.id", "budi@contoh.id", "ani@contoh.id"],
])("a link to %s that says %j shows %j", (href, said, host) => {
    expect(inlines(read(a(href, el("b", said))))[0]).toMatchObject({ kind: "anchor", host });
});

test("people are named, whatever the link's words are", () => {
    const pieces = inlines(
        read(a("https://matrix.to/#/%40ani:x", "Ani"), " dan ", a("https://matrix.to/#/@eve:x", "Ani")),
    );
    expect(pieces[0]).toEqual({ kind: "mention", text: "Ani", me: true });
    expect(pieces.at(-1)).toEqual({ kind: "mention", text: "Ani", me: false });
});

test("a picture is its description, and loads nothing", () => {
    const img: HtmlNode = { name: "img", attributes: { alt: ":kucing:" }, children: [] };
    expect(inlines(read(img, el("img")))).toEqual([{ kind: "text", text: ":kucing:" }]);
});

test("what hides something stays hidden until somebody asks", () => {
    const span: HtmlNode = { name: "span", attributes: { "data-mx-spoiler": "" }, children: ["pembunuhnya"] };
    expect(inlines(read(span))).toMatchObject([{ kind: "spoiler" }]);
});

test("what is nested ever deeper ends as words", () => {
    for (const name of ["blockquote", "ul", "b", "div", "span"]) {
        let node: HtmlNode = "dasar";
        for (let depth = 0; depth < 100; depth++) node = el(name, node);
        const said = words(read(node));
        expect(said).toContain("dasar");
        expect(said.length).toBeLessThan(3_000);
    }
});

test("what says nothing is nothing", () => {
    expect(read(" \n ", el("p"), el("br"), el("div", el("br")))).toEqual([]);
});

test("cells of a table stay apart", () => {
    const row = (...cells: string[]) => el("tr", ...cells.map((cell) => el("td", cell)));
    const blocks = read(el("table", el("tbody", row("a", "b"), row("c", "d"))));
    expect(
        blocks.map((block) =>
            block.kind === "paragraph"
                ? block.pieces
                      .map((each) => ("text" in each ? each.text : ""))
                      .join("")
                      .trim()
                : "",
        ),
    ).toEqual(["a b", "c d"]);
});

test("what stands on a new line begins there", () => {
    const [paragraph] = read(el("p", "satu", el("br"), "\ndua", el("br"), " ", el("b", "tiga")));
    const texts =
        paragraph?.kind === "paragraph" ? paragraph.pieces.map((each) => ("text" in each ? each.text : each.kind)) : [];
    expect(texts).toEqual(["satu", "break", "dua", "break", "", "styled"]);
});

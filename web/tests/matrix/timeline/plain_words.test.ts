import { expect, test } from "vitest";

import { htmlOf } from "../../../src/matrix/sending/marks.ts";
import { plainWords } from "../../../src/matrix/timeline/plain_words.ts";

test.each([
    ["*tebal* dan _miring_, ~coret~.", "tebal dan miring, coret."],
    ["pakai `a * b` ya", "pakai a * b ya"],
    ["```\nlet a = 1 < 2;\n```\nlalu", "let a = 1 < 2;\nlalu"],
    ["> kata dia\nsetuju & *pasti*", "kata dia\nsetuju & pasti"],
    ["beli:\n- beras\n- *gula*", "beli:\n• beras\n• gula"],
    ["3. tiga\n4. _empat_", "3. tiga\n4. empat"],
])("of %j a line says %j", (text, words) => {
    expect(plainWords(text, htmlOf(text) ?? undefined)).toBe(words);
});

test("marks that format nothing are words", () => {
    expect(plainWords("2 * 3 * 4 dan *ini*", undefined)).toBe("2 * 3 * 4 dan *ini*");
});

test.each([
    ["<strong>tebal</strong> &#39;ya&#x27; &nbsp;&lt;b&gt;", "tebal 'ya'  <b>"],
    ["<p>satu</p><p>dua<br/>tiga</p>", "satu\ndua\ntiga"],
    ["<mx-reply><blockquote>lama</blockquote></mx-reply>baru", "baru"],
    ['dia <span data-mx-spoiler="akhir">mati</span> nanti', "dia … nanti"],
    ['<a href="https://contoh.id">di sini</a>', "di sini"],
    ["<img src=x>", "**asli**"],
    ["terpotong <stro", "terpotong"],
    ["&amp;lt;b&amp;gt; &#0; &#9999999;", "&lt;b&gt; &#0; &#9999999;"],
])("another app's %j is read as %j", (html, words) => {
    expect(plainWords("**asli**", html)).toBe(words);
});

test("a long and tangled text costs no more than a moment", () => {
    const began = performance.now();
    for (const tangled of ["<span data-mx-spoiler>", "<mx-reply>", "<ol><li>", "<", "<p"]) {
        plainWords("", tangled.repeat(20_000));
    }
    expect(performance.now() - began).toBeLessThan(500);
});

import { expect, test } from "vitest";

import { htmlOf } from "../../../src/matrix/sending/marks.ts";

test.each([
    ["*tebal* dan _miring_, ~coret~.", "<strong>tebal</strong> dan <em>miring</em>, <del>coret</del>."],
    ["*tebal _dan miring_*", "<strong>tebal <em>dan miring</em></strong>"],
    ["pakai `a * b * c` ya", "pakai <code>a * b * c</code> ya"],
    ["```\nlet a = 1;\n  <b>\n```\nlalu", "<pre><code>let a = 1;\n  &lt;b&gt;</code></pre>lalu"],
    ["> kata dia\n> begitu\nsetuju", "<blockquote>kata dia<br>begitu</blockquote>setuju"],
    ["beli:\n- beras\n* gula", "beli:<ul><li>beras</li><li>gula</li></ul>"],
    ["1. satu\n2. *dua*", "<ol><li>satu</li><li><strong>dua</strong></li></ol>"],
    ["3. tiga\n4. empat", '<ol start="3"><li>tiga</li><li>empat</li></ol>'],
    ["(*penting*)", "(<strong>penting</strong>)"],
    ["*<img src=x onerror=alert(1)>*", "<strong>&lt;img src=x onerror=alert(1)&gt;</strong>"],
    ["*lihat https://a.example/x*y_z*", "<strong>lihat https://a.example/x*y_z</strong>"],
])("%j is told as HTML", (text, html) => {
    expect(htmlOf(text)).toBe(html);
});

test.each([
    "tanpa tanda",
    "2 * 3 * 4 = 24",
    "nama_berkas_panjang.txt",
    "https://contoh.id/_a_/*b*/~c~",
    "** bukan **",
    "* ",
    "_",
    "a*b*c",
    '5 > 3 dan <b>bukan tebal</b> & "kutip"',
    "baris satu\nbaris dua",
])("%j has no marks, and is told as it is", (text) => {
    expect(htmlOf(text)).toBeNull();
});

test("a long row of marks costs no more than a moment", () => {
    const began = performance.now();
    htmlOf("*a ".repeat(6_000));
    htmlOf("*_~`".repeat(5_000));
    expect(performance.now() - began).toBeLessThan(1_500);
});

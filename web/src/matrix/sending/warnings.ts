/* What somebody should think about once more before it is sent. Looks at words on this device only; pure. */

/** A one-time code is about to be given away; a phone number is about to be given to a stranger. */
export type Warning = "code" | "number";

/** Where a text would go. */
export type Recipient = {
    /** Nothing was ever written to them. */
    stranger: boolean;
    /** What they said last, if a text. */
    lastHeard: string | null;
};

/** Words beside which a number is a code that opens an account. */
const CODE_WORDS =
    /\b(o\.?t\.?p|kode|verifikasi|verification|verify|code|passcode|token|sandi sekali pakai|one[- ]time|2fa)\b/i;
/** Words that make a code one of another kind. */
const OTHER_CODES =
    /\b(kode\s*(pos|promo|voucher|booking|unik|warna|area|wilayah|barang|produk|etik|sumber|kelas|mata kuliah|bank)|(zip|post(al)?|promo|discount|voucher|area|source|colou?r|qr|dress|booking)\s*code)\b/i;
/** Four to eight digits that stand alone, perhaps in two groups; not part of money, a date or a phone number. */
const DIGITS = /(?<![\d.,/+:-])(\d{4,8}|\d{3}[ -]\d{3})(?![\d/:]|[.,]\d)/g;
/** The last line of an SMS with a code for a page: `@amanat.example #123456`. */
const BOUND_CODE = /^@\S+ #\w{4,}$/m;
/** A phone number: with its country, or as people here write it. */
const NUMBER = /(?<!\d)(\+\d{1,3}|62|0)[ .-]?8?\(?\d{2,4}\)?([ .-]?\d{2,4}){2,4}(?!\d)/g;

/** Return what is to be thought about before a text is sent; null for nearly every text. */
export function warningOf(text: string, { stranger, lastHeard }: Recipient): Warning | null {
    if (givesCode(text, lastHeard)) return "code";
    return stranger && numbersIn(text).length > 0 ? "number" : null;
}

function givesCode(text: string, lastHeard: string | null): boolean {
    if (BOUND_CODE.test(text)) return true;
    const codes = codesIn(text);
    if (codes.length === 0) return false;
    if (CODE_WORDS.test(text)) return !OTHER_CODES.test(text);
    // Nothing but a code, after they asked for one.
    const bare = text.replace(DIGITS, "").trim() === "";
    return bare && lastHeard !== null && CODE_WORDS.test(lastHeard) && !OTHER_CODES.test(lastHeard);
}

function codesIn(text: string): string[] {
    const numbers = numbersIn(text);
    return (text.match(DIGITS) ?? []).filter((code) => !isYear(code) && !numbers.some((one) => one.includes(code)));
}

function isYear(code: string): boolean {
    return /^(19|20)\d\d$/.test(code);
}

function numbersIn(text: string): string[] {
    return (text.match(NUMBER) ?? []).filter((number) => {
        const digits = number.replace(/\D/g, "").length;
        return digits >= 9 && digits <= 15;
    });
}

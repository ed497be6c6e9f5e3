import { words } from "./words.ts";

export const designWords = words({
    id: {
        close: "Tutup",
        back: "Kembali",
        more: "Lainnya",
        loading: "Sedang memuat",
        copy: "Salin",
        copied: "Tersalin",
    },
    en: { close: "Close", back: "Back", more: "More", loading: "Loading", copy: "Copy", copied: "Copied" },
});

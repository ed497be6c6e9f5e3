import { words } from "./words.ts";

export const lookWords = words({
    id: {
        title: "Bahasa dan tampilan",
        language: "Bahasa",
        languageHint: "Ikut ke semua perangkatmu.",
        theme: "Terang atau gelap",
        system: "Ikut perangkat",
        light: "Terang",
        dark: "Gelap",
        text: "Ukuran huruf",
        normal: "Biasa",
        large: "Besar",
        larger: "Lebih besar",
        device: "Hanya di perangkat ini.",
    },
    en: {
        title: "Language and look",
        language: "Language",
        languageHint: "Goes along to all your devices.",
        theme: "Light or dark",
        system: "As the device",
        light: "Light",
        dark: "Dark",
        text: "Size of text",
        normal: "Usual",
        large: "Large",
        larger: "Larger",
        device: "On this device only.",
    },
});

import { words } from "./words.ts";

export const meWords = words({
    id: { title: "Aku", account: "Akun dan perangkatku", signOut: "Keluar dari perangkat ini" },
    en: { title: "Me", account: "My account and devices", signOut: "Sign out of this device" },
});

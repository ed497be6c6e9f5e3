import { words } from "./words.ts";

export const chatChoicesWords = words({
    id: {
        failed: "Tidak berhasil. Periksa sambunganmu, lalu coba lagi.",
        understood: "Mengerti",
        leave: "Keluar dari grup",
        leaveTitle: "Keluar dari grup?",
        leaveAbout:
            "Grup ini hilang dari daftarmu di semua perangkat, dan kamu tidak menerima pesan barunya. Yang sudah kamu tulis tetap ada pada anggota lain.",
        successor: "Siapa yang memimpin grup setelah kamu?",
        leaveDo: "Keluar",
        stay: "Tetap di grup",
        delete: "Hapus obrolan",
        deleteTitle: "Hapus obrolan ini?",
        deleteAbout: (name: string) =>
            `Semua pesannya hilang dari semua perangkatmu. Ini tidak bisa dibatalkan. ${name} tetap menyimpan miliknya, dan masih bisa mengajakmu mengobrol lagi.`,
        deleteDo: "Hapus obrolan",
        keep: "Biarkan",
        block: (name: string) => `Blokir ${name}`,
        blockTitle: (name: string) => `Blokir ${name}?`,
        blockAbout: (name: string) =>
            `Kamu tidak menerima apa pun lagi dari ${name}: pesan, ajakan, panggilan. Dia tidak diberi tahu, dan obrolan ini tetap ada.`,
        blockDo: "Blokir",
        unblock: "Buka blokir",
        blocked: (name: string) => `Kamu memblokir ${name}. Pesannya tidak sampai kepadamu.`,
        report: (name: string) => `Laporkan ${name}`,
    },
    en: {
        failed: "That did not work. Check your connection and try again.",
        understood: "Understood",
        leave: "Leave the group",
        leaveTitle: "Leave the group?",
        leaveAbout:
            "The group goes from the list on all of your devices, and you get none of its new messages. What you have written stays with the other members.",
        successor: "Who leads the group after you?",
        leaveDo: "Leave",
        stay: "Stay",
        delete: "Delete the chat",
        deleteTitle: "Delete this chat?",
        deleteAbout: (name: string) =>
            `All of its messages go from all of your devices. This cannot be undone. ${name} keeps theirs, and can still ask you into a new chat.`,
        deleteDo: "Delete the chat",
        keep: "Keep it",
        block: (name: string) => `Block ${name}`,
        blockTitle: (name: string) => `Block ${name}?`,
        blockAbout: (name: string) =>
            `Nothing from ${name} reaches you any more: no message, no invitation, no call. They are not told, and this chat stays.`,
        blockDo: "Block",
        unblock: "Unblock",
        blocked: (name: string) => `You have blocked ${name}. What they send does not reach you.`,
        report: (name: string) => `Report ${name}`,
    },
});

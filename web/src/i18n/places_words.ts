import { words } from "./words.ts";

export const placesWords = words({
    id: {
        services: "Layanan",
        noServices: "Belum ada layanan",
        noServicesAbout:
            "Obrolanmu dengan kantor dan usaha akan muncul di sini. Diberi nama pengguna oleh salah satunya? Mulai dari sini.",
        communities: "Komunitas",
        noCommunities: "Belum ada komunitas",
        noCommunitiesAbout:
            "Komunitas menyatukan beberapa grup: RT, sekolah, perkumpulan. Yang kamu ikuti akan muncul di sini. Sekarang kamu bisa membuat grup, atau bergabung lewat tautan.",
        noChats: "Kamu belum ikut grup mana pun di sini.",
        newGroup: "Buat grup",
        link: "Tautan bergabung",
        linkHint: "Tempel tautan yang kamu terima.",
        open: "Buka tautan",
        wrongLink: "Ini bukan tautan grup atau orang di server ini.",
    },
    en: {
        services: "Services",
        noServices: "No services yet",
        noServicesAbout:
            "Your chats with offices and businesses will appear here. Has one given you its user name? Begin here.",
        communities: "Communities",
        noCommunities: "No communities yet",
        noCommunitiesAbout:
            "A community holds several groups together: a neighbourhood, a school, a club. Those you are in will appear here. For now you can make a group, or join one by its link.",
        noChats: "You are in none of its groups yet.",
        newGroup: "Make a group",
        link: "Link to join",
        linkHint: "Paste the link that you were given.",
        open: "Open the link",
        wrongLink: "This is no link to a group or a person on this server.",
    },
});

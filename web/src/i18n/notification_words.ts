import { words } from "./words.ts";

export const notificationWords = words({
    id: {
        title: "Pemberitahuan",
        on: "Beri tahu di perangkat ini",
        onHint: "Kalau ada pesan baru sementara kamu tidak melihat Amanat.",
        content: "Tampilkan nama dan isi pesan",
        contentHint: "Kalau dimatikan, layar kunci hanya menulis “Pesan baru”.",
        closed: "Saat Amanat tertutup",
        closedOn:
            "Perangkat ini tetap diberi tahu. Yang lewat di internet hanya tanda bahwa ada pesan, bukan isinya. Perangkat inilah yang membuka pesannya; kalau belum bisa, pemberitahuannya hanya menulis “Pesan baru”.",
        closedOff: "Peramban ini hanya bisa memberi tahu selama Amanat terbuka di salah satu tab.",
        denied: "Peramban ini dilarang memberi tahu. Izinkan lewat gembok di samping alamat, lalu coba lagi.",
        unsupported: "Peramban ini tidak punya pemberitahuan. Di iPhone, pasang Amanat ke layar utama dulu.",
        failed: "Belum berhasil. Periksa sambunganmu, lalu coba lagi.",
        quiet: "Jam tenang",
        quietHint: "Kapan pemberitahuan tidak bersuara",
        mute: "Obrolan yang dibisukan dan yang dikunci tidak memberi tahu.",
    },
    en: {
        title: "Notifications",
        on: "Notify me on this device",
        onHint: "When a message comes while you are not looking at Amanat.",
        content: "Show names and messages",
        contentHint: "When off, the lock screen says only “New message”.",
        closed: "While Amanat is closed",
        closedOn:
            "This device is notified too. Only a sign that there is a message crosses the internet, not what it says. This device opens the message itself; where it cannot yet, the notification says only “New message”.",
        closedOff: "This browser can only notify you while Amanat is open in a tab.",
        denied: "This browser may not notify you. Allow it by the padlock beside the address, then try again.",
        unsupported: "This browser has no notifications. On an iPhone, add Amanat to the home screen first.",
        failed: "That did not work. Check your connection and try again.",
        quiet: "Quiet hours",
        quietHint: "When notifications make no sound",
        mute: "Muted chats and locked chats do not notify.",
    },
});

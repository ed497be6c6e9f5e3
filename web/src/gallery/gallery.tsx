/* The parts that screens are made of, in each of their states. */

import { Bell, Send, Star } from "lucide-react";
import { useState } from "react";

import { Avatar } from "../design/avatar.tsx";
import { Button, IconButton } from "../design/button.tsx";
import { Choices } from "../design/choices.tsx";
import { SelectField, Switch, TextField } from "../design/field.tsx";
import { PickBelow, PickFromList, Tick } from "../design/picking.tsx";
import { Sheet } from "../design/sheet.tsx";
import { Badge, Banner, Empty, Skeleton, Toast } from "../design/states.tsx";
import { Stepper } from "../design/stepper.tsx";
import { Tabs } from "../design/tabs.tsx";
import { TextArea } from "../design/text_area.tsx";
import { DeskParts } from "./desk_parts.tsx";
import css from "./gallery.module.css";
import { Section } from "./section.tsx";

const COLOURS = [
    "--accent",
    "--accent-soft",
    "--on-accent",
    "--danger",
    "--danger-soft",
    "--warning",
    "--warning-soft",
    "--good",
    "--surface",
    "--surface-low",
    "--surface-high",
    "--bubble-theirs",
    "--bubble-mine",
    "--text",
    "--text-soft",
    "--line",
];
const TABS = ["Emoji", "Stiker"];
const SPANS = ["Tidak pernah", "1 hari", "7 hari"];
const FEW = ["Ya, benar", "Bukan", "Nanti saja"].map((title) => ({ id: title, title, description: "" }));
const LIST = [
    { id: "status", title: "Status permohonan", description: "Dengan nomor permohonan dan tanggal lahir" },
    { id: "biaya", title: "Biaya", description: "" },
    { id: "panjang", title: "Pilihan dengan kata yang luar biasa panjangnya sekali lagi", description: "x".repeat(72) },
];
const NAMES = ["Ani", "Budi Santoso", "Citra Dewi", "Dinas Contoh", "Ω", "👋"];

export function Gallery() {
    return (
        <main className={css.page}>
            <h1>Design</h1>
            <Colours />
            <Buttons />
            <Fields />
            <People />
            <States />
            <Sheets />
            <Offers />
            <Quantities />
            <DeskParts />
        </main>
    );
}

function Colours() {
    return (
        <Section title="Colours">
            <div className={css.swatches}>
                {COLOURS.map((name) => (
                    <div key={name} className={css.swatch}>
                        <span style={{ "--shown": `var(${name})` } as React.CSSProperties} />
                        {name}
                    </div>
                ))}
            </div>
        </Section>
    );
}

function Buttons() {
    return (
        <Section title="Buttons">
            {(["main", "other", "plain", "danger"] as const).map((kind) => (
                <div key={kind} className={css.row}>
                    <Button kind={kind}>Kirim</Button>
                    <Button kind={kind} busy>
                        Sedang dikirim
                    </Button>
                    <Button kind={kind} disabled>
                        Tidak bisa
                    </Button>
                    <Button kind={kind}>
                        <Send aria-hidden="true" /> Dengan gambar
                    </Button>
                </div>
            ))}
            <div className={css.row}>
                <IconButton label="Kirim">
                    <Send aria-hidden="true" />
                </IconButton>
                <IconButton label="Disukai" aria-pressed="true">
                    <Star aria-hidden="true" />
                </IconButton>
                <IconButton label="Tidak bisa" disabled>
                    <Bell aria-hidden="true" />
                </IconButton>
            </div>
        </Section>
    );
}

function Fields() {
    const [on, setOn] = useState(true);
    const [span, setSpan] = useState("1 hari");
    const [tab, setTab] = useState("Emoji");
    return (
        <Section title="Fields">
            <TextField label="Nama pengguna" hint="Seperti @ani." placeholder="ani" />
            <TextField label="Kode" error="Kode ini tidak cocok." defaultValue="123" />
            <TextField label="Tidak bisa diubah" defaultValue="tetap" disabled />
            <SelectField
                label="Pesan hilang setelah"
                hint="Hanya pemilik obrolan yang bisa mengubahnya."
                options={SPANS}
                nameOf={(span) => span}
                chosen={span}
                choose={setSpan}
            />
            <SelectField
                label="Tidak bisa diubah"
                options={SPANS}
                nameOf={String}
                chosen={span}
                choose={setSpan}
                disabled
            />
            <Switch label="Tanda baca" hint="Orang lain tahu kapan kamu membaca." checked={on} onChange={setOn} />
            <Tabs label="Yang dipilih" names={TABS} nameOf={String} shown={tab} show={setTab}>
                {tab}
            </Tabs>
            <Switch label="Tidak bisa diubah" checked={false} onChange={setOn} disabled />
            <Picking />
        </Section>
    );
}

const FILES = ["KTP", "Kartu keluarga", "Akta kelahiran"].map((title, place) => ({
    id: title,
    title,
    description: place === 1 ? "Yang terbaru" : "",
    enabled: place !== 2,
}));

function Picking() {
    const [one, setOne] = useState("");
    const [many, setMany] = useState<readonly string[]>(["KTP"]);
    const [agreed, setAgreed] = useState(false);
    const missing = agreed ? null : "Ini harus diisi.";
    return (
        <>
            <PickFromList label="Berkas" none="Pilih" options={FILES} chosen={one} choose={setOne} error={missing} />
            <PickBelow
                many={false}
                label="Satu berkas"
                options={FILES}
                chosen={[one]}
                choose={([id]) => setOne(id ?? "")}
            />
            <PickBelow
                many
                label="Semua berkas"
                hint="Paling banyak dua."
                options={FILES}
                chosen={many}
                choose={setMany}
            />
            <Tick label="Saya setuju" checked={agreed} onChange={setAgreed} error={missing} />
            <TextArea label="Pesan" hint="Boleh panjang." error={missing} rows={3} />
        </>
    );
}

function People() {
    return (
        <Section title="People">
            <div className={css.row}>
                {NAMES.map((name) => (
                    <Avatar key={name} id={name} name={name} />
                ))}
                <Avatar id="picture" name="Gambar" src="/icon.svg" />
                <Avatar id="small" name="Kecil" size={24} />
                <Avatar id="large" name="Besar Sekali" size={80} />
            </div>
            <div className={css.row}>
                <Badge count={1} label="1 belum dibaca" />
                <Badge count={100} label="100 belum dibaca" />
                <Badge count={0} label="Ditandai belum dibaca" />
                <Badge count={7} label="7 belum dibaca, senyap" quiet />
            </div>
        </Section>
    );
}

function States() {
    return (
        <Section title="States">
            <div className={css.frame}>
                <Toast>Tersalin</Toast>
                <Banner kind="info">Salinanmu sedang disiapkan.</Banner>
                <Banner kind="warning">Kamu sedang luring. Pesanmu kami kirim begitu tersambung.</Banner>
                <Banner kind="danger" act={<Button kind="plain">Lihat</Button>}>
                    Ada perangkat yang tidak dikenal. Pesanmu ditahan.
                </Banner>
            </div>
            <div className={css.frame}>
                <Empty title="Belum ada obrolan">
                    <p>Mulai dengan nama pengguna seseorang.</p>
                    <Button kind="main">Obrolan baru</Button>
                </Empty>
            </div>
            <div className={css.frame}>
                <Skeleton label="Sedang memuat" rows={3} />
            </div>
        </Section>
    );
}

function Sheets() {
    const [open, setOpen] = useState(false);
    return (
        <Section title="Sheets">
            <div className={css.row}>
                <Button onClick={() => setOpen(true)}>Buka lembar</Button>
            </div>
            {open && (
                <Sheet title="Siapa yang bisa membaca" onClose={() => setOpen(false)}>
                    <p>Hanya kamu dan Ani.</p>
                    <Button kind="main" wide onClick={() => setOpen(false)}>
                        Mengerti
                    </Button>
                </Sheet>
            )}
        </Section>
    );
}

function Offers() {
    const [taken, setTaken] = useState<string | null>(null);
    const words = { label: "Pilihan", chosenLabel: "pilihanmu" };
    return (
        <Section title="Choices">
            <div className={css.frame}>
                <Choices {...words} choices={FEW} chosen={taken} closed={taken !== null} onChoose={setTaken} />
            </div>
            <div className={css.frame}>
                <Choices {...words} choices={LIST} chosen={null} closed={false} onChoose={setTaken} />
            </div>
            <div className={css.frame}>
                <Choices {...words} choices={LIST} chosen="status" closed onChoose={setTaken} />
            </div>
            <div className={css.frame}>
                <Choices {...words} choices={FEW} chosen={null} closed onChoose={setTaken} />
            </div>
        </Section>
    );
}

function Quantities() {
    const [taken, setTaken] = useState(0);
    const words = { label: "Jumlah Kopi", less: "Kurangi Kopi", more: "Tambah Kopi" };
    return (
        <Section title="Quantities">
            <div className={css.row}>
                <Stepper {...words} value={taken} most={3} onChange={setTaken} />
            </div>
        </Section>
    );
}

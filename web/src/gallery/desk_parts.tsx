/* What screens of the desk are made of beside the others. */

import { Check } from "lucide-react";
import { useRef, useState } from "react";

import { Button } from "../design/button.tsx";
import { CodeArea, type CodeAreaHandle } from "../design/code_area.tsx";
import { KeyList } from "../design/key_list.tsx";
import { LineChanges } from "../design/line_changes.tsx";
import { MarkedText } from "../design/marked_text.tsx";
import { HappenedLine, SpokenLine } from "../design/spoken_line.tsx";
import { TextArea } from "../design/text_area.tsx";
import css from "./gallery.module.css";
import { Section } from "./section.tsx";

const FILE = "## welcome\nSelamat datang di **Kantor Contoh**.\n\n- status: Status {permohonan.nomer}\n- biaya: Biaya";
const WRONG = new Set([4]);
const KEYS = [
    { key: "t", alt: false, does: "Ambil obrolan" },
    { key: "ArrowDown", alt: true, does: "Obrolan di bawahnya" },
    { key: " ", alt: false, does: "Pilih" },
];
const CHANGES = [
    { kind: "same", lines: ["satu", "dua", "tiga", "empat", "lima"] },
    { kind: "gone", lines: ["Kami buka pukul 8."] },
    { kind: "new", lines: ["Kami buka pukul 7.", "Sampai pukul 15."] },
    { kind: "same", lines: ["enam"] },
] as const;
const CHANGE_WORDS = {
    added: (count: number) => `${count} baris ditambah`,
    removed: (count: number) => `${count} baris dihapus`,
    skipped: (count: number) => `… ${count} baris tetap`,
};

export function DeskParts() {
    const [text, setText] = useState(FILE);
    const code = useRef<CodeAreaHandle>(null);
    return (
        <Section title="Desk">
            <TextArea label="Jawaban" hint="Ani membacanya di obrolan." defaultValue={"Satu baris,\ndan satu lagi."} />
            <div>
                <HappenedLine>Hari ini</HappenedLine>
                <SpokenLine mine={false} by="Ani" below="09.30">
                    <MarkedText text="Pak, sudah **dua minggu**, *belum* jadi." />
                </SpokenLine>
                <SpokenLine
                    mine
                    by="Budi"
                    below={
                        <>
                            09.31 <Check aria-hidden="true" />
                        </>
                    }
                >
                    Saya periksa dulu.
                </SpokenLine>
                <SpokenLine mine by={null} failed below="Belum terkirim">
                    Mohon tunggu sebentar.
                </SpokenLine>
            </div>
            <div className={css.frame}>
                <CodeArea handle={code} label="Isi texts/id.md" text={text} marked={WRONG} onChange={setText} />
            </div>
            <div className={css.row}>
                <Button onClick={() => code.current?.goTo(4)}>Ke baris 4</Button>
            </div>
            <LineChanges pieces={CHANGES} words={CHANGE_WORDS} />
            <KeyList keys={KEYS} space="Spasi" />
        </Section>
    );
}

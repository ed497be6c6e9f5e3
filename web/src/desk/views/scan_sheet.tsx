/* Checking in with the camera: a preview, and what came of the ticket that was read last. */

import { useEffect, useState } from "react";

import { CameraPreview } from "../../design/camera_preview.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner } from "../../design/states.tsx";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Day } from "../viewmodels/day.ts";
import { Scanning } from "../viewmodels/scanning.ts";
import { OutcomeLine } from "./outcome_line.tsx";

export function ScanSheet({ day, close }: { day: Day; close: () => void }) {
    const words = useWords(deskDayWords);
    const [scanning, setScanning] = useState<Scanning | null>(null);
    const { outcome } = useViewModel(day);
    useEffect(() => {
        const opened = new Scanning({ read: (text) => day.receive(text) });
        setScanning(opened);
        void opened.run();
        return () => opened.dispose();
    }, [day]);
    return (
        <Sheet title={words.scanTitle} onClose={close}>
            <p>{words.scanHint}</p>
            {scanning && <Seen scanning={scanning} />}
            {outcome && <OutcomeLine outcome={outcome} />}
        </Sheet>
    );
}

function Seen({ scanning }: { scanning: Scanning }) {
    const { stream, refused } = useViewModel(scanning);
    const words = useWords(deskDayWords);
    if (refused) return <Banner kind="danger">{words.noCamera}</Banner>;
    return stream && <CameraPreview stream={stream} label={words.preview} />;
}

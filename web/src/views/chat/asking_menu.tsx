/* What a message lets one choose, where a choice may ask for more than its words: a number, or a place. */

import { useState } from "react";
import type { LogMessage } from "../../viewmodels/log.ts";
import type { Where } from "../../viewmodels/media.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import type { NumberShare } from "../../viewmodels/number_share.ts";
import { PlaceSheet } from "../media/place_sheet.tsx";
import { NumberSheet } from "./number_sheet.tsx";
import { OfferedMenu } from "./offered_menu.tsx";

type Asking = { what: "phone"; share: NumberShare } | { what: "place"; where: Where };
type Given = { acts: MessageActs; message: LogMessage; menu: NonNullable<LogMessage["menu"]> };

export function AskingMenu({ acts, message, menu }: Given) {
    const [asking, setAsking] = useState<Asking | null>(null);
    const choose = (choiceId: string) => {
        const wanted = acts.wants(message, choiceId);
        if (wanted === "phone") setAsking({ what: "phone", share: acts.numberFor(message, choiceId) });
        else if (wanted === "place") setAsking({ what: "place", where: acts.placeFor(message, choiceId) });
        else void acts.answer(message, choiceId);
    };
    const close = () => {
        if (asking?.what === "phone") asking.share.dispose();
        setAsking(null);
    };
    const write = () => {
        close();
        // After the sheet has given the focus back.
        requestAnimationFrame(() => acts.write());
    };
    return (
        <>
            <OfferedMenu menu={menu} onChoose={choose} />
            {asking?.what === "phone" && <NumberSheet share={asking.share} onClose={close} onWrite={write} />}
            {asking?.what === "place" && <PlaceSheet where={asking.where} onClose={close} />}
        </>
    );
}

/* Gives everything inside it what fetches and sends files, and shows files that wait for a last look. */

import type { ReactNode } from "react";

import type { Media } from "../../viewmodels/media.ts";
import { useViewModel } from "../use_view_model.ts";
import { AttachSheet } from "./attach_sheet.tsx";
import { MediaContext } from "./media_context.ts";

export function MediaProvider({ media, children }: { media: Media; children: ReactNode }) {
    const { attaching } = useViewModel(media);
    return (
        <MediaContext value={media}>
            {children}
            {attaching && <AttachSheet attaching={attaching.files} />}
        </MediaContext>
    );
}

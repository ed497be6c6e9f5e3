/* Where views find the labels of chats. */

import { createContext, use } from "react";

import type { ChatLabels, Label } from "../../viewmodels/chat_labels.ts";
import { useViewModel } from "../use_view_model.ts";

export const LabelsContext = createContext<ChatLabels | null>(null);

/** Return what acts on labels. */
export function useLabels(): ChatLabels {
    const labels = use(LabelsContext);
    if (labels === null) throw new Error("Labels are shown behind the sign-in only.");
    return labels;
}

/** Return the label of a chat, and render again after each change. */
export function useLabel(roomId: string): Label {
    return useViewModel(useLabels().of(roomId));
}

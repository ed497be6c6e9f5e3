/* Opening a picture of a chat over the whole screen. */

import { createContext, use } from "react";

export const ViewerContext = createContext<(id: string) => void>(() => {});

/** Return what opens a picture by the id of its file. */
export function useViewer(): (id: string) => void {
    return use(ViewerContext);
}

/* Where views say in a word what was just done. */

import { createContext, use } from "react";

export const ToastContext = createContext<(said: string) => void>(() => {});

/** Copy a text, and say so if it worked. */
export function useCopy(): (text: string, said: string) => void {
    const say = use(ToastContext);
    return (text, said) => {
        navigator.clipboard.writeText(text).then(
            () => say(said),
            () => {},
        );
    };
}

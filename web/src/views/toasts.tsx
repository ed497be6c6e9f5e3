/* Shows for a moment what views inside it say. */

import { type ReactNode, useEffect, useState } from "react";

import { Toast } from "../design/states.tsx";
import { ToastContext } from "./toast.ts";

const SHOWN_MS = 2_000;

export function Toasts({ children }: { children: ReactNode }) {
    // An object of its own for each: the same word twice is shown twice as long.
    const [last, setLast] = useState<{ said: string } | null>(null);
    const [say] = useState(() => (said: string) => setLast({ said }));
    useEffect(() => {
        if (last === null) return;
        const timer = setTimeout(() => setLast(null), SHOWN_MS);
        return () => clearTimeout(timer);
    }, [last]);
    return (
        <ToastContext value={say}>
            {children}
            <Toast>{last?.said ?? null}</Toast>
        </ToastContext>
    );
}

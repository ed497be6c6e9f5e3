/* The language that everything inside speaks: the chosen one, or what the browser asks for. */

import type { ReactNode } from "react";

import { LanguageContext } from "../i18n/language.tsx";
import type { Language } from "../i18n/words.ts";
import type { Look } from "../viewmodels/look.ts";
import { useViewModel } from "./use_view_model.ts";

export function Spoken({ look, usual, children }: { look: Look; usual: Language; children: ReactNode }) {
    const { language } = useViewModel(look);
    return <LanguageContext value={language ?? usual}>{children}</LanguageContext>;
}

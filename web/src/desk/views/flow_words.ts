/* The words of the flow for whatever stands inside: a frame puts them there. */

import { createContext, useContext } from "react";

import { useLanguage } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import { nameIn, valueIn, Wording } from "../viewmodels/wording.ts";

const NONE = new Wording({ bring: () => Promise.reject(new Error("There is no service.")), changed: () => () => {} });

export const WordingContext = createContext<Wording>(NONE);

export type FlowWordsHere = { nameOf: (name: string) => string; saidOf: (name: string, value: string) => string };

/** Return what says a variable of the flow, and what it holds, in the language of the views. */
export function useFlowWords(): FlowWordsHere {
    const words = useViewModel(useContext(WordingContext));
    const language = useLanguage();
    return {
        nameOf: (name) => nameIn(words, name, language),
        saidOf: (name, value) => valueIn(words, name, value, language),
    };
}

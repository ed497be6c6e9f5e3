/* The language that somebody chose, which each of their devices speaks. */

import type { Session } from "../session/session.ts";
import { AccountSetting, type Form } from "./account_setting.ts";

type Chosen = "id" | "en" | null;

const LANGUAGE: Form<Chosen> = {
    type: "id.amanat.language",
    read: ({ language }) => (language === "id" || language === "en" ? language : null),
    write: (language) => (language === null ? {} : { language }),
};

export class OwnLanguage extends AccountSetting<Chosen> {
    constructor(session: Session) {
        super(session, LANGUAGE);
    }
}

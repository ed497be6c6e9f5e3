/* What publishing would change, before it does. */

import { Button } from "../../design/button.tsx";
import { LineChanges } from "../../design/line_changes.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { deskTextWords } from "../../i18n/desk_text_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Texts } from "../viewmodels/texts.ts";
import css from "./texts.module.css";

export function PublishSheet({ texts, close }: { texts: Texts; close: () => void }) {
    const { busy } = useViewModel(texts);
    const words = useWords(deskTextWords);
    const publish = async () => {
        await texts.publish();
        close();
    };
    return (
        <Sheet title={words.lookTitle} onClose={close}>
            {texts.changes().map(({ name, pieces }) => (
                <section key={name} className={css.file} aria-label={name}>
                    <h3>{name}</h3>
                    <LineChanges pieces={pieces} words={words} />
                </section>
            ))}
            <p>{words.lookAbout}</p>
            <Button kind="main" wide busy={busy} onClick={() => void publish()}>
                {busy ? words.publishing : words.publish}
            </Button>
        </Sheet>
    );
}

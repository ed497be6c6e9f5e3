/* What the service says: its files, one of them open, and beside it a conversation to try it. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { deskTextWords } from "../../i18n/desk_text_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Texts } from "../viewmodels/texts.ts";
import { Editor } from "./editor.tsx";
import { PreviewView } from "./preview.tsx";
import { PublishSheet } from "./publish_sheet.tsx";
import css from "./texts.module.css";
import { useTroubleText } from "./trouble_text.ts";
import { VersionsSheet } from "./versions_sheet.tsx";

export function TextsView({ texts, languages }: { texts: Texts; languages: readonly string[] }) {
    const { flow, edits, trouble } = useViewModel(texts);
    const { problems } = useViewModel(texts.preview);
    const [sheet, setSheet] = useState<"publish" | "versions" | null>(null);
    const [trying, setTrying] = useState(false);
    const words = useWords(deskTextWords);
    const troubleText = useTroubleText();
    if (flow === null) {
        return trouble ? <Banner kind="danger">{troubleText(trouble)}</Banner> : <Skeleton label={words.loading} />;
    }
    const changed = Object.keys(edits.files).length;
    return (
        <div className={css.texts}>
            <h1 className="visually-hidden">{words.title}</h1>
            <div className={css.bar}>
                <span className={css.narrow}>
                    <Button aria-pressed={trying} onClick={() => setTrying(!trying)}>
                        {trying ? words.edit : words.preview}
                    </Button>
                </span>
                <span className={css.said}>{changed === 0 ? words.nothing : ""}</span>
                <Button onClick={() => setSheet("versions")}>{words.versions}</Button>
                <Button kind="main" disabled={changed === 0 || problems.length > 0} onClick={() => setSheet("publish")}>
                    {words.look}
                </Button>
            </div>
            <Standing texts={texts} />
            <div className={css.panes} data-trying={trying}>
                <Editor texts={texts} />
                <PreviewView preview={texts.preview} languages={languages} />
            </div>
            {sheet === "publish" && <PublishSheet texts={texts} close={() => setSheet(null)} />}
            {sheet === "versions" && <VersionsSheet texts={texts} close={() => setSheet(null)} />}
        </div>
    );
}

/** What became of publishing, and what others have done meanwhile. */
function Standing({ texts }: { texts: Texts }) {
    const { trouble, outdated, overlaps, done } = useViewModel(texts);
    const words = useWords(deskTextWords);
    const troubleText = useTroubleText();
    return (
        <div>
            {outdated && (
                <Banner kind="warning" act={<Button onClick={() => texts.takeUp()}>{words.takeUp}</Button>}>
                    {words.outdated}
                </Banner>
            )}
            {overlaps.length > 0 && <Banner kind="warning">{words.overlaps(overlaps.join(", "))}</Banner>}
            {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
            {done && <Banner kind="info">{words[done.what]}</Banner>}
        </div>
    );
}

/* Reading the other device's code: by camera, or in a picture of it. */

import { Button } from "../../design/button.tsx";
import { CameraPreview } from "../../design/camera_preview.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { linkingWords } from "../../i18n/linking_words.ts";
import type { Linking, LinkingState } from "../../viewmodels/linking.ts";
import css from "./linking.module.css";

export function Scanner({ state, linking }: { state: LinkingState & { step: "scan" }; linking: Linking }) {
    const words = useWords(linkingWords);
    return (
        <>
            <p>{linking.side === "new" ? words.scanNew : words.scanOld}</p>
            {state.stream && <CameraPreview stream={state.stream} label={words.preview} />}
            {state.problem && (
                <Banner kind="warning">{state.problem === "camera" ? words.noCamera : words.noCode}</Banner>
            )}
            <label className={css.picture}>
                {words.picture}
                <input
                    className="visually-hidden"
                    type="file"
                    accept="image/*"
                    onChange={(event) => {
                        const file = event.currentTarget.files?.[0];
                        if (file !== undefined) void linking.scanPicture(file);
                    }}
                />
            </label>
            <Button kind="plain" wide onClick={() => linking.show()}>
                {words.showInstead}
            </Button>
        </>
    );
}

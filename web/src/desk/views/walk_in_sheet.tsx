/* A number for somebody who has no appointment. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { SelectField, TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner } from "../../design/states.tsx";
import { deskDayWords } from "../../i18n/desk_day_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Day } from "../viewmodels/day.ts";
import { useTroubleText } from "./trouble_text.ts";

export function WalkInSheet({
    day,
    services,
    close,
}: {
    day: Day;
    services: readonly { id: string; name: string }[];
    close: () => void;
}) {
    const { receiving, outcome } = useViewModel(day);
    const [service, setService] = useState(services[0]?.id ?? "");
    const [name, setName] = useState("");
    const words = useWords(deskDayWords);
    const troubleText = useTroubleText();
    const give = async () => {
        if (await day.walkIn({ service, name })) close();
    };
    return (
        <Sheet title={words.walkInTitle} onClose={close}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    void give();
                }}
            >
                {outcome?.what === "refused" && <Banner kind="danger">{troubleText(outcome.trouble)}</Banner>}
                <SelectField
                    label={words.service}
                    options={services.map(({ id }) => id)}
                    nameOf={(id) => services.find((each) => each.id === id)?.name ?? id}
                    chosen={service}
                    choose={setService}
                />
                <TextField
                    label={words.name}
                    hint={words.nameHint}
                    value={name}
                    autoComplete="off"
                    onChange={(event) => setName(event.currentTarget.value)}
                />
                <Button kind="main" wide type="submit" busy={receiving}>
                    {words.give}
                </Button>
            </form>
        </Sheet>
    );
}

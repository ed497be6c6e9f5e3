/* Oneself at the desk: who one is here, how the desk looks and speaks, and signing out. */

import { Button } from "../../design/button.tsx";
import { SelectField, Switch } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { deskWords } from "../../i18n/desk_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { LANGUAGES } from "../../i18n/words.ts";
import { type Look, TEXT_SIZES, THEMES } from "../../viewmodels/look.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Arrivals } from "../viewmodels/arrivals.ts";
import type { Desk, Me } from "../viewmodels/desk.ts";
import { deskKeys } from "../viewmodels/desk_keys.ts";
import type { ServiceDesk } from "../viewmodels/service_desk.ts";
import type { WaitingBell } from "../viewmodels/waiting_bell.ts";

/** Each language is named in itself, for whoever cannot read the others. */
const NAMES = { id: "Bahasa Indonesia", en: "English" } as const;

export function AccountSheet({
    desk,
    me,
    service,
    look,
    close,
}: {
    desk: Desk;
    me: Me;
    service: ServiceDesk;
    look: Look;
    close: () => void;
}) {
    const { theme, text } = useViewModel(look);
    const language = useLanguage();
    const words = useWords(deskWords);
    const showKeys = () => {
        close();
        deskKeys.list(true);
    };
    return (
        <Sheet title={words.account} onClose={close}>
            <p>
                {words.signedInAs(me.name)}
                <br />
                {words[service.info.role]} · {service.info.name}
            </p>
            <SelectField
                label={words.language}
                options={LANGUAGES}
                nameOf={(each) => NAMES[each]}
                chosen={language}
                choose={(language) => void look.change({ language })}
            />
            <SelectField
                label={words.theme}
                options={THEMES}
                nameOf={(each) => words[each]}
                chosen={theme}
                choose={(theme) => void look.change({ theme })}
            />
            <SelectField
                label={words.text}
                options={TEXT_SIZES}
                nameOf={(each) => words[each]}
                chosen={text}
                choose={(text) => void look.change({ text })}
            />
            {service.inbox && service.bell.available && <BellSwitch bell={service.bell} />}
            <Button onClick={showKeys}>{words.keys}</Button>
            {service.arrivals ? (
                <SignOutAfter arrivals={service.arrivals} desk={desk} />
            ) : (
                <SignOut desk={desk} waiting={0} />
            )}
        </Sheet>
    );
}

function SignOutAfter({ desk, arrivals }: { desk: Desk; arrivals: Arrivals }) {
    const { waiting } = useViewModel(arrivals);
    return <SignOut desk={desk} waiting={waiting.length} />;
}

/** Nobody signs out before the gateway knows who came: signing out forgets what lies here. */
function SignOut({ desk, waiting }: { desk: Desk; waiting: number }) {
    const words = useWords(deskWords);
    return (
        <>
            <Button
                kind="danger"
                disabled={waiting > 0}
                onClick={() => void desk.signOut()}
                aria-describedby="sign-out-hint"
            >
                {words.signOut}
            </Button>
            <p id="sign-out-hint">{waiting > 0 ? words.signOutLater(waiting) : words.signOutHint}</p>
        </>
    );
}

function BellSwitch({ bell }: { bell: WaitingBell }) {
    const { on, denied } = useViewModel(bell);
    const words = useWords(deskWords);
    return (
        <Switch
            label={words.bell}
            hint={denied ? words.bellDenied : words.bellHint}
            checked={on}
            disabled={denied}
            onChange={(on) => void bell.turn(on)}
        />
    );
}

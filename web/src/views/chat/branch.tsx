/* The answers to one message, beside the chat; over it where there is no room. */

import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Branch } from "../../viewmodels/chat.ts";
import type { ChatChoices } from "../../viewmodels/chat_choices.ts";
import { CloseBeside } from "../close_beside.tsx";
import { AttachMenu } from "../media/attach_menu.tsx";
import { useMedia } from "../media/media_context.ts";
import { VoiceButton } from "../media/voice_button.tsx";
import { UnlessBlocked } from "./blocked_notice.tsx";
import css from "./chat.module.css";
import { ComposerView } from "./composer.tsx";
import { LogView } from "./log.tsx";
import { WhileChoosing } from "./selection_bar.tsx";

type BranchProps = {
    branch: Branch;
    choices: ChatChoices;
    group: boolean;
    back: string;
    branchAddress: (eventId: string) => string;
};

export function BranchView({ branch, choices, back, ...rest }: BranchProps) {
    const words = useWords(logWords);
    const media = useMedia();
    return (
        <section className={css.beside} aria-label={words.branch}>
            <header className={css.head}>
                <h1>{words.branch}</h1>
                <CloseBeside href={back} />
            </header>
            <LogView log={branch.log} acts={branch.acts} label={words.branch} beginning={null} {...rest} />
            <WhileChoosing acts={branch.acts}>
                <UnlessBlocked choices={choices}>
                    <ComposerView
                        composer={branch.composer}
                        attach={(makePoll) => <AttachMenu where={branch.composer} makePoll={makePoll} />}
                        idle={<VoiceButton where={branch.composer} />}
                        onFiles={(files) => void media.attach(branch.composer, files)}
                    />
                </UnlessBlocked>
            </WhileChoosing>
        </section>
    );
}

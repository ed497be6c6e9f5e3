/* After what time messages of a new chat are to disappear. */

import type { NewChat } from "../../viewmodels/new_chat.ts";
import { TimerField } from "../timer/timer_field.tsx";
import { useViewModel } from "../use_view_model.ts";

export function NewTimer({ newChat }: { newChat: NewChat }) {
    const { maxAgeMs } = useViewModel(newChat);
    return <TimerField maxAgeMs={maxAgeMs} set={(chosen) => newChat.setTimer(chosen)} />;
}

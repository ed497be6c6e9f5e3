/* Recording a voice note: hold the button and let go to send, or tap it and decide later. The keyboard taps. */

import { Mic, SendHorizontal, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import { lengthOf } from "../../i18n/numbers.ts";
import type { Where } from "../../viewmodels/media.ts";
import type { VoiceRecorder } from "../../viewmodels/voice_note.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./attach.module.css";
import { useMedia } from "./media_context.ts";

/** Held for longer than this, the button sends when it is let go of. */
const HOLD_MS = 400;

/** Stands in the composer of a chat, over which its bar lies while one speaks. */
export function VoiceButton({ where }: { where: Where }) {
    const media = useMedia();
    const [voice, setVoice] = useState<VoiceRecorder | null>(null);
    useEffect(() => {
        const made = media.voice(where);
        setVoice(made);
        return () => made.dispose();
    }, [media, where]);
    return voice && <Recorder voice={voice} />;
}

function Recorder({ voice }: { voice: VoiceRecorder }) {
    const words = useWords(mediaWords);
    const { step, problem } = useViewModel(voice);
    const pressedAt = useRef(0);
    const button = useRef<HTMLSpanElement>(null);
    const letGo = () => {
        const held = pressedAt.current !== 0 && performance.now() - pressedAt.current > HOLD_MS;
        pressedAt.current = 0;
        if (held) void voice.send();
    };
    // The bar takes the button's place; focus returns to it.
    const was = useRef(step);
    useEffect(() => {
        if (was.current !== "idle" && step === "idle") button.current?.querySelector("button")?.focus();
        was.current = step;
    }, [step]);
    return (
        <>
            <span ref={button} className={css.hold}>
                <IconButton
                    label={words.voice}
                    onPointerDown={({ currentTarget, pointerId }) => {
                        currentTarget.setPointerCapture(pointerId);
                        pressedAt.current = performance.now();
                        void voice.start();
                    }}
                    onPointerUp={letGo}
                    onPointerCancel={() => voice.discard()}
                    onClick={() => void voice.start()}
                    onContextMenu={(event) => event.preventDefault()}
                >
                    <Mic aria-hidden="true" />
                </IconButton>
            </span>
            {problem && (
                <div className={css.bar}>
                    <Banner kind="warning">{words[problem === "failed" ? "voiceFailed" : "noMicrophone"]}</Banner>
                </div>
            )}
            {step !== "idle" && <Bar voice={voice} />}
        </>
    );
}

function Bar({ voice }: { voice: VoiceRecorder }) {
    const words = useWords(mediaWords);
    const { step, durationMs, levels } = useViewModel(voice);
    const send = useRef<HTMLDivElement>(null);
    useEffect(() => {
        if (step === "recording") send.current?.querySelector<HTMLButtonElement>("button:last-of-type")?.focus();
    }, [step]);
    return (
        <div
            ref={send}
            className={css.bar}
            role="group"
            aria-label={words.voice}
            onKeyDown={(event) => leave(event, voice)}
        >
            <IconButton label={words.discard} onClick={() => voice.discard()}>
                <Trash2 aria-hidden="true" />
            </IconButton>
            <span className={css.time}>
                {step === "asking" ? words.askingMicrophone : <time>{lengthOf(durationMs)}</time>}
            </span>
            <span className={css.levels} aria-hidden="true">
                {levels.map((level, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
                    <span key={place} style={{ height: `${Math.max(0.08, level) * 100}%` }} />
                ))}
            </span>
            <IconButton label={words.sendVoice} disabled={step !== "recording"} onClick={() => void voice.send()}>
                <SendHorizontal aria-hidden="true" />
            </IconButton>
        </div>
    );
}

/** Escape throws the note away, and does nothing else then. */
function leave(event: KeyboardEvent, voice: VoiceRecorder): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    voice.discard();
}

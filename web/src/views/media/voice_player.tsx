/* A voice note or another sound: play, its shape, where one is in it, how fast. Arrow keys move in it. */

import { Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import { lengthOf } from "../../i18n/numbers.ts";
import type { MediaBody } from "../../viewmodels/media.ts";
import { FileCard } from "./file_card.tsx";
import css from "./media.module.css";
import { useItem } from "./media_context.ts";
import { Ring } from "./ring.tsx";
import { Waveform } from "./waveform.tsx";

const SPEEDS = [1, 1.5, 2] as const;

export function VoicePlayer({ body }: { body: MediaBody }) {
    const words = useWords(mediaWords);
    const [state, load] = useItem(body.source, { auto: false });
    const [wanted, setWanted] = useState(false);
    const sound = useRef<HTMLAudioElement>(null);
    const [playing, setPlaying] = useState(false);
    const [atMs, setAtMs] = useState(0);
    const [lengthMs, setLengthMs] = useState(body.durationMs ?? 0);
    const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
    const ready = state.step === "ready";
    useEffect(() => {
        if (wanted && ready) void sound.current?.play().catch(() => {});
    }, [wanted, ready]);
    // What a browser says of a recording's length may be nonsense; the sender's word is better than that.
    const learn = ({ duration }: HTMLAudioElement) => Number.isFinite(duration) && setLengthMs(duration * 1_000);
    const toggle = () => {
        if (!ready) {
            setWanted(true);
            load();
        } else if (playing) sound.current?.pause();
        else void sound.current?.play().catch(() => {});
    };
    const seek = (ms: number) => {
        setAtMs(ms);
        if (sound.current) sound.current.currentTime = ms / 1_000;
    };
    const hurry = () => {
        const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
        setSpeed(next);
        if (sound.current) sound.current.playbackRate = next;
    };
    if (ready && !isSound(state.type)) return <FileCard body={body} note={words.onlySaved} />;
    return (
        <fieldset className={css.voice} aria-label={body.kind === "voice" ? words.voiceNote : body.name}>
            {state.step === "loading" ? (
                <Ring fraction={state.fraction} label={words.loading(Math.round(state.fraction * 100))} />
            ) : (
                <IconButton label={playing ? words.pause : words.play} onClick={toggle}>
                    {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
                </IconButton>
            )}
            <div className={css.shape}>
                {body.kind === "audio" && <strong>{body.name}</strong>}
                <Waveform
                    bars={body.waveform}
                    label={words.seek}
                    atMs={atMs}
                    lengthMs={lengthMs}
                    seek={ready ? seek : null}
                />
                <small>{lengthOf(atMs > 0 ? atMs : lengthMs)}</small>
                {state.step === "failed" && <span className={css.note}>{words[state.problem]}</span>}
            </div>
            <button type="button" className={css.speed} aria-label={words.speed(`${speed}×`)} onClick={hurry}>
                {speed}×
            </button>
            {ready && (
                // biome-ignore lint/a11y/useMediaCaption: people speak without captions
                <audio
                    ref={sound}
                    src={state.url}
                    onPlay={() => setPlaying(true)}
                    onPause={() => setPlaying(false)}
                    onLoadedMetadata={({ currentTarget }) => {
                        currentTarget.playbackRate = speed;
                        learn(currentTarget);
                    }}
                    onTimeUpdate={({ currentTarget }) => setAtMs(currentTarget.currentTime * 1_000)}
                    onEnded={() => setAtMs(0)}
                />
            )}
        </fieldset>
    );
}

/** A browser's recorder puts sound alone into files that could hold films. */
function isSound(type: string | null): boolean {
    return type !== null && !type.startsWith("image/");
}

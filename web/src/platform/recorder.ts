/* The microphone: a voice note as Opus, and how loud it is along its way. */

import { type Followed, Observable } from "./observable.ts";

export type VoiceNote = { file: Blob; durationMs: number; waveform: readonly number[] };

/** A voice note that is being spoken. */
export interface Recording {
    /** How long it is by now, and how loud the last moment was, from 0 to 1. */
    readonly now: Followed<{ durationMs: number; level: number }>;
    /** Stop and return what was said. */
    finish(): Promise<VoiceNote>;
    /** Stop and forget it. */
    discard(): void;
}

/** Nobody may listen: the person or the browser said no, or there is no microphone. */
export class NoMicrophone extends Error {
    override name = "NoMicrophone";
}

/** Ogg first: other apps play it everywhere. Chromium records the same Opus in WebM only. */
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const SPEECH_BITS = 32_000;
const LOOK_MS = 50;
const BARS = 64;
/** Speech at arm's length reaches about this much of what a microphone can take. */
const LOUD = 0.35;

/** Begin to record; throws `NoMicrophone`. */
export async function record(): Promise<Recording> {
    const stream = await listen();
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, {
        audioBitsPerSecond: SPEECH_BITS,
        ...(type ? { mimeType: type } : {}),
    });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    const meter = new Meter(stream);
    const stopped = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve()));
    recorder.start();
    const stop = async () => {
        meter.stop();
        if (recorder.state !== "inactive") recorder.stop();
        for (const track of stream.getTracks()) track.stop();
        await stopped;
    };
    return {
        now: meter.now,
        finish: async () => {
            await stop();
            const file = new Blob(parts, { type: recorder.mimeType.split(";")[0] ?? "" });
            return { file, durationMs: meter.now.value.durationMs, waveform: barsOf(meter.levels, BARS) };
        },
        discard: () => void stop(),
    };
}

/** Return so many bars of what was measured: each the loudest of its part, all of them relative to the loudest. */
export function barsOf(levels: readonly number[], bars: number): number[] {
    const top = Math.max(LOUD / 4, ...levels);
    const count = Math.min(bars, levels.length);
    return Array.from({ length: count }, (_, bar) => {
        const from = Math.floor((bar * levels.length) / count);
        const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
        return Math.max(...levels.slice(from, to)) / top;
    });
}

async function listen(): Promise<MediaStream> {
    try {
        return await navigator.mediaDevices.getUserMedia({
            audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        });
    } catch (error) {
        throw new NoMicrophone("There is no microphone to be had.", { cause: error });
    }
}

/** Measures how loud a stream is, many times a second. */
class Meter {
    readonly levels: number[] = [];
    readonly now = new Observable({ durationMs: 0, level: 0 });
    readonly #context = new AudioContext();
    readonly #began = performance.now();
    readonly #timer: ReturnType<typeof setInterval>;

    constructor(stream: MediaStream) {
        const analyser = this.#context.createAnalyser();
        analyser.fftSize = 1024;
        this.#context.createMediaStreamSource(stream).connect(analyser);
        const samples = new Float32Array(analyser.fftSize);
        this.#timer = setInterval(() => {
            analyser.getFloatTimeDomainData(samples);
            const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
            const level = Math.min(1, Math.sqrt(power) / LOUD);
            this.levels.push(level);
            this.now.set({ durationMs: Math.round(performance.now() - this.#began), level });
        }, LOOK_MS);
    }

    stop(): void {
        clearInterval(this.#timer);
        if (this.#context.state !== "closed") void this.#context.close();
    }
}

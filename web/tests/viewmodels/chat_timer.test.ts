import { expect, test } from "vitest";

import { Observable } from "../../src/platform/observable.ts";
import { ChatTimer, timersWith } from "../../src/viewmodels/chat_timer.ts";

const DAY = 24 * 60 * 60 * 1000;

function ground() {
    const about = new Observable<{ maxAgeMs: number | null; maySetTimer: boolean }>({
        maxAgeMs: null,
        maySetTimer: true,
    });
    let answer: { resolve: () => void; reject: (reason: Error) => void } | undefined;
    const setTimer = () =>
        new Promise<void>((resolve, reject) => {
            answer = { resolve, reject };
        });
    const timer = new ChatTimer({ about, setTimer });
    return { about, timer, accept: () => answer?.resolve(), refuse: () => answer?.reject(new Error("offline")) };
}

test("what is chosen shows at once, and stays when it has come back", async () => {
    const { about, timer, accept } = ground();
    const done = timer.set(DAY);
    expect(timer.value).toMatchObject({ maxAgeMs: DAY, busy: true });
    about.set({ maxAgeMs: DAY, maySetTimer: true });
    accept();
    await done;
    expect(timer.value).toEqual({ maxAgeMs: DAY, may: true, busy: false, failed: false });
});

test("where it cannot be set, what holds shows again, and that it failed", async () => {
    const { timer, refuse } = ground();
    const done = timer.set(DAY);
    refuse();
    await done;
    expect(timer.value).toEqual({ maxAgeMs: null, may: true, busy: false, failed: true });
});

test("what is set elsewhere shows, and is among what one can choose", () => {
    const { about, timer } = ground();
    about.set({ maxAgeMs: 3 * DAY, maySetTimer: false });
    expect(timer.value).toMatchObject({ maxAgeMs: 3 * DAY, may: false });
    expect(timersWith(3 * DAY)).toEqual([null, DAY, 3 * DAY, 7 * DAY, 30 * DAY]);
    expect(timersWith(DAY)).toEqual([null, DAY, 7 * DAY, 30 * DAY]);
});

/* Doing what the gateway may refuse: busy meanwhile, and afterwards what was wrong with it, if anything. */

import { type Trouble, troubleOf } from "./trouble.ts";

export type Acting = { busy: boolean; trouble: Trouble | null };

/** Do something and show that; return whether it was done. */
export async function acting(show: (change: Partial<Acting>) => void, act: () => Promise<unknown>): Promise<boolean> {
    show({ busy: true, trouble: null });
    try {
        await act();
        return true;
    } catch (error) {
        show({ trouble: troubleOf(error) });
        return false;
    } finally {
        show({ busy: false });
    }
}

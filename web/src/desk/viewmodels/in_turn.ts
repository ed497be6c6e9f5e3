/* Work that is wanted often, and takes a while each time: keeping on the disk what somebody types. */

/** Return what does the work, never twice at once: what is wanted meanwhile is done once more, with what is so by then. */
export function inTurn(work: () => Promise<void>): () => Promise<void> {
    let wanted = false;
    let working: Promise<void> | null = null;
    const run = async () => {
        try {
            while (wanted) {
                wanted = false;
                await work();
            }
        } finally {
            working = null;
        }
    };
    return () => {
        wanted = true;
        working ??= run();
        return working;
    };
}

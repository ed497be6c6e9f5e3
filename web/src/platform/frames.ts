/* When the browser has drawn. */

/** A page that is not in sight draws nothing: it goes on after this long. */
const PATIENCE_MS = 150;

/** Resolves after the browser has drawn what was changed before. */
export function drawn(): Promise<void> {
    return new Promise((resolve) => {
        const late = setTimeout(resolve, PATIENCE_MS);
        requestAnimationFrame(() => {
            // A frame is drawn after its callbacks.
            setTimeout(() => {
                clearTimeout(late);
                resolve();
            }, 0);
        });
    });
}

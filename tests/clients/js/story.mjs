/* Runs one story: `node SCRIPT URL` says each step that has come true and leaves with 0, or tells what failed and leaves with 1. */

const [url] = process.argv.slice(2);
let people = 0;

/** A name that no other story and no earlier run has used. */
export const named = (name) => `${name}-${process.pid}-${(people += 1)}`;

export function holds(fact, what) {
    if (!fact) throw new Error(`is not true: ${what}`);
    process.stdout.write(`ok ${what}\n`);
}

export async function story(tell) {
    try {
        await tell(url);
        process.exit(0);
    } catch (error) {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
    }
}

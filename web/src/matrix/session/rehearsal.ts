/* Whether this server is one to try things on. It says so itself, to everybody. */

/** In a `lab` nothing is private; in a `demo` texts lie in an inbox on this machine, and a sample person answers. */
export type Rehearsal = "lab" | "demo";

/** Ask a server; null if it is one for people, or cannot be asked. */
export async function askRehearsal(origin: string): Promise<Rehearsal | null> {
    try {
        const answer = await fetch(`${origin}/_matrix/client/versions`);
        const { unstable_features: features = {} } = (await answer.json()) as { unstable_features?: object };
        if ("id.amanat.lab" in features) return "lab";
        return "id.amanat.demo" in features ? "demo" : null;
    } catch {
        return null;
    }
}

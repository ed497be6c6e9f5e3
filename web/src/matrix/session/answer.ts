/* What the server's pages send back to the app that sent somebody there. Pure. */

/** What the server's pages send back in the address. */
export type Answer = { state: string; code: string } | { state: string; error: string };

/** Return what the server's pages have put into the address; null in any other address. */
export function answerIn(hash: string): Answer | null {
    const parameters = new URLSearchParams(hash.replace(/^#/, ""));
    const [state, code, error] = [parameters.get("state"), parameters.get("code"), parameters.get("error")];
    if (state === null) return null;
    if (code !== null) return { state, code };
    return error === null ? null : { state, error };
}

/* What this app lets become a script, which is its own workers, and HTML, which is nothing that a page shows. */

const OWN_SCRIPT = /^\/(sw\.js|assets\/sync_store-[\w-]+\.js)$/;

interface Policy {
    createScriptURL(address: string): string;
    createHTML(html: string): string;
}

declare global {
    interface Window {
        trustedTypes?: { createPolicy(name: string, rules: Partial<Policy>): Policy };
    }
}

const rules: Policy = {
    createScriptURL(address) {
        if (!OWN_SCRIPT.test(address)) throw new TypeError(`${address} is not a script of this app.`);
        return address;
    },
    createHTML: (html) => html,
};

const policy = globalThis.window?.trustedTypes?.createPolicy("amanat", rules) ?? rules;

/** Return the address of one of our scripts in the form that the browser accepts. */
export function ownScript(address: string): string {
    return policy.createScriptURL(address);
}

/** Return HTML in the form that the browser's parser accepts; for documents that belong to no page. */
export function inertHtml(html: string): string {
    return policy.createHTML(html);
}

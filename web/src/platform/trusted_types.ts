/* The only addresses that this app lets become scripts: its own workers. */

const OWN_SCRIPT = /^\/(sw\.js|assets\/sync_store-[\w-]+\.js)$/;

interface Policy {
    createScriptURL(address: string): string;
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
};

const policy = globalThis.window?.trustedTypes?.createPolicy("amanat", rules) ?? rules;

/** Return the address of one of our scripts in the form that the browser accepts. */
export function ownScript(address: string): string {
    return policy.createScriptURL(address);
}

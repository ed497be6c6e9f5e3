/* The server's own pages about an account, and what an app may lead to there.
 * spec: client-server-api#account-management-url-actions */

import type { Session } from "../session/session.ts";

/** What can be done on the server's pages. The last five are pages of this server's that have no name elsewhere. */
export type AccountAct =
    | { action: "org.matrix.profile" | "org.matrix.devices_list" | "org.matrix.account_deactivate" }
    | { action: "org.matrix.device_view" | "org.matrix.device_delete"; deviceId: string }
    | { page: "policies" | "readers" | "data" | "data/copy" | "number" | "passkeys" | "recovery" };

/** Return the address of a page, by where the server says that its pages are. */
export function accountPage(base: string, act: AccountAct): string {
    const address = new URL(base);
    if ("page" in act) {
        address.pathname = `${address.pathname.replace(/\/$/, "")}/${act.page}`;
        return address.href;
    }
    address.searchParams.set("action", act.action);
    if ("deviceId" in act) address.searchParams.set("device_id", act.deviceId);
    return address.href;
}

/** Ask where the server's pages are. */
export async function accountPages(session: Session): Promise<string> {
    const { account_management_uri: base } = await session.client.getAuthMetadata();
    if (base === undefined) throw new Error("This server has no pages about accounts.");
    return base;
}

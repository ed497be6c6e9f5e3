/* The four places of the app. */

export const TABS = ["chats", "services", "communities", "me"] as const;
export type Tab = (typeof TABS)[number];

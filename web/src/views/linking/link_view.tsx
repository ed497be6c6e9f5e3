/* `#/me/link`: this device lets another one in. */

import { useEffect, useState } from "react";

import type { Home } from "../../viewmodels/home.ts";
import { LinkOut } from "../../viewmodels/link_out.ts";
import { LinkOutView } from "./linking.tsx";

/** Lives as long as it is shown: who goes away calls it off. */
export function LinkView({ home }: { home: Home }) {
    const [link, setLink] = useState<LinkOut | null>(null);
    useEffect(() => {
        const fresh = new LinkOut(home.session);
        setLink(fresh);
        return () => fresh.dispose();
    }, [home]);
    return link && <LinkOutView link={link} />;
}

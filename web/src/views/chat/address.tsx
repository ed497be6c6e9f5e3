/* An address in a message: what leads to somebody on this server opens here, everything else in a window of its own. */

import type { ReactNode } from "react";

import { addressInLink } from "../../viewmodels/places.ts";

export function Address({ href, children }: { href: string; children: ReactNode }) {
    const here = addressInLink(href, location.origin);
    if (here !== null) {
        return (
            <a href={here} tabIndex={-1}>
                {children}
            </a>
        );
    }
    return (
        <a href={href} target="_blank" rel="noreferrer noopener" tabIndex={-1}>
            {children}
        </a>
    );
}

/* A link to one of the server's pages about this account. It opens beside the app, which stays as it is. */

import { ExternalLink } from "lucide-react";
import type { ComponentProps } from "react";

import type { Me } from "../../viewmodels/me.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";

type Act = Parameters<Me["page"]>[0];

export function PageLink({
    me,
    act,
    title,
    about,
    children,
}: { me: Me; act: Act; title: string; about?: string } & Pick<ComponentProps<"span">, "children">) {
    useViewModel(me);
    const address = me.page(act);
    return (
        <a
            className={css.row}
            href={address ?? undefined}
            aria-disabled={address === null}
            target="_blank"
            rel="noreferrer"
        >
            <span>
                {title}
                {about && <span className={css.soft}>{about}</span>}
            </span>
            {children}
            <ExternalLink aria-hidden="true" size={18} />
        </a>
    );
}

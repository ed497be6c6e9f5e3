/* The picture of a person or a group, or their initials until it has come. */

import { createContext, use, useEffect, useState } from "react";

import { Avatar } from "../design/avatar.tsx";
import type { Faces, Picture } from "../viewmodels/faces.ts";

export const FacesContext = createContext<Faces | null>(null);

type Given = { picture: Picture | null; id: string; name: string; size?: number };

/** Beside a name that says whose it is: screen readers pass over it. */
export function Face({ picture, id, name, size = 44 }: Given) {
    const faces = use(FacesContext);
    const [shown, setShown] = useState<{ of: string; address: string } | null>(null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: pictures of one id are the same
    useEffect(() => {
        if (picture === null) return;
        return faces?.show(picture, (address) => setShown({ of: picture.id, address }));
    }, [faces, picture?.id]);
    // What was shown until now may be gone from memory.
    const src = shown !== null && shown.of === picture?.id ? shown.address : undefined;
    return <Avatar id={id} name={name} src={src} size={size} />;
}

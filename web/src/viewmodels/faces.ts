/* What views need of pictures of people and groups, and showing another one. */

import { NoPicture, portraitOf } from "../platform/portrait.ts";

export type { Faces } from "../matrix/rooms/faces.ts";
export type { Picture } from "../matrix/rooms/pictures.ts";

/** The file is no picture; or it could not be saved. */
export type PictureProblem = "wrong" | "failed";

/** Draw a picture small and anew, and have it saved; null takes away what is shown. Return what is wrong. */
export async function portray(
    file: Blob | null,
    save: (portrait: Blob | null) => Promise<void>,
): Promise<PictureProblem | null> {
    try {
        await save(file === null ? null : await portraitOf(file));
        return null;
    } catch (error) {
        return error instanceof NoPicture ? "wrong" : "failed";
    }
}

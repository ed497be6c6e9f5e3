/* Photos before they are sent: scaled down and drawn anew, so that nothing is left of where and with what they were
 * taken; and the small pictures that stand for photos and films until those have come. */

import { MAGIC_BYTES, type SafeType, safeTypeOf } from "./magic_bytes.ts";

/** A picture with its size in pixels. */
export type Sized = { file: Blob; width: number; height: number };

/** A photo or film as it is sent. */
export type Prepared = Sized & { thumbnail: Sized | null };

/** Enough for a screen and for a print of a page's width. */
const PHOTO_SIDE = 2_560;
const THUMBNAIL_SIDE = 640;
const PHOTO_QUALITY = 0.85;
const THUMBNAIL_QUALITY = 0.7;
/** A picture as small as this is its own thumbnail. */
const SMALL_BYTES = 60_000;
/** Pictures of these types may be seen through. */
const CLEAR_TYPES = new Set<SafeType | null>(["image/png", "image/webp", "image/avif"]);

/** Draw a photo anew; null for what this browser cannot read. A GIF stays as it is: it moves, and knows no place. */
export async function preparePhoto(file: Blob): Promise<Prepared | null> {
    const picture = await createImageBitmap(file).catch(() => null);
    if (picture === null) return null;
    try {
        const kind = safeTypeOf(new Uint8Array(await file.slice(0, MAGIC_BYTES).arrayBuffer()));
        const moves = kind === "image/gif";
        const type = CLEAR_TYPES.has(kind) ? "image/webp" : "image/jpeg";
        const photo = moves
            ? { file, width: picture.width, height: picture.height }
            : await draw(picture, { side: PHOTO_SIDE, type, quality: PHOTO_QUALITY });
        const small = photo.file.size <= SMALL_BYTES || moves;
        return { ...photo, thumbnail: small ? null : await thumbnailOf(picture, type) };
    } finally {
        picture.close();
    }
}

/** Return a picture's size and its thumbnail, and leave the file as it is. */
export async function describePicture(file: Blob): Promise<Prepared | null> {
    const picture = await createImageBitmap(file).catch(() => null);
    if (picture === null) return null;
    const { width, height } = picture;
    const thumbnail = file.size <= SMALL_BYTES ? null : await thumbnailOf(picture, "image/jpeg");
    picture.close();
    return { file, width, height, thumbnail };
}

/** Draw a picture as a sticker: small, and clear where nothing is. */
export async function prepareSticker(file: Blob, side: number): Promise<Sized | null> {
    const picture = await createImageBitmap(file).catch(() => null);
    if (picture === null) return null;
    const drawn = await draw(picture, { side, type: "image/webp", quality: PHOTO_QUALITY });
    picture.close();
    return drawn;
}

/** Return the picture that stands for what is drawn: a photo, or what a film shows. */
export function thumbnailOf(picture: ImageBitmap | HTMLVideoElement, type = "image/jpeg"): Promise<Sized> {
    return draw(picture, { side: THUMBNAIL_SIDE, type, quality: THUMBNAIL_QUALITY });
}

async function draw(
    picture: ImageBitmap | HTMLVideoElement,
    { side, type, quality }: { side: number; type: string; quality: number },
): Promise<Sized> {
    const [wide, high] =
        picture instanceof HTMLVideoElement
            ? [picture.videoWidth, picture.videoHeight]
            : [picture.width, picture.height];
    const scale = Math.min(1, side / Math.max(wide, high));
    const [width, height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(high * scale))];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("This browser cannot draw.");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, height);
    return { file: await canvas.convertToBlob({ type, quality }), width, height };
}

/* How much room a picture takes in a chat, known before it comes. */

const WIDEST_PX = 320;
const HIGHEST_PX = 360;
const STICKER_PX = 160;
/** Of a picture whose sender does not say. */
const USUAL = { width: 320, height: 240 };

/** Return the room of a picture, as a style. */
export function placeOf(body: { kind: string; width: number | null; height: number | null }) {
    const [width, height] = body.width && body.height ? [body.width, body.height] : [USUAL.width, USUAL.height];
    const [widest, highest] = body.kind === "sticker" ? [STICKER_PX, STICKER_PX] : [WIDEST_PX, HIGHEST_PX];
    const scale = Math.min(widest / width, highest / height, 1);
    return { width: `${Math.round(width * scale)}px`, aspectRatio: `${width} / ${height}` };
}

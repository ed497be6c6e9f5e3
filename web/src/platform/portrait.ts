/* A picture of oneself made small and square. It is drawn anew, so that nothing else in the file goes along: photos of
 * phones say where they were taken. */

const SIDE = 512;
const MAX_BYTES = 20_000_000;

export class NoPicture extends Error {
    override name = "NoPicture";
}

/** Return the middle of a picture; throws `NoPicture` for what the browser cannot draw. */
export async function portraitOf(file: Blob): Promise<Blob> {
    if (file.size > MAX_BYTES || file.type === "image/svg+xml") throw new NoPicture("This is not a picture.");
    const drawn = await createImageBitmap(file).catch(() => {
        throw new NoPicture("The browser cannot draw this.");
    });
    const side = Math.min(drawn.width, drawn.height);
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const [left, top] = [(drawn.width - side) / 2, (drawn.height - side) / 2];
    canvas.getContext("2d")?.drawImage(drawn, left, top, side, side, 0, 0, SIDE, SIDE);
    drawn.close();
    return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
}

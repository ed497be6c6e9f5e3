/* Reading QR codes: with the camera, or in a picture that somebody chose. */

import readQr from "jsqr";

/** Pictures that are looked at are made this small at most: a code in them is still sharp, a slow phone still quick. */
const LONGEST_SIDE = 1024;
const EVERY_MS = 150;

/** A camera that is on. `stream` is for a preview. */
export interface Camera {
    readonly stream: MediaStream;
    /** Resolve with the bytes of the first code that is seen; null if the camera is closed before. */
    read(): Promise<Uint8Array | null>;
    close(): void;
}

/** Turn a camera on, the one on the back where there are two; throws where there is none, or the person says no. */
export async function openCamera(): Promise<Camera> {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    let open = true;
    return {
        stream,
        async read() {
            await video.play();
            while (open) {
                const found = codeIn(video, video.videoWidth, video.videoHeight);
                if (found !== null) return found;
                await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
            }
            return null;
        },
        close() {
            open = false;
            video.srcObject = null;
            for (const track of stream.getTracks()) track.stop();
        },
    };
}

/** Return the bytes of a code in a picture; null if there is none, or it is no picture. */
export async function codeInPicture(file: Blob): Promise<Uint8Array | null> {
    try {
        const picture = await createImageBitmap(file);
        return codeIn(picture, picture.width, picture.height);
    } catch {
        return null;
    }
}

function codeIn(source: CanvasImageSource, width: number, height: number): Uint8Array | null {
    if (width === 0 || height === 0) return null;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) return null;
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = readQr(pixels.data, pixels.width, pixels.height);
    return found === null ? null : Uint8Array.from(found.binaryData);
}

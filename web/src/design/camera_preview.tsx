/* What a camera sees, as it sees it. */

import { useEffect, useRef } from "react";

import css from "./camera_preview.module.css";

export function CameraPreview({ stream, label }: { stream: MediaStream; label: string }) {
    const video = useRef<HTMLVideoElement>(null);
    useEffect(() => {
        if (video.current !== null) video.current.srcObject = stream;
    }, [stream]);
    return <video ref={video} className={css.preview} aria-label={label} autoPlay muted playsInline />;
}

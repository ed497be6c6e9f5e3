/* Where this device is, asked once and only when somebody wants to send it. */

export type Place = { latitude: number; longitude: number; accuracyM: number | null };

/** The person or the browser said no, or nobody knows. */
export class NoPlace extends Error {
    override name = "NoPlace";
}

const PATIENCE_MS = 20_000;
/** Five digits are about a metre. */
const DIGITS = 5;

/** Return where this device is; throws `NoPlace`. */
export function whereAmI(): Promise<Place> {
    return new Promise((resolve, reject) => {
        navigator.geolocation.getCurrentPosition(
            ({ coords: { latitude, longitude, accuracy } }) =>
                resolve({
                    latitude: Number(latitude.toFixed(DIGITS)),
                    longitude: Number(longitude.toFixed(DIGITS)),
                    accuracyM: Math.round(accuracy),
                }),
            (error) => reject(new NoPlace(error.message)),
            { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 },
        );
    });
}

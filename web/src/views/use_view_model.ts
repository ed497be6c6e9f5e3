/* How views follow view models. */

import { useSyncExternalStore } from "react";

/** What can be followed; the shape of every view model. */
type Followed<Value> = { readonly value: Value; subscribe: (listener: () => void) => () => void };

/** Return the state of a view model, and render again after each change. */
export function useViewModel<State>(followed: Followed<State>): State {
    return useSyncExternalStore(followed.subscribe, () => followed.value);
}

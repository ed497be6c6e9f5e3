/* What a page measures of itself: when something is first there, long tasks, frames, and how long a key press takes to show. */

(() => {
    const seen = {};
    const wanted = { list: "[role=listitem] a", whole: "main section input", message: "[role=log] article", button: "main button" };
    const look = () => {
        for (const [name, selector] of Object.entries(wanted)) {
            if (!(name in seen) && document.querySelector(selector)) seen[name] = performance.now();
        }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });

    const tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration))).observe({ type: "longtask" });
    const keys = [];
    new PerformanceObserver((list) => {
        for (const each of list.getEntries()) if (each.name === "keydown") keys.push(each.duration);
    }).observe({ type: "event", durationThreshold: 16 });

    const frames = [];
    let before = 0;
    const frame = (now) => {
        if (before) frames.push(now - before);
        before = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);

    globalThis.probe = {
        seen,
        forget: () => {
            for (const each of [tasks, keys, frames]) each.length = 0;
            for (const name of Object.keys(seen)) delete seen[name];
        },
        taken: () => ({ seen: { ...seen }, tasks: [...tasks], keys: [...keys], frames: [...frames] }),
    };
})();

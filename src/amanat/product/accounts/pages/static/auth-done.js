// Tells the app that opened this page that its person has confirmed. The specification asks for these very calls:
// client-server-api#fallback
if (window.onAuthDone) {
    window.onAuthDone();
} else if (window.opener && window.opener.postMessage) {
    window.opener.postMessage("authDone", "*");
}

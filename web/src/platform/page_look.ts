/* What the page wears: its language for screen readers, its theme and size of text for the tokens of design/. */

export function wear({ language, theme, text }: { language: string; theme: string; text: string }): void {
    const { documentElement: page } = document;
    page.lang = language;
    page.dataset.theme = theme;
    page.dataset.text = text;
}

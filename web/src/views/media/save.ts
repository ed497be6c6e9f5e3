/* Saving a file that is here: the browser's own download, whatever the file is. Nothing is opened. */

export function save(url: string, name: string): void {
    const link = document.createElement("a");
    link.href = url;
    link.download = name || "file";
    link.click();
}

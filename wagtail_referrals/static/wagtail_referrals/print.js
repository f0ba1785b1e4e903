// Shows the button that prints the page, where printing is possible at all.
for (const button of document.querySelectorAll("[data-wr-print]")) {
    button.hidden = typeof window.print !== "function";
    button.addEventListener("click", () => window.print());
}

/* Shows in the editor of a draft only the figures that the chosen type has. Without it all are
   shown, and the server ignores those that do not belong. */
(() => {
    "use strict";

    const show = (side) => {
        const chosen = side.querySelector('input[type="radio"]:checked');
        for (const part of side.querySelectorAll("[data-rf-only]")) {
            part.hidden = chosen !== null && part.dataset.rfOnly !== chosen.value;
        }
    };

    for (const side of document.querySelectorAll("[data-rf-side]")) {
        side.addEventListener("change", () => show(side));
        show(side);
    }
})();
